using System.Globalization;
using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.ConfigTest;
using Dropin.Compat.Keepalived.Genhash;
using Dropin.Compat.Keepalived.Upgrade;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>The way from the command line to the daemon: words, answers that need no file, test, background, service.</summary>
internal sealed class Launcher
{
    private readonly IReadOnlyList<string> _commandLine = SystemName.CommandLine();

    internal int Run()
    {
        var handover = HandoverVariable.Take();
        if (handover.IsRehearsal)
            return Rehearsal.Answer();
        var words = _commandLine.Skip(1).ToArray();
        // The same executable under the name of the other tool, as the original's package has it.
        if (_commandLine.Count > 0 && Path.GetFileName(_commandLine[0]) == "genhash")
            return PageHash.Answer(_commandLine[0], words);
        var arguments = ArgumentReader.Read(words);
        foreach (var complaint in arguments.Complaints)
            StandardStreams.WriteError(complaint);
        if (arguments.Errand == Errand.HashPage)
            return PageHash.Answer(_commandLine[0] + " --genhash", arguments.Words);
        if (arguments.Words.Count > 0)
            StandardStreams.WriteOutput($"Unexpected argument(s): {string.Join(' ', arguments.Words)} \n");
        return arguments.Errand switch
        {
            Errand.Refuse => Say(arguments.Text + "\n", 1),
            Errand.ShowVersion => Say(VersionText.Text, 0),
            Errand.ShowUsage => Say(UsageText.For(_commandLine[0]), 0),
            Errand.ShowSignal => ShowSignal(arguments.Text!),
            Errand.TestConfiguration => TestConfiguration(arguments),
            _ => Serve(arguments, handover),
        };
    }

    private static int TestConfiguration(KeepalivedArguments arguments)
    {
        const int standardError = 2, worldReadable = 0b110_100_100;
        var to = standardError;
        if (arguments.TestLogPath != null && (to = Descriptors.CreateFile(arguments.TestLogPath, worldReadable, out var error)) < 0)
        {
            to = standardError;
            StandardStreams.WriteError($"Unable to open config-test log file {arguments.TestLogPath} {error.Code} - {error.Text}\n");
        }
        return ConfigTestRun.Run(arguments.ConfigurationPath, Configurations.Options(arguments), line => Descriptors.WriteAll(to, line));
    }

    private int Serve(KeepalivedArguments arguments, HandoverVariable handover)
    {
        var startedFrom = DetachedStart.Take();
        if (handover.Descriptor >= 0 && GoOn(arguments, handover.Descriptor) is { } status)
            return status;
        if (!arguments.Foreground && startedFrom == null && handover.Descriptor < 0)
            return DetachedStart.Start(_commandLine, PathOfThis());
        var path = startedFrom ?? PathOfThis();
        if (startedFrom != null && Path.IsPathRooted(arguments.ConfigurationPath))
            _ = Jail.ChangeDirectory("/"); // a file that was named from here must stay readable from here
        return new Daemon(arguments, _commandLine, new ExecutableFile(path)).Run();
    }

    /// <summary>Goes on for the former execution of this process; null where it left nothing that can be read, and a start is all that is left.</summary>
    private int? GoOn(KeepalivedArguments arguments, int descriptor)
    {
        var bytes = SealedFile.Read(descriptor);
        Descriptors.Close(descriptor);
        return bytes != null && HandedState.Read(bytes, out _) is { } state
            ? new Daemon(arguments, _commandLine, new ExecutableFile(state.ExecutablePath)).GoOn(state) : null;
    }

    // The name, not what it leads to: an upgrade may move a link.
    private static string PathOfThis() => SystemName.ExecutedPath is { Length: > 0 } path && path.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(path) : "";

    private static int ShowSignal(string name)
    {
        if (SignalNames.Number(name) is not { } number)
            return Say($"Unknown sigfunc {name}\n", 1);
        StandardStreams.WriteOutput(number.ToString(CultureInfo.InvariantCulture) + "\n");
        return 0;
    }

    private static int Say(string text, int status)
    {
        StandardStreams.WriteError(text);
        return status;
    }
}

using System.Globalization;
using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.ConfigTest;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>The way from the command line to the daemon: words, answers that need no file, test, background, service.</summary>
internal sealed class Launcher
{
    private readonly IReadOnlyList<string> _commandLine = SystemName.CommandLine();

    internal int Run()
    {
        var arguments = ArgumentReader.Read([.. _commandLine.Skip(1)]);
        foreach (var complaint in arguments.Complaints)
            StandardStreams.WriteError(complaint);
        if (arguments.Words.Count > 0)
            StandardStreams.WriteOutput($"Unexpected argument(s): {string.Join(' ', arguments.Words)} \n");
        return arguments.Errand switch
        {
            Errand.Refuse => Say(arguments.Text + "\n", 1),
            Errand.ShowVersion => Say(VersionText.Text, 0),
            Errand.ShowUsage => Say(UsageText.For(_commandLine[0]), 0),
            Errand.ShowSignal => ShowSignal(arguments.Text!),
            Errand.HashPage => Say("genhash is not part of this program yet\n", 1),
            Errand.TestConfiguration => TestConfiguration(arguments),
            _ => Serve(arguments),
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

    private int Serve(KeepalivedArguments arguments)
    {
        var isDetached = DetachedStart.Take();
        if (!arguments.Foreground && !isDetached)
            return DetachedStart.Start(_commandLine);
        if (isDetached && Path.IsPathRooted(arguments.ConfigurationPath))
            _ = Jail.ChangeDirectory("/"); // a file that was named from here must stay readable from here
        return new Daemon(arguments).Run(_commandLine);
    }

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

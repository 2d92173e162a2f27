using Dropin.Compat.Haproxy.Arguments;
using Dropin.Compat.Haproxy.MasterWorker;
using Dropin.Compat.Process;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// The way from the command line to the process that serves, in the original's order: words, answers that need no file, directory, condition,
/// files, then by role and mode: check only, background, master, or serve in the foreground.
/// </summary>
internal sealed class Launcher
{
    private readonly ProcessRole _role = ProcessRole.Take();
    private readonly Invocation _invocation;
    private readonly Messages _messages;

    internal Launcher()
    {
        _invocation = Invocation.Current(_role);
        _messages = Messages.OnStandardError(_invocation);
        if (_role.SpeakerPid > 0)
            _messages.Pid = _role.SpeakerPid;
        if (_role.Kind != RoleKind.First)
            _ = Jail.SetName(_invocation.ShortName); // it was executed through a link of /proc, whose name is nobody's
    }

    internal int Run()
    {
        var arguments = ArgumentReader.Read(_invocation.Words);
        if (Answer(arguments) is { } code)
            return code;
        _messages.Quiet = arguments.Quiet && !arguments.Verbose;
        if (arguments.OldSocketRepeated)
            _messages.Warning("-x option already set, overwriting the value");
        if (arguments.Directory != null && Jail.ChangeDirectory(arguments.Directory) is { IsNone: false } error)
            return Fail($"Could not change to directory {arguments.Directory} : {error.Text}");
        if (arguments.Condition != null)
            return new ConditionCheck(_messages).Run(arguments.Condition);
        var files = ConfigurationFiles.List(arguments.Files, out var missing, out var reason);
        if (missing != null)
            return Fail($"config : Cannot open configuration file/directory {missing} : {reason}");
        if (files.Count == 0)
            return ShowUsage();
        SetEnvironment(arguments, files);
        if (GoesToBackgroundAtOnce(arguments))
            return StartBackground();
        return arguments.MasterWorker && !arguments.Check && _role.Kind != RoleKind.Worker
            ? RunMaster(arguments, files)
            : RunWithout(arguments, files);
    }

    /// <summary>The exit status when the command line needs no configuration; null when it does.</summary>
    private int? Answer(HaproxyArguments arguments)
    {
        if (arguments.ShowVersion != 0)
        {
            StandardStreams.WriteOutput(arguments.ShowVersion == 1 ? VersionText.Short : VersionText.Long());
            return 0;
        }
        if (arguments.ShowMemoryOptions)
        {
            StandardStreams.WriteOutput(MemoryOptions.Help);
            return 0;
        }
        if (arguments.Error != null)
            _messages.Alert(arguments.Error);
        if (arguments.ShowUsage)
            return ShowUsage();
        return arguments.Error != null ? 1 : null;
    }

    /// <summary>What the manual (configuration, 2.3) promises to the files.</summary>
    private static void SetEnvironment(HaproxyArguments arguments, IReadOnlyList<string> files)
    {
        Environment.SetEnvironmentVariable("HAPROXY_LOCALPEER", arguments.LocalPeer ?? SystemName.HostName);
        Environment.SetEnvironmentVariable("HAPROXY_CFGFILES", string.Join(';', files));
        if (Environment.GetEnvironmentVariable(Reexecution.AgainVariable) == null)
            Environment.SetEnvironmentVariable("HAPROXY_STARTUP_VERSION", ProductVersion.Text);
        if (arguments.MasterWorker)
            Environment.SetEnvironmentVariable("HAPROXY_MWORKER", "1");
    }

    /// <summary>With <c>-D</c> nothing in the files decides, so the process that stays may read them itself.</summary>
    private bool GoesToBackgroundAtOnce(HaproxyArguments arguments)
        => _role.Kind == RoleKind.First && arguments is { Daemon: true, Foreground: false, Debug: false, Check: false }
            && Environment.GetEnvironmentVariable(Reexecution.AgainVariable) == null;

    /// <summary>Starts the process that stays and answers for it: 0 when it serves, 1 when it has said why not.</summary>
    private int StartBackground(bool filesWereReported = false)
    {
        var role = new ProcessRole { Kind = RoleKind.Background, FilesWereReported = filesWereReported };
        var pid = new ChildLauncher(_invocation).Start(role, _invocation.Words, out var ready, out var error);
        if (pid < 0)
            return FailInMain($"Cannot fork ({error.Text}).");
        return Readiness.Await(ready) ? 0 : 1;
    }

    private int RunMaster(HaproxyArguments arguments, IReadOnlyList<string> files)
    {
        using var master = new Master(_invocation, arguments, _role, _messages);
        var waitOnly = Environment.GetEnvironmentVariable(Reexecution.WaitOnlyVariable) != null;
        return !waitOnly && Load(arguments, files) is { } config ? master.Run(config) : master.FailLoad();
    }

    private int RunWithout(HaproxyArguments arguments, IReadOnlyList<string> files)
    {
        if (Load(arguments, files) is not { } config)
            return 1;
        if (arguments.Check)
            return ReportCheck(config);
        var foreground = arguments.Foreground || arguments.Debug;
        if (_role.Kind == RoleKind.First && config.Global.Daemon && !foreground)
            return StartBackground(filesWereReported: true);
        if (_role.Kind != RoleKind.Worker && config.Global.MasterWorker)
        {
            Environment.SetEnvironmentVariable("HAPROXY_MWORKER", "1");
            using var master = new Master(_invocation, arguments, _role, _messages);
            return master.Run(config);
        }
        return new Service(_role, arguments, _messages).Run(config);
    }

    private HaproxyConfig? Load(HaproxyArguments arguments, IReadOnlyList<string> files)
    {
        var config = new ConfigurationLoad(_messages, arguments, _role).Run(files);
        if (config != null)
            Dump(arguments);
        if (config == null || !arguments.ZeroWarning || _messages.Warnings == 0)
            return config;
        _messages.Alert("config : Some warnings were found and 'zero-warning' is set. Aborting.");
        return null;
    }

    /// <summary>What is listed once the files are read, whatever follows.</summary>
    private void Dump(HaproxyArguments arguments)
    {
        if (_role.Kind != RoleKind.First)
            return;
        if (arguments.DumpKeywords != null)
            StandardStreams.WriteOutput(KeywordDump.Of(arguments.DumpKeywords));
        if (arguments.ListLibraries)
            StandardStreams.WriteOutput(LoadedObjects.List());
    }

    /// <summary>The end of <c>-c</c>.</summary>
    private int ReportCheck(HaproxyConfig config)
    {
        if (_messages.Warnings > 0)
            Print("Warnings were found.\n");
        if (config.Global is { StatsSockets.Count: 0, MasterWorker: false } && !config.Proxies.Any(proxy => proxy is { Disabled: false, Frontend.Binds.Count: > 0 }))
        {
            Print("Configuration file has no error but will not start (no listener) => exit(2).\n");
            return 2;
        }
        Print("Configuration file is valid\n");
        return 0;
    }

    private void Print(string text)
    {
        if (!_messages.Quiet)
            StandardStreams.WriteOutput(text);
    }

    private int ShowUsage()
    {
        StandardStreams.WriteOutput(VersionText.Short);
        StandardStreams.WriteError(Usage.For(_invocation.ShortName));
        return 1;
    }

    private int FailInMain(string text)
    {
        _messages.AlertInMain(text);
        return 1;
    }

    private int Fail(string text)
    {
        _messages.Alert(text);
        return 1;
    }
}

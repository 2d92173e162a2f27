using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Dumps;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Compat.Keepalived.Upgrade;
using Dropin.Compat.Process;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>
/// The process that serves, from the first line in the log to the last. Where the original has a parent and a child for VRRP this is one process:
/// it speaks under both names and writes its number into both files, and there is no child whose death leaves addresses without a voice.
/// </summary>
internal sealed class Daemon
{
    private const int BufferSize = 16384, MostEvents = 64;
    private const int CannotStart = 2;
    private readonly KeepalivedArguments _arguments;
    private readonly KeepalivedLog _log;
    private readonly Configurations _configurations;
    private readonly SystemdNotifier _systemd = SystemdNotifier.FromEnvironment();
    // From the beginning: a signal that comes while the configuration is read must not end the process halfway.
    private readonly SignalQueue _signals = new(DaemonSignals.All);
    private readonly IReadOnlyList<string> _commandLine;
    private readonly ExecutableFile _executable;
    private readonly Successor _successor;
    private Loop _loop = null!;
    private ReloadSchedule _schedule = null!;
    private VrrpService? _vrrp;
    private KeepalivedConfig _config = null!;
    private ReadConfiguration _configuration = null!;
    private PidPaths _pidPaths = null!;
    private string? _logSuffix;
    private bool _isHandingOver;
    private bool _isReloadAsked;
    private bool _stopping;

    /// <summary>For a command line.</summary>
    /// <param name="arguments">What it says.</param>
    /// <param name="commandLine">Its words.</param>
    /// <param name="executable">The file of this program.</param>
    internal Daemon(KeepalivedArguments arguments, IReadOnlyList<string> commandLine, ExecutableFile executable)
    {
        (_arguments, _commandLine, _executable) = (arguments, commandLine, executable);
        _successor = new Successor(executable, _signals);
        _log = new KeepalivedLog(arguments.LogFacility, !arguments.NoSyslog, arguments.LogConsole, arguments.LogDetail);
        _configurations = new Configurations(arguments, _log);
    }

    /// <summary>Serves until a signal ends it; the exit status.</summary>
    internal int Run()
    {
        _log.Daemon.Say($"Starting Keepalived {ProductVersion.Text}");
        _log.Daemon.Say($"Running on {SystemName.Running}");
        foreach (var line in CommandLineText.Lines(_commandLine)) _log.Daemon.Say(line);
        Surroundings.AllowCore(_arguments, _log.Daemon);
        var isInPlace = _arguments.NetworkNamespace == null || Surroundings.EnterNamespace(_arguments.NetworkNamespace, _log.Daemon);
        if (!isInPlace || _configurations.Load() is not { } config)
        {
            TellStopped();
            return (int)ConfigVerdict.Unsafe;
        }
        Use(config);
        if (config.Global.ProcessName != null)
            _ = Jail.SetName(config.Global.ProcessName);
        NameInstance(config.Global);
        _pidPaths = PidPaths.Of(_arguments, config.Global);
        var pids = new PidFiles(_pidPaths, _log.Daemon);
        if (pids.AnotherRuns())
        {
            _log.Daemon.Say("daemon is already running");
            return 0;
        }
        if (config.Global.MaxAutoPriority == 0)
            _log.Daemon.Say("NOTICE: setting config option max_auto_priority should result in better keepalived performance");
        if (!pids.Write(RunsVrrp(config)))
            return 1;
        _ = Jail.SetCreationMask(_arguments.Umask ?? config.Global.Umask);
        PhaseScript.Run(config.Global.StartupScript, config.Global.StartupScriptTimeout, "startup", _log.Daemon);
        return End(Serve(Start), pids);
    }

    /// <summary>
    /// Serves on in place of the former execution of this process, which has left its state: addresses, sockets, scripts and files are as they were, and
    /// nobody outside hears of it. Then the files are read, as at any reload.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <returns>The exit status; null where that is not possible and a start is to be tried.</returns>
    internal int? GoOn(HandedState state)
    {
        _logSuffix = state.LogSuffix;
        _log.NameInstance(_logSuffix);
        if (state.WhyNot(_arguments, _configurations, out var config) != null || config is null)
            return null;
        (_config, _configuration, _pidPaths) = (config, state.Configuration, state.Pids);
        if (config.Global.ProcessName != null)
            _ = Jail.SetName(config.Global.ProcessName); // an execution takes it away, and locked memory too; the rest stays
        if (config.Global.Vrrp.NoSwap)
            _ = Scheduling.LockMemory();
        return End(Serve(() => Resume(state)), new PidFiles(_pidPaths, _log.Daemon));
    }

    private int End(int status, PidFiles pids)
    {
        PhaseScript.Run(_config.Global.ShutdownScript, _config.Global.ShutdownScriptTimeout, "shutdown", _log.Daemon);
        pids.Remove();
        TellStopped();
        return status;
    }

    private void TellStopped()
    {
        _log.Daemon.Detail(CpuUsageText.OfDaemon);
        _log.Daemon.Say($"Stopped Keepalived {ProductVersion.Text}");
        _log.Behind = null;
        _log.FlushAtEnd();
    }

    private int Serve(Func<bool> begin)
    {
        using var loop = new Loop(0, BufferSize, MostEvents);
        _loop = loop;
        _ = new LateLines(loop, _log);
        loop.Watch(new SignalSource(_signals, Obey), EpollFlags.In);
        using var schedule = new ReloadSchedule(loop, _log.Daemon, () => Obey(Signal.Hup));
        _schedule = schedule;
        if (!begin())
            return CannotStart;
        if (!_schedule.IsConfigured) // a reload that came with another execution has done so
            _schedule.Configure(_config.Global);
        new Housekeeping().Begin(loop);
        loop.Run();
        _vrrp?.Dispose();
        return 0;
    }

    private bool Start()
    {
        if (!RunsVrrp(_config))
            _log.Daemon.Say("Warning - keepalived has no configuration to run");
        else if (!StartVrrp())
            return false;
        _log.Daemon.Say("Startup complete");
        _ = _systemd.Send("READY=1\n");
        return true;
    }

    private bool Resume(HandedState state)
    {
        if (state.IsVrrpRunning)
        {
            _vrrp = new VrrpService(_loop, _config, _log.Vrrp, _arguments.MonitorAddresses, NetworkNamespace, AskForReload, state.Vrrp);
            if (_vrrp.Resume(state.Vrrp) is { } reason)
            {
                _log.Vrrp.Say($"VRRP cannot run here: {reason}");
                return false;
            }
        }
        _log.Daemon.Say($"Executed {_executable.Path}, now Keepalived {ProductVersion.Text}; everything goes on as it was");
        Reload();
        return true;
    }

    private bool RunsVrrp(KeepalivedConfig config) =>
        _arguments.RunsVrrp && (_arguments.RunsAll || config.Instances.Count + config.StaticAddresses.Count + config.StaticRoutes.Count + config.StaticRules.Count > 0);

    private bool StartVrrp()
    {
        _log.Daemon.Say($"Starting VRRP child process, pid={Environment.ProcessId}");
        Surroundings.Tune(_config.Global.Vrrp, _log.Vrrp);
        _log.Vrrp.Detail("Registering Kernel netlink reflector");
        _log.Vrrp.Detail("Registering Kernel netlink command channel");
        _configurations.TellVrrp();
        if (_config.Global.CheckBeforeReload && !_configurations.IsLoadedOneGood)
        {
            // Who wants a faultless configuration at reloads does not start with another one.
            _log.Daemon.Say($"pid {Environment.ProcessId} exited with permanent error CONFIG. Terminating");
            return false;
        }
        if (_config.Global.StartupDelay > TimeSpan.Zero)
            _log.Vrrp.Say(FormattableString.Invariant($"Delaying startup for {_config.Global.StartupDelay.TotalSeconds} seconds"));
        _vrrp = new VrrpService(_loop, _config, _log.Vrrp, _arguments.MonitorAddresses, NetworkNamespace, AskForReload);
        var error = _vrrp.Start();
        if (!error.IsNone)
            _log.Vrrp.Say($"VRRP cannot run here: {error.Text}");
        else if (_arguments.DumpConfiguration)
        {
            foreach (var line in DataDump.Of(_vrrp.Node).TrimEnd('\n').Split('\n'))
                _log.Vrrp.Say(line);
        }
        return error.IsNone;
    }

    private string? NetworkNamespace => _arguments.NetworkNamespace ?? _config.Global.NetworkNamespace;

    // Somebody asks from within the loop's work, which is to be done with first. However often he asks meanwhile, it is one reload.
    private void AskForReload()
    {
        if (_isReloadAsked)
            return;
        _isReloadAsked = true;
        _loop.Post(() =>
        {
            _isReloadAsked = false;
            Obey(Signal.Hup);
        });
    }

    private void Obey(int signal)
    {
        switch (signal)
        {
            case Signal.Term or Signal.Int:
                Stop();
                break;
            case Signal.Hup when !_stopping && !_isHandingOver: // otherwise the reload that it asks for is under way
                if (_successor.IsThere)
                    AskSuccessor();
                else
                    Reload();
                break;
            case SignalNames.Data:
                _log.Daemon.Say($"Printing parent data for process({Environment.ProcessId}) on signal");
                DumpFiles.WriteGlobal(_config);
                Dump("Printing VRRP data", DumpFiles.WriteData);
                break;
            case SignalNames.Stats:
                Dump("Printing VRRP stats", DumpFiles.WriteStatistics);
                break;
            case SignalNames.StatsClear:
                Dump("Printing and clearing VRRP stats", DumpFiles.WriteStatistics);
                _vrrp?.Node.Core.ClearStatistics();
                break;
            case SignalNames.Json:
                Dump("Printing VRRP as json", DumpFiles.WriteJson);
                break;
        }
    }

    private void Dump(string what, Action<VrrpService> write)
    {
        if (_vrrp == null)
            return;
        _log.Vrrp.Say($"{what} for process({Environment.ProcessId}) on signal");
        write(_vrrp);
    }

    // An upgrade has put another executable there: a reload executes it, if it can go on where this one is.
    private void AskSuccessor()
    {
        _isHandingOver = true;
        TellReloading();
        _successor.Ask(_loop, State(), reason =>
        {
            if (reason == null)
                BecomeSuccessor();
            else
                StayWith(reason);
        });
    }

    private void BecomeSuccessor()
    {
        if (_stopping)
            return;
        _log.FlushAtEnd();
        _vrrp?.Node.Remind(); // the execution takes milliseconds, on a busy machine many
        if (_successor.Become(_commandLine, State(), [.. _vrrp?.Handed ?? []]) is { } reason)
            StayWith(reason);
        else
            _loop.SetDeadline(new Later(BecomeSuccessor), _loop.NowMilliseconds + 1); // a signal came first, and is obeyed first
    }

    private void StayWith(string reason)
    {
        _isHandingOver = false;
        _log.Daemon.Error($"The new executable {_successor.Path} cannot go on from here ({reason}): the running one reloads");
        Reload();
    }

    private byte[] State() => HandedState.Write(_commandLine, _executable.Path, _configuration, _pidPaths, _logSuffix, _vrrp == null ? null : _vrrp.Save);

    // systemd takes a reload for done when READY=1 follows; the time tells it that this answers what it asked for.
    private void TellReloading() => _ = _systemd.Send(FormattableString.Invariant($"RELOADING=1\nMONOTONIC_USEC={MonotonicClock.Microseconds}\n"));

    private void Use(KeepalivedConfig config) => (_config, _configuration) = (config, _configurations.Read!);

    private void Reload()
    {
        if (_config.Global.CheckBeforeReload)
        {
            _log.Daemon.Say("validate conf before Reload");
            if (!_configurations.IsGood())
            {
                _log.Daemon.Say("New config failed validation, see /dev/null for details");
                _ = _systemd.Send("READY=1\n"); // a reload may have been told of, on the way to a new executable
                return;
            }
        }
        _log.Daemon.Say("Reloading ...");
        TellReloading();
        if (_configurations.Load() is { } config)
            Replace(config);
        else
            _log.Daemon.Say("The running configuration stays as it was");
        _schedule.Configure(_config.Global);
        _log.Daemon.Say("Reload complete");
        _ = _systemd.Send("READY=1\n");
    }

    private void Replace(KeepalivedConfig config)
    {
        if (config.Global.InstanceName != _config.Global.InstanceName || (_arguments.NetworkNamespace == null && config.Global.NetworkNamespace != _config.Global.NetworkNamespace))
        {
            _log.Daemon.Say("Cannot change network namespace or instance at a reload - please restart keepalived");
            return;
        }
        Use(config);
        if (_vrrp != null)
        {
            _log.Vrrp.Say("Reloading");
            _configurations.TellVrrp();
            _vrrp.Reload(config);
        }
        else if (RunsVrrp(config))
            _ = StartVrrp();
    }

    private void Stop()
    {
        if (_stopping)
            return;
        _stopping = true;
        _successor.Forget(_loop);
        _log.Daemon.Say("Stopping");
        _ = _systemd.Send("STOPPING=1\n");
        if (_vrrp == null)
            _loop.Stop();
        else
            _vrrp.Stop(_arguments.KeepAddresses, () =>
            {
                _log.Vrrp.Say("Stopped" + CpuUsageText.OfVrrp(_arguments.LogDetail));
                _loop.Stop();
            });
    }

    private sealed class Later(Action work) : LoopTask
    {
        protected override void Run(Loop loop) => work();
    }

    private void NameInstance(GlobalConfig global)
    {
        var parts = new[] { global.InstanceName, NetworkNamespace }.Where(part => part != null).ToArray();
        if (parts.Length == 0)
            return;
        _logSuffix = string.Join('_', parts);
        _log.Daemon.Say($"Changing syslog ident to Keepalived_{_logSuffix}");
        _log.NameInstance(_logSuffix);
    }
}

using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Dumps;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Process;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
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
    private readonly SignalQueue _signals = new(Signal.Term, Signal.Int, Signal.Hup, SignalNames.Data, SignalNames.Stats, SignalNames.StatsClear, SignalNames.Json, Signal.Pipe);
    private Loop _loop = null!;
    private VrrpService? _vrrp;
    private KeepalivedConfig _config = null!;
    private bool _stopping;

    /// <summary>For a command line.</summary>
    internal Daemon(KeepalivedArguments arguments)
    {
        _arguments = arguments;
        _log = new KeepalivedLog(arguments.LogFacility, !arguments.NoSyslog, arguments.LogConsole, arguments.LogDetail);
        _configurations = new Configurations(arguments, _log);
    }

    /// <summary>Serves until a signal ends it; the exit status.</summary>
    internal int Run(IReadOnlyList<string> commandLine)
    {
        _log.Daemon.Say($"Starting Keepalived {ProductVersion.Text}");
        _log.Daemon.Say($"Running on {SystemName.Running}");
        _log.Daemon.Say($"Command line: {string.Join(' ', commandLine.Select(word => $"'{word}'"))}");
        Surroundings.AllowCore(_arguments, _log.Daemon);
        var isInPlace = _arguments.NetworkNamespace == null || Surroundings.EnterNamespace(_arguments.NetworkNamespace, _log.Daemon);
        if (!isInPlace || _configurations.Load() is not { } config)
        {
            _log.Daemon.Say($"Stopped Keepalived {ProductVersion.Text}");
            return (int)ConfigVerdict.Unsafe;
        }
        _config = config;
        if (config.Global.ProcessName != null)
            _ = Jail.SetName(config.Global.ProcessName);
        NameInstance(config.Global);
        var pids = new PidFiles(PidPaths.Of(_arguments, config.Global), _log.Daemon);
        if (pids.AnotherRuns())
        {
            _log.Daemon.Say("daemon is already running");
            return 0;
        }
        if (_arguments.Snmp)
            _log.Daemon.Say("SNMP is not part of this program: -x has no effect");
        if (config.Global.MaxAutoPriority == 0)
            _log.Daemon.Say("NOTICE: setting config option max_auto_priority should result in better keepalived performance");
        if (!pids.Write(RunsVrrp(config)))
            return 1;
        _ = Jail.SetCreationMask(_arguments.Umask ?? config.Global.Umask);
        PhaseScript.Run(config.Global.StartupScript, config.Global.StartupScriptTimeout, "startup", _log.Daemon);
        var status = Serve();
        PhaseScript.Run(_config.Global.ShutdownScript, _config.Global.ShutdownScriptTimeout, "shutdown", _log.Daemon);
        pids.Remove();
        _log.Daemon.Say($"Stopped Keepalived {ProductVersion.Text}");
        return status;
    }

    private int Serve()
    {
        using var loop = new Loop(0, BufferSize, MostEvents);
        _loop = loop;
        loop.Watch(new SignalSource(_signals, Obey), EpollFlags.In);
        if (!RunsVrrp(_config))
            _log.Daemon.Say("Warning - keepalived has no configuration to run");
        else if (!StartVrrp())
            return CannotStart;
        new Housekeeping().Begin(loop);
        _log.Daemon.Say("Startup complete");
        _ = _systemd.Send("READY=1\n");
        loop.Run();
        _vrrp?.Dispose();
        return 0;
    }

    private bool RunsVrrp(KeepalivedConfig config) =>
        _arguments.RunsVrrp && (_arguments.RunsAll || config.Instances.Count + config.StaticAddresses.Count + config.StaticRoutes.Count + config.StaticRules.Count > 0);

    private bool StartVrrp()
    {
        _log.Daemon.Say($"Starting VRRP child process, pid={Environment.ProcessId}");
        Surroundings.Tune(_config.Global.Vrrp, _log.Vrrp);
        _configurations.TellVrrp();
        if (_config.Global.CheckBeforeReload && !_configurations.IsLoadedOneGood)
        {
            // Who wants a faultless configuration at reloads does not start with another one.
            _log.Daemon.Say($"pid {Environment.ProcessId} exited with permanent error CONFIG. Terminating");
            return false;
        }
        if (_config.Global.StartupDelay > TimeSpan.Zero)
            _log.Vrrp.Say(FormattableString.Invariant($"Delaying startup for {_config.Global.StartupDelay.TotalSeconds} seconds"));
        _vrrp = new VrrpService(_loop, _config, _log.Vrrp, _arguments.MonitorAddresses);
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

    private void Obey(int signal)
    {
        switch (signal)
        {
            case Signal.Term or Signal.Int:
                Stop();
                break;
            case Signal.Hup when !_stopping:
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

    private void Reload()
    {
        if (_config.Global.CheckBeforeReload)
        {
            _log.Daemon.Say("validate conf before Reload");
            if (!_configurations.IsGood())
            {
                _log.Daemon.Say("New config failed validation, see /dev/null for details");
                return;
            }
        }
        _log.Daemon.Say("Reloading ...");
        _ = _systemd.Send("RELOADING=1\n");
        if (_configurations.Load() is { } config)
            Replace(config);
        else
            _log.Daemon.Say("The running configuration stays as it was");
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
        _config = config;
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
        _log.Daemon.Say("Stopping");
        _ = _systemd.Send("STOPPING=1\n");
        if (_vrrp == null)
            _loop.Stop();
        else
            _vrrp.Stop(_arguments.KeepAddresses, () =>
            {
                _log.Vrrp.Say("Stopped");
                _loop.Stop();
            });
    }

    private void NameInstance(GlobalConfig global)
    {
        var parts = new[] { global.InstanceName, _arguments.NetworkNamespace ?? global.NetworkNamespace }.Where(part => part != null).ToArray();
        if (parts.Length == 0)
            return;
        var suffix = string.Join('_', parts);
        _log.Daemon.Say($"Changing syslog ident to Keepalived_{suffix}");
        _log.NameInstance(suffix);
    }
}

using Dropin.Compat.Haproxy.Arguments;
using Dropin.Compat.Haproxy.Start;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>
/// The process that starts and watches workers (management manual, chapter 4; master CLI, 9.4). It serves nothing itself: it reads the files to
/// know whether they are right and what it has to do itself, starts a worker, which reads them again and binds, and then waits for signals, for
/// children and for its CLI in one poll(2). A reload executes this program again under the same number (see <see cref="Reexecution"/>); a new
/// worker takes the sockets of the old one, and only when it serves is the old one told to finish.
/// </summary>
internal sealed class Master : IMasterControl, IDisposable
{
    private readonly Invocation _invocation;
    private readonly HaproxyArguments _arguments;
    private readonly ProcessRole _role;
    private readonly Messages _messages;
    private readonly SystemdNotifier _systemd;
    private readonly SignalQueue _signals =
        new(Signal.Hup, Signal.Int, Signal.Quit, Signal.Usr1, Signal.Usr2, Signal.Term, Signal.Chld, Signal.Ttin, Signal.Ttou);

    private readonly bool _again = Environment.GetEnvironmentVariable(Reexecution.AgainVariable) != null;
    private MasterCli _cli;
    private bool _exitsOnFailure = true;
    private bool _exiting;
    private bool _reloadAsked;
    private int _exitCode;

    internal Master(Invocation invocation, HaproxyArguments arguments, ProcessRole role, Messages messages)
    {
        (_invocation, _arguments, _role, _messages) = (invocation, arguments, role, messages);
        _systemd = arguments.Systemd ? SystemdNotifier.FromEnvironment() : new SystemdNotifier(null);
        Family = Family.FromEnvironment(Environment.GetEnvironmentVariable(Family.Variable), Environment.ProcessId, Now);
        _cli = new MasterCli([], this);
        foreach (var child in Family.Children)
            if (child.Descriptor >= 0)
                _ = Descriptors.SetInherited(child.Descriptor, false);
        _systemd.Send("RELOADING=1");
    }

    /// <inheritdoc/>
    public Family Family { get; }

    /// <inheritdoc/>
    public long Now => MonotonicClock.WallMicroseconds / 1_000_000;

    /// <summary>Whether this master was executed again, for a reload.</summary>
    internal bool IsReload => _again;

    /// <inheritdoc/>
    public void AskReload() => _reloadAsked = true;

    /// <summary>The files are right: starts what they ask for and watches it. The exit status of the process.</summary>
    internal int Run(HaproxyConfig config)
    {
        if (!TryOpenCli())
            return FailLoad();
        _exitsOnFailure = !config.Global.NoExitOnFailure;
        var old = Family.Children.ToList();
        StartPrograms(config);
        var worker = StartWorker(old);
        if (worker == null)
            return FailLoad();
        StopOld(old, config.Global.MasterWorkerMaxReloads);
        Family.Master.FailedReloads = 0;
        Family.Add(worker);
        _messages.Notice($"New worker ({worker.Pid}) forked");
        _messages.Notice("Loading success.");
        if (!TryWritePidFile(_arguments.PidFile ?? config.Global.PidFile))
            return StopAll(1);
        Readiness.Report(_role);
        if (_role.Kind == RoleKind.Background)
            new Background().Detach();
        if (_exitCode != 0 && _exitsOnFailure)
            GiveUp(); // a program could not be started: as if it had ended with that code at once
        return Watch();
    }

    /// <summary>The files are wrong: a first start fails, a reload leaves everything as it is. The exit status of the process.</summary>
    internal int FailLoad()
    {
        if (!_again)
            return 1;
        Family.CountFailedReload();
        _messages.Warning("Loading failure!");
        if (_cli.Listeners.Count == 0)
            _ = TryOpenCli();
        return Watch();
    }

    /// <inheritdoc/>
    public void Dispose() => _signals.Dispose();

    private bool TryOpenCli()
    {
        var listeners = new MasterCliBinder(_messages).Open(_arguments.MasterSockets);
        if (listeners == null)
            return false;
        _cli = new MasterCli(listeners, this);
        Environment.SetEnvironmentVariable("HAPROXY_MASTER_CLI", listeners.Count == 0 ? null : string.Join(';', listeners.Select(listener => listener.Address)));
        return true;
    }

    private void StartPrograms(HaproxyConfig config)
    {
        foreach (var program in config.Programs)
        {
            if (_again && !program.StartOnReload)
                continue;
            var pid = ProgramRunner.Start(program, config.Global.Environment, _messages);
            if (pid < 0)
            {
                _exitCode = 1;
                continue;
            }
            Family.Add(new FamilyMember { Kind = MemberKind.Program, Pid = pid, Started = Now, Name = program.Name });
            _messages.Notice($"New program '{program.Name}' ({pid}) forked");
        }
    }

    /// <summary>Starts a worker and waits until it serves; null when it does not, which it has explained itself.</summary>
    private FamilyMember? StartWorker(List<FamilyMember> old)
    {
        var error = DescriptorPassing.MakePair(out var here, out var there);
        var pid = -1;
        var ready = -1;
        if (error.IsNone)
        {
            var role = new ProcessRole
            {
                Kind = RoleKind.Worker,
                CliDescriptor = there,
                HandoverDescriptor = HandoverDescriptor(old),
                SpeakerPid = Environment.ProcessId,
                FilesWereReported = true,
                LeavesTerminal = _role.Kind == RoleKind.Background,
            };
            Environment.SetEnvironmentVariable("HAPROXY_MWORKER", "1");
            pid = new ChildLauncher(_invocation).Start(role, _invocation.Words, out ready, out error);
        }
        Descriptors.Close(there);
        if (pid < 0)
        {
            _messages.AlertInMain($"Cannot fork ({error.Text}).");
            Descriptors.Close(here);
            return null;
        }
        if (Readiness.Await(ready))
            return new FamilyMember { Kind = MemberKind.Worker, Pid = pid, Descriptor = here, Started = Now, Version = ProductVersion.Text };
        Descriptors.Close(here);
        Children.Wait(pid, out _);
        return null;
    }

    /// <summary>Where the new worker fetches the sockets: the pair named on the command line by whoever executed this master.</summary>
    private int HandoverDescriptor(List<FamilyMember> old)
    {
        const string prefix = "sockpair@";
        if (_arguments.OldSocket is { } name && name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), out var descriptor))
            return descriptor;
        return old.Find(child => child is { Kind: MemberKind.Worker, Descriptor: >= 0 })?.Descriptor ?? -1;
    }

    private void StopOld(List<FamilyMember> old, int? mostReloads)
    {
        var signal = _arguments.TerminateOld ? Signal.Term : Signal.Usr1;
        foreach (var child in old)
            child.Leaving = true;
        foreach (var pid in _arguments.OldPids.Union(old.Select(child => child.Pid)))
            _ = Children.Send(pid, signal);
        foreach (var child in old)
            if (child.Kind == MemberKind.Worker && child.Reloads > mostReloads)
                _ = Children.Send(child.Pid, Signal.Term);
    }

    private bool TryWritePidFile(string? path)
    {
        if (path == null || PidFile.Write(path, Environment.ProcessId).IsNone)
            return true;
        _messages.AlertInMain($"Cannot create pidfile {path}");
        return false;
    }

    /// <summary>Waits for signals, children and the CLI until the last child has left.</summary>
    private int Watch()
    {
        _systemd.Send($"READY=1\nMAINPID={Environment.ProcessId}");
        _messages.Starting = false;
        _messages.IntroduceAgain();
        Reap(); // a child may have left while nobody looked
        List<PollEntry> entries = [];
        while (Family.Children.Count > 0)
        {
            entries.Clear();
            entries.Add(new PollEntry { Descriptor = _signals.Descriptor, Wanted = PollEntry.In });
            _cli.AddTo(entries);
            var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries);
            Polling.Wait(span, -1);
            _cli.Advance(span[1..]);
            while (_signals.TryTake(out var signal))
                Obey(signal);
            if (_reloadAsked && !_exiting)
                Reload();
        }
        _messages.Warning($"All workers exited. Exiting... ({_exitCode})");
        return _exitCode;
    }

    private void Obey(int signal)
    {
        switch (signal)
        {
            case Signal.Chld:
                Reap();
                break;
            case Signal.Usr2 or Signal.Hup:
                _reloadAsked = true;
                break;
            case Signal.Term or Signal.Int or Signal.Usr1:
                Exit(signal);
                break;
            case Signal.Ttin or Signal.Ttou:
                SendToAll(signal);
                break;
            default:
                break; // QUIT asks for the memory pools of the process; a master has none
        }
    }

    private void Exit(int signal)
    {
        _exiting = true;
        _messages.Warning("Exiting Master process...");
        _systemd.Send("STOPPING=1");
        SendToAll(signal);
    }

    private void SendToAll(int signal)
    {
        foreach (var child in Family.Children)
            _ = Children.Send(child.Pid, signal);
    }

    private void Reap()
    {
        while (Children.TryReap(out var exit))
        {
            if (Family.Remove(exit.Pid) is not { } child)
                continue;
            Descriptors.Close(child.Descriptor);
            var what = (child.IsCurrent ? "Current " : "Former ") + (child.Kind == MemberKind.Worker ? "worker" : $"program '{child.Name}'");
            var text = $"{what} ({exit.Pid}) exited with code {exit.Status} ({(exit.Status > 128 ? Signal.Describe(exit.Status - 128) : "Exit")})";
            if (child.IsCurrent && (child.Kind == MemberKind.Program || exit.Status != 0))
                _messages.Alert(text);
            else
                _messages.Warning(text);
            if (child.IsCurrent && exit.Status is not (0 or 143))
                _exitCode = exit.Status;
            if (child.IsCurrent && !_exiting && exit.Status is not (0 or 130 or 143) && _exitsOnFailure)
                GiveUp();
        }
        // Programs alone serve nothing: with the last worker the service is over.
        if (Family.Children.Count > 0 && !Family.Children.Any(child => child.Kind == MemberKind.Worker))
            SendToAll(Signal.Term);
    }

    /// <summary>A worker or a program has died of a fault: the whole service shall be restarted by whoever supervises the master.</summary>
    private void GiveUp()
    {
        _messages.Alert("exit-on-failure: killing every processes with SIGTERM");
        _exiting = true;
        SendToAll(Signal.Term);
    }

    private int StopAll(int code)
    {
        _exiting = true;
        SendToAll(Signal.Term);
        foreach (var child in Family.Children.ToArray())
            Children.Wait(child.Pid, out _);
        return code;
    }

    private void Reload()
    {
        _reloadAsked = false;
        _messages.Notice("Reloading HAProxy");
        _systemd.Send("RELOADING=1");
        _cli.CloseSessions();
        Family.CountReload(); // before, as the original does it: the next execution may be the original's
        var words = Reexecution.Words(_invocation.Words, Family, Family.Children.Select(child => child.Pid));
        var error = Reexecution.Run(_invocation, Family, _cli.Listeners, words);
        // Still here: the file cannot be executed. What runs goes on.
        Family.CountFailedReload();
        _messages.Warning($"Failed to reexecute the master process [{Environment.ProcessId}]: {error.Text}");
        _systemd.Send($"READY=1\nMAINPID={Environment.ProcessId}");
    }
}

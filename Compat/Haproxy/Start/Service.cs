using Dropin.Compat.Haproxy.Arguments;
using Dropin.Compat.Haproxy.Cli;
using Dropin.Compat.Haproxy.MasterWorker;
using Dropin.Compat.Haproxy.Stats;
using Dropin.Compat.Process;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// The process that serves, from the configuration to its end. The order is the original's: fetch or bind the sockets, process number file, limits,
/// tell the old processes, give up rights, and only then tell whoever waits that it serves.
/// </summary>
internal sealed class Service(ProcessRole role, HaproxyArguments arguments, Messages messages)
{
    internal int Run(HaproxyConfig config)
    {
        // From here on a signal waits for the loop, which knows what is open.
        using var signals = new SignalQueue(Signal.Hup, Signal.Int, Signal.Quit, Signal.Usr1, Signal.Term, Signal.Ttin, Signal.Ttou);
        ShowVerbose(toError: true);
        SetEnvironment(config.Global);
        var old = new OldProcess(role, arguments, messages);
        if (old.FetchListeners() is not { } inherited)
            return 1;
        var plan = ResourcePlan.For(config, Math.Max(1, config.Global.Threads ?? Environment.ProcessorCount), arguments.MaxConnections, MemoryLimit(config));
        if (!HasListener(config))
            return FailInMain("No enabled listener found (check for 'bind' directives) ! Exiting.");
        if (new ListenerOpener(messages, inherited, arguments.OldPids, !arguments.NoReusePort).Open(Wanted(config, plan)) is not { } opened)
            return 1;
        if (!TryWritePidFile(arguments.PidFile ?? config.Global.PidFile) || plan.Apply(messages) is not { } reached)
            return 1;
        if (!PrivilegedOptions.MayStart(config, messages))
            return 1;
        LimitMemory(MemoryLimit(config));

        var engine = EngineBuilder.Build(config, plan.MaxConnections, PatternTexts.Read);
        engine.Process.MaxSockets = plan.MaxSockets;
        if (arguments.Debug)
            engine.Trace = new TrafficTrace(StandardStreams.WriteOutput);
        var listeners = new EngineListeners(engine);
        listeners.Open(bind => opened[bind]);
        engine.Events.Terminal = message => messages.Warning("config : " + message.Text);
        engine.Logs.Unreachable = (number, error) =>
            messages.Alert($"sendmsg()/writev() failed in logger #{number}: {Errno.Describe(error)} (errno={error})");
        EngineHealth.Start(engine, config);
        new ServerStateFiles(engine, text => messages.Warning("config : " + text)).Load(engine.Threads[0].Loop.WallMicroseconds);
        var stopping = new Stopping(engine, listeners, messages);
        var loop = engine.Threads[0].Loop;
        loop.Watch(new SignalSource(signals, stopping.Obey), EpollFlags.In);
        var export = new ListenerExport(opened);
        var admin = new AdminContext(engine, listeners)
        {
            DescriptorLimit = reached.DescriptorLimit,
            MaxSockets = plan.MaxSockets,
            CliListeners = config.Global.StatsSockets.Count,
        };
        var cli = new CliServer(admin, export) { StartupLog = messages.StartupLog, Speak = Say };
        engine.Events.Terminal = message => Say(message, cli.Signature);
        foreach (var socket in config.Global.StatsSockets)
            cli.Listen(socket, opened[socket]);
        stopping.Follow(cli);
        StatsPage.Install(admin);
        admin.Load.Begin();
        if (role.CliDescriptor >= 0)
            loop.Watch(new WorkerDoor(role.CliDescriptor, export, cli, stopping.EndAtOnce), EpollFlags.In);
        listeners.Start();
        old.Stop();
        var background = role.Kind == RoleKind.Background || role.LeavesTerminal ? new Background() : null;
        if (config.Global.Chroot is not null)
            cli.Machine.ReadNow();
        if (!Privileges.Drop(config.Global, messages))
            return 1;
        ShowVerbose(toError: false);
        BecomeReady(config.Global);
        background?.Detach();
        engine.Run();
        return 0;
    }

    /// <summary>Where this process' CLI is reached, for checks and scripts (configuration manual, 2.3).</summary>
    private void SetEnvironment(GlobalConfig global)
    {
        // What the file forgot is gone (unsetenv, resetenv), but for what the start has told this process since.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Except(global.Environment.Select(variable => variable.Name)).ToList())
        {
            if (!name.StartsWith("HAPROXY_", StringComparison.Ordinal) && name != "NOTIFY_SOCKET")
                Environment.SetEnvironmentVariable(name, null);
        }
        foreach (var (name, value) in global.Environment)
            Environment.SetEnvironmentVariable(name, value);
        var sockets = global.StatsSockets.Select(bind => bind.Endpoint is UnixEndpoint unix ? "unix@" + unix.Path : BindReport.Address(bind));
        if (role.CliDescriptor >= 0)
            sockets = sockets.Append("sockpair@" + role.CliDescriptor.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("HAPROXY_CLI", string.Join(';', sockets));
    }

    private void Say(EngineMessage message, string signature)
    {
        if (message.IsPlain)
            messages.Plain(message.Text);
        else
            Say(message.IsAlert ? CliSeverity.Error : CliSeverity.Warning, signature + message.Text);
    }

    private void Say(CliSeverity severity, string text)
    {
        switch (severity)
        {
            case CliSeverity.Error:
                messages.Alert(text);
                break;
            case CliSeverity.Warning:
                messages.Warning(text);
                break;
            default:
                messages.Notice(text);
                break;
        }
    }

    private static bool HasListener(HaproxyConfig config)
        // A statistics socket is a listener too.
        => config.Global.StatsSockets.Count > 0 || config.Proxies.Any(proxy => proxy is { Disabled: false, Frontend.Binds.Count: > 0 });

    private static List<WantedListener> Wanted(HaproxyConfig config, ResourcePlan plan)
    {
        // So many connections wait as may be served at once: a crowd of scripts is not turned away.
        List<WantedListener> wanted =
            [.. config.Global.StatsSockets.Select(bind => new WantedListener(bind, "frontend GLOBAL", bind.Backlog ?? config.Global.StatsMaxConnections))];
        foreach (var proxy in config.Proxies)
        {
            if (proxy.Disabled || proxy.Frontend is not { } frontend)
                continue;
            var owner = (proxy.Capability == ProxyCapability.Listen ? "proxy " : "frontend ") + proxy.Name;
            foreach (var bind in frontend.Binds)
                wanted.Add(new WantedListener(bind, owner, bind.Backlog ?? frontend.Backlog ?? Math.Max(frontend.MaxConnections ?? plan.MaxConnections, 1)));
        }
        return wanted;
    }

    private int MemoryLimit(HaproxyConfig config) => arguments.MemoryLimit > 0 ? arguments.MemoryLimit : config.Global.MemoryLimitMegabytes;

    /// <summary>The original limits its address space, of which a managed heap reserves far more than it uses; so the heap itself is limited.</summary>
    private static void LimitMemory(int megabytes)
    {
        if (megabytes <= 0)
            return;
        AppContext.SetData("GCHeapHardLimit", (ulong)megabytes << 20);
        GC.RefreshMemoryLimit();
    }

    /// <summary>Only a process that stays behind leaves its number; a worker's number is the master's business.</summary>
    private bool TryWritePidFile(string? path)
    {
        if (role.Kind != RoleKind.Background || path == null || PidFile.Write(path, Environment.ProcessId).IsNone)
            return true;
        messages.AlertInMain($"Cannot create pidfile {path}");
        return false;
    }

    private void BecomeReady(GlobalConfig global)
    {
        messages.Starting = false;
        messages.Pid = Environment.ProcessId;
        messages.Quiet |= global.Quiet && !arguments.Verbose;
        Readiness.Report(role);
    }

    private void ShowVerbose(bool toError)
    {
        if (!arguments.Verbose && !arguments.Debug)
            return;
        if (toError)
            StandardStreams.WriteError($"{VersionText.Pollers}\n\n{VersionText.Filters}\n");
        else
            StandardStreams.WriteOutput("Using epoll() as the polling mechanism.\n");
    }

    private int FailInMain(string text)
    {
        messages.AlertInMain(text);
        return 1;
    }
}

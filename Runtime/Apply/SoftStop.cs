using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Apply;

/// <summary>A soft stop (SIGUSR1, management manual 4): takes no new connection, lets the others end, then ends the engine.</summary>
public sealed class SoftStop : LoopTask
{
    /// <summary>How often it looks whether the last connection has gone, in milliseconds.</summary>
    private const int Look = 20;

    private readonly ProxyEngine _engine;
    private readonly EngineListeners _listeners;
    private long _hardStop = Never;

    /// <summary>A stop that has not begun.</summary>
    public SoftStop(ProxyEngine engine, EngineListeners listeners)
    {
        _engine = engine;
        _listeners = listeners;
    }

    /// <summary>Work beside client connections that has to end first (connections to the CLI).</summary>
    public Func<bool>? IsBusy { get; set; }

    /// <summary>What is said between the lines of the proxies with listeners and those of the others; the CLI's own line.</summary>
    public Action? AfterListeners { get; set; }

    /// <summary>Begins; may be called from any thread.</summary>
    public void Begin() => _engine.Threads[0].Loop.Post(BeginOnLoop);

    private void BeginOnLoop()
    {
        if (_engine.Process.IsStopping)
        {
            return;
        }

        var loop = _engine.Threads[0].Loop;
        _engine.Process.IsStopping = true;
        if (_engine.Global.HardStopAfter is { } limit)
        {
            _hardStop = loop.NowMilliseconds + limit.Milliseconds;
        }

        _listeners.Close(null);
        foreach (var proxy in _engine.Proxies)
        {
            if (proxy.Frontend is { Config.Binds.Count: > 0 })
            {
                StopProxy(_engine, proxy);
            }
        }

        AfterListeners?.Invoke();
        foreach (var proxy in _engine.Proxies)
        {
            StopProxy(_engine, proxy);
        }

        foreach (var thread in _engine.Threads)
        {
            thread.Loop.Post(thread.CloseIdleSessions);
            thread.Loop.Post(thread.Idle.CloseAll);
        }

        loop.SetDeadline(this, loop.NowMilliseconds + 1);
    }

    /// <summary>Marks a proxy as stopped and says so.</summary>
    public static void StopProxy(ProxyEngine engine, ProxyState proxy)
    {
        if (proxy.Activity == ProxyActivity.Stopped)
        {
            return;
        }

        proxy.Activity = ProxyActivity.Stopped;
        var text = $"Proxy {proxy.Name} stopped (cumulated conns: FE: {proxy.Frontend?.Counters.Sum().Connections ?? 0}, "
            + $"BE: {proxy.Backend?.Counters.Sum().Sessions ?? 0}).";
        engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: false, text));
        engine.Events.Log(proxy, LogLevel.Warning, text);
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        if (_engine.Process.Connections.Value == 0 && IsBusy?.Invoke() != true)
        {
            _engine.Stop();
            return;
        }

        if (loop.NowMilliseconds >= _hardStop)
        {
            _engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: false, "soft-stop running for too long, performing a hard-stop."));
            foreach (var proxy in _engine.Proxies)
            {
                if (proxy.Frontend?.Sessions.Value is > 0 and var left)
                {
                    _engine.Events.Terminal?.Invoke(
                        new EngineMessage(IsAlert: false, $"Proxy {proxy.Name} hard-stopped ({left} remaining conns will be closed)."));
                }
            }

            _engine.Stop();
            return;
        }

        // Connections that became idle since then.
        foreach (var thread in _engine.Threads)
        {
            thread.Loop.Post(thread.CloseIdleSessions);
        }

        loop.SetDeadline(this, loop.NowMilliseconds + Look);
    }
}

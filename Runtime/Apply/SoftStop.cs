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

    /// <summary>How long what does not end at a hard stop is waited for, in milliseconds.</summary>
    private const int Respite = 1000;

    private readonly ProxyEngine _engine;
    private readonly EngineListeners _listeners;
    private long _hardStop = Never;
    private bool _isHardStopped;

    /// <summary>A stop that has not begun.</summary>
    public SoftStop(ProxyEngine engine, EngineListeners listeners)
    {
        _engine = engine;
        _listeners = listeners;
    }

    /// <summary>Connections beside those of the proxies that have to end first: those to the CLI.</summary>
    public Func<int>? OtherConnections { get; set; }

    /// <summary>Says that they did not end in time.</summary>
    public Action<int>? OthersStopped { get; set; }

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
        Volatile.Write(ref _engine.Process.StopBegan, loop.NowMilliseconds);
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
        var others = _isHardStopped ? 0 : OtherConnections?.Invoke() ?? 0;
        if (_engine.Process.Connections.Value == 0 && others == 0)
        {
            _engine.Stop();
            return;
        }

        if (loop.NowMilliseconds >= _hardStop)
        {
            if (_isHardStopped)
            {
                Say("Some tasks resisted to hard-stop, exiting now.");
                _engine.Stop();
                return;
            }

            StopHard(others);
            _isHardStopped = true;
            _hardStop = loop.NowMilliseconds + Respite;
        }

        // Connections that became idle since then.
        foreach (var thread in _engine.Threads)
        {
            thread.Loop.Post(thread.CloseIdleSessions);
        }

        loop.SetDeadline(this, loop.NowMilliseconds + Look);
    }

    /// <summary>Ends all streams; what is no stream yet (a client that has asked for nothing so far) gets a respite.</summary>
    private void StopHard(int others)
    {
        Say("soft-stop running for too long, performing a hard-stop.");
        foreach (var proxy in _engine.Proxies)
        {
            if (proxy.Frontend?.Sessions.Value is > 0 and var left)
            {
                var text = $"Proxy {proxy.Name} hard-stopped ({left} remaining conns will be closed).";
                _engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: false, text));
                _engine.Events.Log(proxy, LogLevel.Warning, text);
            }
        }

        if (others > 0)
        {
            OthersStopped?.Invoke(others);
        }

        foreach (var thread in _engine.Threads)
        {
            thread.Loop.Post(thread.ShutdownAllSessions);
        }
    }

    private void Say(string text)
    {
        _engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: false, text));
        _engine.Events.LogGlobally(LogLevel.Warning, text);
    }
}

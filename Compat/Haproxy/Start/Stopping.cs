using Dropin.Compat.Haproxy.Cli;
using Dropin.Compat.Process;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// What signals do to the process that serves (management manual, chapter 4): USR1 soft stop, TERM and INT hard stop, TTOU pause, TTIN resume,
/// HUP dump of states, QUIT dump of memory. Belongs to the first loop's thread.
/// </summary>
internal sealed class Stopping : LoopTask
{
    private readonly ProxyEngine _engine;
    private readonly EngineListeners _listeners;
    private readonly Messages _messages;
    private readonly ProxyNotices _notices;
    private readonly SoftStop _softStop;
    private CliServer? _cli;
    private bool _asked;
    private bool _paused;

    internal Stopping(ProxyEngine engine, EngineListeners listeners, Messages messages)
    {
        (_engine, _listeners, _messages) = (engine, listeners, messages);
        (_notices, _softStop) = (new ProxyNotices(engine), new SoftStop(engine, listeners));
    }

    /// <summary>The CLI takes no more connections when the process stops, and the stop waits for those it has.</summary>
    internal void Follow(CliServer cli)
    {
        _cli = cli;
        _softStop.OtherConnections = () => cli.Connections;
        _softStop.OthersStopped = left => _messages.Warning($"Proxy GLOBAL hard-stopped ({left} remaining conns will be closed).");
        _softStop.AfterListeners = () => _notices.CliStopped(cli.TotalConnections);
    }

    /// <summary>Obeys a signal.</summary>
    internal void Obey(int signal)
    {
        switch (signal)
        {
            case Signal.Usr1:
                Begin();
                break;
            case Signal.Term or Signal.Int:
                Ending.DieOf(signal); // the kernel closes everything, and whoever waits sees which signal it was
                break;
            case Signal.Ttou:
                Pause();
                break;
            case Signal.Ttin:
                Resume();
                break;
            case Signal.Hup:
                _notices.DumpStates();
                break;
            case Signal.Quit:
                DumpMemory();
                break;
            default:
                break;
        }
    }

    /// <summary>Ends without waiting for anybody.</summary>
    internal void EndAtOnce() => Ending.DieOf(Signal.Term);

    /// <summary>Soft stop, after <c>grace</c>; a second one changes nothing.</summary>
    private void Begin()
    {
        if (_asked)
            return;
        _asked = true;
        var loop = _engine.Threads[0].Loop;
        if (_engine.Global.Grace is not { Milliseconds: > 0 } grace)
        {
            Stop(loop);
            return;
        }
        _messages.Notice($"Scheduling a soft-stop in {grace.Milliseconds} ms.");
        loop.SetDeadline(this, loop.NowMilliseconds + grace.Milliseconds);
    }

    /// <inheritdoc/>
    protected override void Run(Loop loop)
    {
        _messages.Notice("Grace period expired, proceeding with soft-stop now.");
        Stop(loop);
    }

    private void Stop(Loop loop)
    {
        _cli?.StopListening();
        _softStop.Begin();
        loop.Post(_notices.Stopped); // behind the stop's own lines
    }

    /// <summary>The sockets stop listening, so that another process can bind their addresses.</summary>
    private void Pause()
    {
        if (_paused || _asked)
            return;
        _paused = true;
        _listeners.Pause(null, paused: true);
        foreach (var listener in _listeners.Listeners)
            RawSocket.ShutdownRead(listener.Descriptor);
        _notices.Paused();
    }

    private void Resume()
    {
        if (!_paused || _asked)
            return;
        _paused = false;
        foreach (var listener in _listeners.Listeners)
            _ = RawSocket.Listen(listener.Descriptor, listener.Config.Backlog ?? Math.Max(listener.Proxy.Frontend?.MaxConnections ?? 1, 1));
        _listeners.Pause(null, paused: false);
        _notices.Resumed();
    }

    private void DumpMemory()
    {
        long allocated = 0;
        var used = 0;
        foreach (var thread in _engine.Threads)
        {
            allocated += thread.Loop.Buffers.Outstanding + thread.Loop.Buffers.Free;
            used += thread.Loop.Buffers.Outstanding;
        }
        var size = _engine.Threads[0].Loop.Buffers.BlockSize;
        StandardStreams.WriteError(
            "Dumping pools usage. Use SIGQUIT to flush them.\n"
            + $"  - Pool buffer ({size} bytes) : {allocated} allocated ({allocated * size} bytes), {used} used (~0 by thread caches), needed_avg {used}, 0 failures, 1 users\n"
            + $"Total: 1 pools, {allocated * size} bytes allocated, {(long)used * size} used (~0 by thread caches).\n");
        GC.Collect();
    }
}

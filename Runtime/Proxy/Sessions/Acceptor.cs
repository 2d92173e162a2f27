using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>One thread's watch over a listener: takes connections while the limits allow it.</summary>
/// <remarks>
/// The listener is watched level-triggered and exclusively, so that one waiting connection wakes one thread. Where a limit
/// is reached it is not watched until a place is free: the kernel's queue is then the waiting room, as with HAProxy.
/// </remarks>
public sealed class Acceptor : Pollable
{
    private readonly ProxyThread _thread;
    private readonly ListenerState _listener;
    private readonly RetryTask _retry;
    private bool _watching;

    internal Acceptor(ProxyThread thread, ListenerState listener)
    {
        _thread = thread;
        _listener = listener;
        Descriptor = listener.Descriptor;
        _retry = new RetryTask(this);
    }

    /// <summary>The listener it takes connections of.</summary>
    public ListenerState Listener => _listener;

    /// <summary>Begins to accept. On the loop's thread.</summary>
    public void Start()
    {
        if (!_watching && _listener.Descriptor >= 0)
        {
            _watching = _thread.Loop.Watch(this, EpollFlags.In | EpollFlags.Exclusive);
        }
    }

    /// <summary>Stops accepting; the socket stays open. On the loop's thread.</summary>
    public void Stop()
    {
        if (_watching)
        {
            _watching = false;
            _thread.Loop.Unwatch(this);
        }
    }

    /// <summary>Stops or goes on; may be called from any thread.</summary>
    internal void Post(bool paused) => _thread.Loop.Post(paused ? Stop : Start);

    /// <summary>Runs something on the acceptor's thread, after what was posted before.</summary>
    internal void PostThen(Action work) => _thread.Loop.Post(work);

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        if (_listener.IsPaused || _listener.Descriptor < 0)
        {
            Stop();
            return;
        }

        var engine = _thread.Engine;
        var process = engine.Process;
        var frontend = _listener.Proxy.Frontend!;
        for (var left = engine.Global.Tune.MaxAccept; left > 0; left--)
        {
            if (!MayAccept(process, frontend, loop.NowMilliseconds, out var waitMilliseconds))
            {
                Rest(loop, waitMilliseconds);
                return;
            }

            var session = _thread.TakeSession();
            var descriptor = RawSocket.Accept(_listener.Descriptor, ref session.Client.Peer);
            if (descriptor < 0)
            {
                _thread.Give(session);
                _listener.Sessions.Decrement();
                frontend.Sessions.Decrement();
                process.Connections.Decrement();
                switch (-descriptor)
                {
                    case Errno.Eagain:
                        return;
                    case Errno.Emfile or Errno.Enfile or Errno.Enobufs:
                        if (descriptor == -Errno.Emfile)
                        {
                            engine.Events.CannotAccept(_listener.Proxy);
                        }

                        // No descriptor left: some connection has to end first.
                        Rest(loop, 100);
                        return;
                    default:
                        continue;
                }
            }

            loop.Activity.Accepted++;
            process.Connections.Settle();
            frontend.Sessions.Settle();
            _listener.Sessions.Settle();
            session.Start(_listener, descriptor);
        }
    }

    /// <summary>Takes a place at each level, or none and says how long to wait (0: until a place is free).</summary>
    private bool MayAccept(ProcessState process, FrontendState frontend, long now, out int waitMilliseconds)
    {
        waitMilliseconds = 0;
        if (frontend.SessionRateLimit > 0 && frontend.SessionRate.Remaining(now, frontend.SessionRateLimit) == 0)
        {
            waitMilliseconds = 1 + (1000 / frontend.SessionRateLimit);
            return false;
        }

        if ((process.ConnectionRateLimit > 0 && process.ConnectionRate.Remaining(now, process.ConnectionRateLimit) == 0)
            || (process.SessionRateLimit > 0 && process.SessionRate.Remaining(now, process.SessionRateLimit) == 0))
        {
            waitMilliseconds = 1 + (1000 / Math.Max(1, Math.Max(process.ConnectionRateLimit, process.SessionRateLimit)));
            return false;
        }

        if (!process.Connections.TryIncrement(process.MaxConnections))
        {
            return false;
        }

        if (!frontend.Sessions.TryIncrement(frontend.MaxConnections))
        {
            process.Connections.Decrement();
            return false;
        }

        if (!_listener.Sessions.TryIncrement(_listener.MaxConnections))
        {
            frontend.Sessions.Decrement();
            process.Connections.Decrement();
            return false;
        }

        return true;
    }

    private void Rest(Loop loop, int milliseconds)
    {
        Stop();
        loop.SetDeadline(_retry, loop.NowMilliseconds + (milliseconds > 0 ? milliseconds : 10));
    }

    /// <summary>Looks again after a rest. A freed place is noticed within 10 ms at the latest; the kernel holds the connections meanwhile.</summary>
    private sealed class RetryTask(Acceptor acceptor) : LoopTask
    {
        protected internal override void Run(Loop loop)
        {
            loop.SetDeadline(this, Never);
            if (!acceptor._listener.IsPaused)
            {
                acceptor.Start();
            }
        }
    }
}

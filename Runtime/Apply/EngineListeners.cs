using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Apply;

/// <summary>A listener that could not be opened.</summary>
/// <param name="Proxy">Its proxy.</param>
/// <param name="Bind">The line.</param>
/// <param name="Result">At which step, and why.</param>
public sealed record ListenFailure(ProxyState Proxy, BindConfig Bind, ListenResult Result);

/// <summary>The listening sockets of an engine: opened before the process gives up its rights, watched once it runs.</summary>
public sealed class EngineListeners
{
    private readonly ProxyEngine _engine;
    private readonly List<ListenerState> _listeners = [];
    private readonly List<Acceptor> _acceptors = [];

    /// <summary>The listeners of an engine; none is open yet.</summary>
    public EngineListeners(ProxyEngine engine) => _engine = engine;

    /// <summary>All open listeners in the order of the file.</summary>
    public IReadOnlyList<ListenerState> Listeners => _listeners;

    /// <summary>Opens every listener.</summary>
    /// <param name="inherit">Returns a descriptor inherited of an older process for a line, or -1: it is then opened.</param>
    /// <returns>What failed; the caller reports it and decides.</returns>
    public IReadOnlyList<ListenFailure> Open(Func<BindConfig, int>? inherit = null)
    {
        var failures = new List<ListenFailure>();
        foreach (var proxy in _engine.Proxies)
        {
            if (proxy.Frontend is not { } frontend || proxy.Activity == ProxyActivity.Stopped)
            {
                continue;
            }

            foreach (var bind in frontend.Config.Binds)
            {
                var backlog = bind.Backlog ?? frontend.Config.Backlog ?? Math.Max(frontend.MaxConnections, 1);
                var descriptor = inherit?.Invoke(bind) ?? -1;
                var result = descriptor >= 0 ? new ListenResult(descriptor) : ListeningSocket.Open(bind, backlog);
                if (result.Descriptor < 0)
                {
                    failures.Add(new ListenFailure(proxy, bind, result));
                    continue;
                }

                if (bind.Endpoint is IpEndpoint or DescriptorEndpoint)
                {
                    ListeningSocket.DelayAcknowledgements(result.Descriptor, (proxy.Config.Options & ProxyOptions.SmartAccept) != 0);
                }

                _listeners.Add(new ListenerState(proxy, bind, result.Descriptor, _engine.Threads.Length));
            }
        }

        return failures;
    }

    /// <summary>Lets every thread take connections.</summary>
    public void Start()
    {
        foreach (var listener in _listeners)
        {
            foreach (var thread in _engine.Threads)
            {
                if (listener.Config.ThreadMask != 0 && (listener.Config.ThreadMask & (1UL << thread.Index)) == 0)
                {
                    continue;
                }

                var acceptor = new Acceptor(thread, listener);
                _acceptors.Add(acceptor);
                acceptor.Post(paused: false);
            }
        }
    }

    /// <summary>Stops or goes on taking connections of one proxy, or of all (null); the sockets stay open.</summary>
    public void Pause(ProxyState? proxy, bool paused)
    {
        foreach (var acceptor in _acceptors)
        {
            if (proxy is null || ReferenceEquals(acceptor.Listener.Proxy, proxy))
            {
                acceptor.Listener.IsPaused = paused;
                acceptor.Post(paused);
            }
        }
    }

    /// <summary>Closes the listeners of one proxy, or of all (null), for good.</summary>
    public void Close(ProxyState? proxy)
    {
        Pause(proxy, paused: true);
        foreach (var listener in _listeners)
        {
            if ((proxy is null || ReferenceEquals(listener.Proxy, proxy)) && listener.Descriptor >= 0)
            {
                var descriptor = listener.Descriptor;
                listener.Descriptor = -1;
                CloseAfterAll(listener, descriptor);
            }
        }
    }

    /// <summary>Closes when every thread has stopped watching: no thread's epoll may see the number used again.</summary>
    private void CloseAfterAll(ListenerState listener, int descriptor)
    {
        var left = _acceptors.Count(acceptor => ReferenceEquals(acceptor.Listener, listener));
        if (left == 0)
        {
            RawSocket.Close(descriptor);
            return;
        }

        foreach (var acceptor in _acceptors.Where(acceptor => ReferenceEquals(acceptor.Listener, listener)))
        {
            acceptor.PostThen(() =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    RawSocket.Close(descriptor);
                }
            });
        }
    }
}

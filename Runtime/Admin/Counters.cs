using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>Clearing counters (management manual 9.3, <c>clear counters</c>).</summary>
public static class Counters
{
    /// <summary>Clears the maxima, or everything that was counted.</summary>
    public static void Clear(AdminContext context, bool all)
    {
        var process = context.Engine.Process;
        process.ConnectionRateMaximum = process.SessionRateMaximum = 0;
        foreach (var proxy in context.Engine.Proxies)
        {
            if (proxy.Frontend is { } frontend)
            {
                frontend.Sessions.ClearMaximum();
                frontend.ConnectionRateMaximum = frontend.SessionRateMaximum = frontend.RequestRateMaximum = 0;
                if (all)
                {
                    frontend.Counters.Clear();
                }
            }

            if (proxy.Backend is { } backend)
            {
                ClearBackend(backend, all);
            }
        }

        foreach (var listener in context.Listeners.Listeners)
        {
            listener.Sessions.ClearMaximum();
            if (all)
            {
                listener.Counters.Clear();
            }
        }
    }

    private static void ClearBackend(BackendState backend, bool all)
    {
        backend.Sessions.ClearMaximum();
        backend.Queued.ClearMaximum();
        backend.SessionRateMaximum = 0;
        backend.Times.Clear(averages: all);
        if (all)
        {
            backend.Counters.Clear();
            backend.DownTransitions = 0;
            backend.LastSessionSeconds = 0;
        }

        foreach (var server in backend.Servers)
        {
            server.Sessions.ClearMaximum();
            server.Queued.ClearMaximum();
            server.SessionRateMaximum = 0;
            server.Times.Clear(averages: all);
            if (all)
            {
                server.Counters.Clear();
                server.DownTransitions = 0;
                server.LastSessionSeconds = 0;
            }
        }
    }
}

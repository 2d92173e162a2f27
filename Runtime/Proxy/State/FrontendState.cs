using System.Text;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.State;

/// <summary>The client's side of a live proxy.</summary>
public sealed class FrontendState
{
    /// <summary>Makes a frontend; its listeners are added by Apply.</summary>
    public FrontendState(ProxyState proxy, FrontendConfig config, int threads)
    {
        Proxy = proxy;
        Config = config;
        Counters = new CounterSet(threads);
        SessionRateLimit = config.SessionRateLimit;
        MonitorUri = config.MonitorUri is { } uri ? Encoding.Latin1.GetBytes(uri) : null;
        CookieCaptureName = config.CookieCapture is { } cookie ? Encoding.Latin1.GetBytes(cookie.Name) : null;
    }

    /// <summary>Where a health monitor asks (<c>monitor-uri</c>); null nowhere.</summary>
    internal byte[]? MonitorUri { get; }

    /// <summary>The captured cookie's name, or its beginning; null none.</summary>
    internal byte[]? CookieCaptureName { get; }

    /// <summary>The section it is part of.</summary>
    public ProxyState Proxy { get; }

    /// <summary>What the file asked for.</summary>
    public FrontendConfig Config { get; }

    /// <summary>Most concurrent connections. Changed by <c>set maxconn frontend</c>.</summary>
    public int MaxConnections { get; set; }

    /// <summary>Most new sessions a second; 0 unlimited. Changed by <c>set rate-limit</c>.</summary>
    public int SessionRateLimit { get; set; }

    /// <summary>Client connections (scur, smax).</summary>
    public Gauge Sessions { get; } = new();

    /// <summary>New connections a second (conn_rate).</summary>
    public FrequencyCounter ConnectionRate { get; } = new();

    /// <summary>New sessions a second (rate).</summary>
    public FrequencyCounter SessionRate { get; } = new();

    /// <summary>Requests a second (req_rate).</summary>
    public FrequencyCounter RequestRate { get; } = new();

    /// <summary>The highest connection rate.</summary>
    public int ConnectionRateMaximum;

    /// <summary>The highest session rate.</summary>
    public int SessionRateMaximum;

    /// <summary>The highest request rate.</summary>
    public int RequestRateMaximum;

    /// <summary>Counts by thread.</summary>
    public CounterSet Counters { get; }

    /// <summary>The default backend; null none.</summary>
    public ProxyState? DefaultBackend { get; set; }
}

namespace Dropin.Runtime.Proxy.State;

/// <summary>What all proxies of the process share: limits, totals and rates (<c>show info</c>).</summary>
public sealed class ProcessState
{
    /// <summary>Most concurrent connections (<c>maxconn</c>). Changed by <c>set maxconn global</c>.</summary>
    public int MaxConnections { get; set; }

    /// <summary>The limit the process was started with.</summary>
    public int HardMaxConnections { get; set; }

    /// <summary>How many descriptors the connections may need at most (<c>Maxsock</c>); for the message when there are none left.</summary>
    public int MaxSockets { get; set; }

    /// <summary>Most new connections a second; 0 unlimited.</summary>
    public int ConnectionRateLimit { get; set; }

    /// <summary>Most new sessions a second; 0 unlimited.</summary>
    public int SessionRateLimit { get; set; }

    /// <summary>Most new TLS sessions a second; 0 unlimited. Shown; TLS connections are not counted apart yet.</summary>
    public int TlsRateLimit { get; set; }

    /// <summary>Most bytes a second that compression may put out; 0 unlimited. Shown; nothing is compressed.</summary>
    public int CompressionRateLimit { get; set; }

    /// <summary>Client connections now.</summary>
    public Gauge Connections { get; } = new();

    /// <summary>New connections a second.</summary>
    public FrequencyCounter ConnectionRate { get; } = new();

    /// <summary>New sessions a second.</summary>
    public FrequencyCounter SessionRate { get; } = new();

    /// <summary>The highest connection rate.</summary>
    public int ConnectionRateMaximum;

    /// <summary>The highest session rate.</summary>
    public int SessionRateMaximum;

    /// <summary>Connections since the start.</summary>
    public long TotalConnections;

    /// <summary>Requests since the start.</summary>
    public long TotalRequests;

    /// <summary>Bytes sent to clients and servers.</summary>
    public long TotalBytesOut;

    /// <summary>Whether a soft stop is under way: connections are closed after the response.</summary>
    public volatile bool IsStopping;

    /// <summary>When the soft stop began, in milliseconds of the monotonic clock; of meaning while <see cref="IsStopping"/>.</summary>
    public long StopBegan;

    /// <summary>
    /// Whether a client's connection that has just been answered ends for a soft stop: always, or the more probably the more of the time has gone over
    /// which the ends are spread (<c>close-spread-time</c>).
    /// </summary>
    public bool EndsConnection(Ir.Duration? spread, long now) =>
        IsStopping && (spread is not { Milliseconds: > 0 } window
            || (window != Ir.Proxy.GlobalConfig.NeverClosed && Random.Shared.NextInt64(window.Milliseconds) < now - Volatile.Read(ref StopBegan)));

    /// <summary>Whether an idle connection ends now, where it is asked about it again and again during a soft stop.</summary>
    /// <param name="spread">The time over which ends are spread.</param>
    /// <param name="now">Now.</param>
    /// <param name="before">When it was asked about last.</param>
    public bool EndsIdle(Ir.Duration? spread, long now, long before)
    {
        if (!IsStopping || spread is not { Milliseconds: > 0 } window)
        {
            return IsStopping;
        }

        // Of what is left of the time so much has gone since the last look: an even spread.
        var left = Volatile.Read(ref StopBegan) + window.Milliseconds - before;
        return window != Ir.Proxy.GlobalConfig.NeverClosed && (left <= 0 || Random.Shared.NextInt64(left) < now - before);
    }

    /// <summary>How many messages were captured that could not be understood (<c>show errors</c>).</summary>
    public int CapturedErrors;

    /// <summary>Numbers streams; the next one.</summary>
    public long NextStreamNumber;
}

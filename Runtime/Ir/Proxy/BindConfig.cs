using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>Who may do what over a statistics socket (<c>level</c>).</summary>
public enum CliLevel
{
    /// <summary>Look at harmless things.</summary>
    User,

    /// <summary>Look at everything, change little. The default.</summary>
    Operator,

    /// <summary>Everything.</summary>
    Admin,
}

/// <summary>One listening socket (configuration manual 5.1); a line with a list or a port range yields several.</summary>
public sealed record BindConfig
{
    /// <summary>Where to listen.</summary>
    public required Endpoint Endpoint { get; init; }

    /// <summary>The line it comes from.</summary>
    public SourceSpan At { get; init; }

    /// <summary>The address as written, for messages.</summary>
    public string Text { get; init; } = "";

    /// <summary>The listener's name in statistics; null means none given.</summary>
    public string? Name { get; init; }

    /// <summary>The listener's number in statistics.</summary>
    public int Id { get; init; }

    /// <summary>Most concurrent connections of this socket; null unlimited.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>The listen queue's length; null means the proxy's.</summary>
    public int? Backlog { get; init; }

    /// <summary>The network interface to bind to.</summary>
    public string? Interface { get; init; }

    /// <summary>The TCP maximum segment size; negative lowers the default; 0 leaves it.</summary>
    public int MaxSegment { get; init; }

    /// <summary>Waits for data before accepting (<c>defer-accept</c>).</summary>
    public bool DeferAccept { get; init; }

    /// <summary>TCP fast open.</summary>
    public bool FastOpen { get; init; }

    /// <summary>Binds IPv4 and IPv6 at once.</summary>
    public bool V4V6 { get; init; }

    /// <summary>Binds IPv6 only.</summary>
    public bool V6Only { get; init; }

    /// <summary>Binds an address that is not local.</summary>
    public bool Transparent { get; init; }

    /// <summary>Expects a PROXY protocol header of every connection.</summary>
    public bool AcceptProxy { get; init; }

    /// <summary>File mode of a Unix socket.</summary>
    public int? UnixMode { get; init; }

    /// <summary>Owner of a Unix socket.</summary>
    public uint? UnixUid { get; init; }

    /// <summary>Group of a Unix socket.</summary>
    public uint? UnixGid { get; init; }

    /// <summary>What a statistics socket's user may do.</summary>
    public CliLevel Level { get; init; } = CliLevel.Operator;

    /// <summary>Whether listening descriptors are handed out over this socket (<c>expose-fd listeners</c>).</summary>
    public bool ExposeListeners { get; init; }

    /// <summary>User time-out of TCP (<c>tcp-ut</c>).</summary>
    public Duration? TcpUserTimeout { get; init; }

    /// <summary>Network namespace to bind in.</summary>
    public string? Namespace { get; init; }

    /// <summary>Severity level shown with answers of a statistics socket: "none", "number", "string".</summary>
    public string SeverityOutput { get; init; } = "none";

    /// <summary>Threads that serve the socket, as a bit mask; 0 means all.</summary>
    public ulong ThreadMask { get; init; }
}

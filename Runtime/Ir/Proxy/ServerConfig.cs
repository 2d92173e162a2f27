using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>One server of a backend (configuration manual 5.2), with <c>default-server</c> already applied.</summary>
public sealed record ServerConfig
{
    /// <summary>The server's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its number in statistics.</summary>
    public required int Id { get; init; }

    /// <summary>Whether the file gave the number (<c>id</c>).</summary>
    public bool HasOwnId { get; init; }

    /// <summary>Where it is. A name that could not be resolved stays a <see cref="NamedEndpoint"/>.</summary>
    public required Endpoint Endpoint { get; init; }

    /// <summary>The line it comes from.</summary>
    public SourceSpan At { get; init; }

    /// <summary>The name its address was resolved from; null where an address was written.</summary>
    public string? HostName { get; init; }

    /// <summary>How a port is made from the client's: the written port is an offset (<c>+n</c>, <c>-n</c>, none).</summary>
    public bool PortIsOffset { get; init; }

    /// <summary>Its share of the load, 0 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Used only when no other is up.</summary>
    public bool Backup { get; init; }

    /// <summary>Starts in maintenance.</summary>
    public bool Disabled { get; init; }

    /// <summary>Made while the process runs (<c>add server</c>, management manual 9.3); no server may follow it (<c>track</c>).</summary>
    public bool AtRunTime { get; init; }

    /// <summary>Most concurrent requests; 0 unlimited.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Concurrent requests at low load; 0 means <see cref="MaxConnections"/>.</summary>
    public int MinConnections { get; init; }

    /// <summary>Most waiting requests; 0 unlimited.</summary>
    public int MaxQueue { get; init; }

    /// <summary>Value of the persistence cookie; null none.</summary>
    public string? Cookie { get; init; }

    /// <summary>Where its users are sent to for GET and HEAD (<c>redir</c>).</summary>
    public string? RedirectPrefix { get; init; }

    /// <summary>How long its weight grows after coming up.</summary>
    public Duration? SlowStart { get; init; }

    /// <summary>Health checks of its own; null where <c>check</c> is absent.</summary>
    public ServerCheckConfig? Check { get; init; }

    /// <summary>The agent it is asked about; null where <c>agent-check</c> is absent.</summary>
    public AgentCheckConfig? Agent { get; init; }

    /// <summary>The server whose state it follows, "backend/server"; null none.</summary>
    public string? Track { get; init; }

    /// <summary>What traffic is watched for (<c>observe</c>).</summary>
    public ObserveMode Observe { get; init; }

    /// <summary>How many watched errors are too many. Default 10.</summary>
    public int ErrorLimit { get; init; } = 10;

    /// <summary>What happens then.</summary>
    public OnErrorAction OnError { get; init; } = OnErrorAction.FailCheck;

    /// <summary>Ends sessions when it goes down (<c>on-marked-down shutdown-sessions</c>).</summary>
    public bool ShutdownSessionsOnDown { get; init; }

    /// <summary>Ends sessions on backup servers when it comes up (<c>on-marked-up shutdown-backup-sessions</c>).</summary>
    public bool ShutdownBackupSessionsOnUp { get; init; }

    /// <summary>The PROXY protocol header sent first: 0 none, 1, 2.</summary>
    public int SendProxyVersion { get; init; }

    /// <summary>The local address of its connections; null means the backend's.</summary>
    public SourceAddressConfig? Source { get; init; }

    /// <summary>Idle connections are closed after this time (<c>pool-purge-delay</c>). Default 5 s.</summary>
    public Duration PoolPurgeDelay { get; init; } = new(5000);

    /// <summary>Most idle connections; -1 unlimited (<c>pool-max-conn</c>).</summary>
    public int PoolMaxConnections { get; init; } = -1;

    /// <summary>Connections below this number are kept whatever the threads (<c>pool-low-conn</c>).</summary>
    public int PoolLowConnections { get; init; }

    /// <summary>TCP fast open.</summary>
    public bool FastOpen { get; init; }

    /// <summary>User time-out of TCP.</summary>
    public Duration? TcpUserTimeout { get; init; }

    /// <summary>Network namespace to connect in.</summary>
    public string? Namespace { get; init; }
}

/// <summary>How a server's first address is found.</summary>
public enum InitAddressMethod
{
    /// <summary>The state file.</summary>
    Last,

    /// <summary>The C library's resolver.</summary>
    Libc,

    /// <summary>None: the server starts in maintenance.</summary>
    None,

    /// <summary>The address written behind.</summary>
    Address,
}

/// <summary>What <c>observe</c> watches.</summary>
public enum ObserveMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Connections.</summary>
    Layer4,

    /// <summary>Responses.</summary>
    Layer7,
}

/// <summary>What happens after too many watched errors (<c>on-error</c>).</summary>
public enum OnErrorAction
{
    /// <summary>Checks are made faster (<c>fastinter</c>).</summary>
    FastInterval,

    /// <summary>One check counts as failed.</summary>
    FailCheck,

    /// <summary>One more failed check puts it down.</summary>
    SuddenDeath,

    /// <summary>It is put down.</summary>
    MarkDown,
}

/// <summary>A local address for outgoing connections (<c>source</c>).</summary>
/// <param name="Address">The address and first port.</param>
/// <param name="LastPort">The last port of a range; 0 where there is no range.</param>
/// <param name="Interface">The network interface.</param>
/// <param name="UseClient">Whether the client's address is used (<c>usesrc client|clientip</c>): 0 no, 1 address and port, 2 address.</param>
public sealed record SourceAddressConfig(IpEndpoint Address, int LastPort, string? Interface, int UseClient);

/// <summary>How a server is chosen (<c>balance</c>, <c>hash-type</c>).</summary>
public sealed record BalanceConfig
{
    /// <summary>The algorithm.</summary>
    public BalanceAlgorithm Algorithm { get; init; } = BalanceAlgorithm.RoundRobin;

    /// <summary>Header or URL parameter that is hashed.</summary>
    public string Name { get; init; } = "";

    /// <summary>Bytes of the URI that are hashed; 0 all (<c>uri len</c>).</summary>
    public int UriLength { get; init; }

    /// <summary>Directory levels of the URI that are hashed; 0 all (<c>uri depth</c>).</summary>
    public int UriDepth { get; init; }

    /// <summary>Whether the whole URI with the query counts (<c>uri whole</c>).</summary>
    public bool UriWhole { get; init; }

    /// <summary>Whether only the path counts (<c>uri path-only</c>).</summary>
    public bool UriPathOnly { get; init; }

    /// <summary>Whether the body of a POST is looked at too (<c>url_param … check_post</c>).</summary>
    public bool CheckPost { get; init; }

    /// <summary>Only the domain without its last part (<c>hdr(..) use_domain_only</c>).</summary>
    public bool DomainOnly { get; init; }

    /// <summary>How many servers <c>random</c> draws. Default 2.</summary>
    public int Draws { get; init; } = 2;

    /// <summary>The expression of <c>balance hash</c>.</summary>
    public Expressions.SampleExpression? HashExpression { get; init; }

    /// <summary>How a hash leads to a server.</summary>
    public HashMethod Method { get; init; }

    /// <summary>The hash function.</summary>
    public HashFunction Function { get; init; }

    /// <summary>Whether the hash is mixed once more.</summary>
    public bool Avalanche { get; init; }

    /// <summary>Load above the average that moves requests on, percent; 0 off (<c>hash-balance-factor</c>).</summary>
    public int HashBalanceFactor { get; init; }
}

/// <summary>Balancing algorithms.</summary>
public enum BalanceAlgorithm
{
    /// <summary>In turns by weight, dynamic.</summary>
    RoundRobin,

    /// <summary>In turns by weight, static.</summary>
    StaticRoundRobin,

    /// <summary>The one with the fewest connections.</summary>
    LeastConnections,

    /// <summary>The first with a free place.</summary>
    First,

    /// <summary>By the client's address.</summary>
    Source,

    /// <summary>By the URI.</summary>
    Uri,

    /// <summary>By a parameter of the URL.</summary>
    UrlParameter,

    /// <summary>By a header.</summary>
    Header,

    /// <summary>By a cookie of RDP.</summary>
    RdpCookie,

    /// <summary>By chance.</summary>
    Random,

    /// <summary>By an expression (<c>balance hash</c>).</summary>
    Hash,
}

/// <summary>How a hash leads to a server.</summary>
public enum HashMethod
{
    /// <summary>A table of all servers by weight.</summary>
    MapBased,

    /// <summary>A ring on which only the neighbours change.</summary>
    Consistent,
}

/// <summary>Hash functions.</summary>
public enum HashFunction
{
    /// <summary>The default.</summary>
    Sdbm,

    /// <summary><c>djb2</c></summary>
    Djb2,

    /// <summary><c>wt6</c></summary>
    Wt6,

    /// <summary><c>crc32</c></summary>
    Crc32,

    /// <summary><c>none</c></summary>
    None,
}

/// <summary>Persistence by cookie (configuration manual 4.2, <c>cookie</c>).</summary>
public sealed record CookieConfig
{
    /// <summary>The cookie's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose cookie it is.</summary>
    public CookieMode Mode { get; init; }

    /// <summary>Hidden from the server.</summary>
    public bool Indirect { get; init; }

    /// <summary>Responses that set it are marked as not to be cached.</summary>
    public bool NoCache { get; init; }

    /// <summary>Only set in answers to POST.</summary>
    public bool PostOnly { get; init; }

    /// <summary>A server's own cookie is left alone.</summary>
    public bool Preserve { get; init; }

    /// <summary>Adds HttpOnly.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>Adds Secure.</summary>
    public bool Secure { get; init; }

    /// <summary>The value is made from a key and the server's address.</summary>
    public bool Dynamic { get; init; }

    /// <summary>Domains, in the order written.</summary>
    public ValueList<string> Domains { get; init; } = [];

    /// <summary>Further attributes, in the order written.</summary>
    public ValueList<string> Attributes { get; init; } = [];

    /// <summary>How long it may stay unused, seconds; 0 for ever.</summary>
    public int MaxIdleSeconds { get; init; }

    /// <summary>How long it may live, seconds; 0 for ever.</summary>
    public int MaxLifeSeconds { get; init; }
}

/// <summary>Whose cookie carries the server's name.</summary>
public enum CookieMode
{
    /// <summary>The server's own, only read.</summary>
    Passive,

    /// <summary>The server's, its value replaced.</summary>
    Rewrite,

    /// <summary>The load balancer's.</summary>
    Insert,

    /// <summary>The server's, its value prefixed.</summary>
    Prefix,
}

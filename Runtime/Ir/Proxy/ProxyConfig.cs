using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>What a proxy section may do.</summary>
[Flags]
public enum ProxyCapability
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>Takes client connections (<c>frontend</c>, <c>listen</c>).</summary>
    Frontend = 1,

    /// <summary>Has servers (<c>backend</c>, <c>listen</c>).</summary>
    Backend = 2,

    /// <summary>Both, as <c>listen</c>.</summary>
    Listen = Frontend | Backend,
}

/// <summary>How a proxy treats the bytes.</summary>
public enum ProxyMode
{
    /// <summary>Bytes are forwarded unseen.</summary>
    Tcp,

    /// <summary>Requests and responses are understood.</summary>
    Http,
}

/// <summary>What happens to the connection after a response (configuration manual 4, <c>option httpclose</c> …).</summary>
public enum HttpConnectionMode
{
    /// <summary>Both sides are kept alive.</summary>
    KeepAlive,

    /// <summary>The client's side is kept alive, the server's is closed (<c>http-server-close</c>).</summary>
    ServerClose,

    /// <summary>Both sides are closed (<c>httpclose</c>, <c>forceclose</c>).</summary>
    Close,
}

/// <summary>One <c>frontend</c>, <c>backend</c> or <c>listen</c> section with all defaults applied.</summary>
public sealed record ProxyConfig
{
    /// <summary>The section's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the section may do.</summary>
    public required ProxyCapability Capability { get; init; }

    /// <summary>The number shown in statistics, unique per process (<c>id</c>).</summary>
    public required int Id { get; init; }

    /// <summary>Whether the file gave the number.</summary>
    public bool HasOwnId { get; init; }

    /// <summary>Where the section starts.</summary>
    public SourceSpan At { get; init; }

    /// <summary>tcp or http.</summary>
    public ProxyMode Mode { get; init; }

    /// <summary>Free text for the statistics.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the section is switched off in the file.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether and how the connection is kept after a response.</summary>
    public HttpConnectionMode ConnectionMode { get; init; }

    /// <summary>On and off switches (<c>option …</c>).</summary>
    public ProxyOptions Options { get; init; }

    /// <summary>All time-outs.</summary>
    public TimeoutConfig Timeouts { get; init; } = new();

    /// <summary>Log targets of the section, <c>log global</c> already replaced by the global ones.</summary>
    public ValueList<LogTargetConfig> Logs { get; init; } = [];

    /// <summary>The program name in log lines; null means the global one.</summary>
    public string? LogTag { get; init; }

    /// <summary>How traffic is logged; null: only that connections come in, "Connect from ... to ...".</summary>
    public LogFormat? LogFormat { get; init; }

    /// <summary>How failed connections are logged (<c>error-log-format</c>).</summary>
    public LogFormat? ErrorLogFormat { get; init; }

    /// <summary>Structured data of RFC 5424 lines (<c>log-format-sd</c>).</summary>
    public LogFormat? StructuredDataFormat { get; init; }

    /// <summary>The unique id of a request (<c>unique-id-format</c>).</summary>
    public LogFormat? UniqueIdFormat { get; init; }

    /// <summary>The header the unique id is sent in.</summary>
    public string? UniqueIdHeader { get; init; }

    /// <summary>Answers that replace the built-in ones, by status.</summary>
    public ValueList<ErrorAnswerConfig> ErrorAnswers { get; init; } = [];

    /// <summary>Whether and how the client's address is added (<c>option forwardfor</c>).</summary>
    public AddressHeaderConfig? ForwardFor { get; init; }

    /// <summary>Whether and how the destination's address is added (<c>option originalto</c>).</summary>
    public AddressHeaderConfig? OriginalTo { get; init; }

    /// <summary>The section's ACLs.</summary>
    public ValueList<AclConfig> Acls { get; init; } = [];

    /// <summary>All rule sets of the section.</summary>
    public RuleSetsConfig Rules { get; init; } = new();

    /// <summary>The statistics page; null where <c>stats enable</c> (or a word implying it) is absent.</summary>
    public StatsConfig? Stats { get; init; }

    /// <summary>The client's side; null for <c>backend</c>.</summary>
    public FrontendConfig? Frontend { get; init; }

    /// <summary>The servers' side; null for <c>frontend</c>.</summary>
    public BackendConfig? Backend { get; init; }
}

/// <summary>The client's side of a proxy.</summary>
public sealed record FrontendConfig
{
    /// <summary>Listening sockets.</summary>
    public ValueList<BindConfig> Binds { get; init; } = [];

    /// <summary>Most concurrent connections; null means the process' limit.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>The listen queue's length; null means derived from <see cref="MaxConnections"/>.</summary>
    public int? Backlog { get; init; }

    /// <summary>Most new sessions a second (<c>rate-limit sessions</c>); 0 unlimited.</summary>
    public int SessionRateLimit { get; init; }

    /// <summary>The name of the backend when no rule chose one; null where there is none.</summary>
    public string? DefaultBackend { get; init; }

    /// <summary>Where a health monitor asks (<c>monitor-uri</c>).</summary>
    public string? MonitorUri { get; init; }

    /// <summary>Conditions under which the monitor reports failure (<c>monitor fail</c>).</summary>
    public ValueList<Condition> MonitorFail { get; init; } = [];

    /// <summary>Captured request headers in the order of their declaration.</summary>
    public ValueList<HeaderCapture> RequestCaptures { get; init; } = [];

    /// <summary>Captured response headers in the order of their declaration.</summary>
    public ValueList<HeaderCapture> ResponseCaptures { get; init; } = [];

    /// <summary>Keep-alive probes of TCP towards clients.</summary>
    public TcpProbesConfig Probes { get; init; } = new(0, 0, 0);

    /// <summary>The captured cookie; null none.</summary>
    public CookieCapture? CookieCapture { get; init; }
}

/// <summary>A header whose value is logged. <paramref name="Name"/> null: a slot filled by a rule (<c>declare capture</c>).</summary>
public sealed record HeaderCapture(string? Name, int Length);

/// <summary>A cookie whose value is logged.</summary>
/// <param name="Name">The beginning of "name=value": the whole name with "=", or the beginning of a name.</param>
/// <param name="Length">Most bytes.</param>
public sealed record CookieCapture(string Name, int Length);

/// <summary>The servers' side of a proxy.</summary>
public sealed record BackendConfig
{
    /// <summary>How a server is chosen.</summary>
    public BalanceConfig Balance { get; init; } = new();

    /// <summary>The servers in the order of the file.</summary>
    public ValueList<ServerConfig> Servers { get; init; } = [];

    /// <summary>Persistence by cookie; null none.</summary>
    public CookieConfig? Cookie { get; init; }

    /// <summary>The cookie for <c>appsession</c>-like dynamic values (<c>dynamic-cookie-key</c>).</summary>
    public string? DynamicCookieKey { get; init; }

    /// <summary>How idle server connections are shared (<c>http-reuse</c>).</summary>
    public HttpReuse Reuse { get; init; } = HttpReuse.Safe;

    /// <summary>How often a connection is tried again. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>When a request is tried again.</summary>
    public RetryOn RetryOn { get; init; } = RetryOn.ConnectionFailure;

    /// <summary>At which retry the server is chosen anew (<c>option redispatch n</c>): 0 never, -1 the last, n each nth, -n the nth from the end.</summary>
    public int RedispatchInterval { get; init; }

    /// <summary>The load at which servers reach their <c>maxconn</c>; null means 10 % of the frontends' limits.</summary>
    public int? FullConnections { get; init; }

    /// <summary>What checks do, unless a server says otherwise.</summary>
    public HealthCheckConfig Check { get; init; } = new TcpConnectCheckConfig();

    /// <summary>Where to find the servers' states at start (<c>load-server-state-from-file</c>).</summary>
    public ServerStateSource ServerState { get; init; }

    /// <summary>The file of the servers' states when the source is local.</summary>
    public string? ServerStateFileName { get; init; }

    /// <summary>The single address of <c>dispatch</c>; null none.</summary>
    public Endpoint? Dispatch { get; init; }

    /// <summary>Connects to where the client wanted to go (<c>option transparent</c>, <c>option http_proxy</c> without address rewriting).</summary>
    public bool Transparent { get; init; }

    /// <summary>The local address of server connections (<c>source</c>).</summary>
    public SourceAddressConfig? Source { get; init; }

    /// <summary>The header in which a server is told its own name (<c>http-send-name-header</c>).</summary>
    public string? SendNameHeader { get; init; }

    /// <summary>How long a server's queue may be before a kept connection is not waited for (<c>max-keep-alive-queue</c>); -1 unlimited.</summary>
    public int MaxKeepAliveQueue { get; init; } = -1;

    /// <summary>Keep-alive probes of TCP towards servers.</summary>
    public TcpProbesConfig Probes { get; init; } = new(0, 0, 0);
}

/// <summary>TCP keep-alive probes (<c>clitcpka-*</c>, <c>srvtcpka-*</c>); 0 leaves the system's value.</summary>
/// <param name="Count">How many before giving up.</param>
/// <param name="IdleSeconds">After how long without traffic.</param>
/// <param name="IntervalSeconds">Between two probes.</param>
public sealed record TcpProbesConfig(int Count, int IdleSeconds, int IntervalSeconds);

/// <summary>Where the servers' states come from.</summary>
public enum ServerStateSource
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The process' file.</summary>
    Global,

    /// <summary>The backend's own file.</summary>
    Local,
}

/// <summary>Switches of a proxy. Names are the manual's <c>option</c> words.</summary>
[Flags]
public enum ProxyOptions : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>abortonclose</c></summary>
    AbortOnClose = 1L << 0,

    /// <summary><c>dontlognull</c></summary>
    DontLogNull = 1L << 1,

    /// <summary><c>dontlog-normal</c></summary>
    DontLogNormal = 1L << 2,

    /// <summary><c>log-separate-errors</c></summary>
    LogSeparateErrors = 1L << 3,

    /// <summary><c>logasap</c></summary>
    LogAsap = 1L << 4,

    /// <summary><c>http-buffer-request</c></summary>
    BufferRequest = 1L << 5,

    /// <summary><c>http-ignore-probes</c></summary>
    IgnoreProbes = 1L << 6,

    /// <summary><c>http-use-proxy-header</c></summary>
    UseProxyHeader = 1L << 7,

    /// <summary><c>accept-invalid-http-request</c></summary>
    AcceptInvalidRequest = 1L << 8,

    /// <summary><c>accept-invalid-http-response</c></summary>
    AcceptInvalidResponse = 1L << 9,

    /// <summary><c>allbackups</c></summary>
    AllBackups = 1L << 10,

    /// <summary><c>checkcache</c></summary>
    CheckCache = 1L << 11,

    /// <summary><c>clitcpka</c></summary>
    ClientKeepAliveProbes = 1L << 12,

    /// <summary><c>srvtcpka</c></summary>
    ServerKeepAliveProbes = 1L << 13,

    /// <summary><c>nolinger</c></summary>
    NoLinger = 1L << 14,

    /// <summary><c>persist</c></summary>
    Persist = 1L << 15,

    /// <summary><c>redispatch</c> is set (its interval stands in the backend).</summary>
    Redispatch = 1L << 16,

    /// <summary><c>prefer-last-server</c></summary>
    PreferLastServer = 1L << 17,

    /// <summary><c>socket-stats</c></summary>
    SocketStats = 1L << 18,

    /// <summary><c>tcp-smart-accept</c>; in HTTP mode on unless refused.</summary>
    SmartAccept = 1L << 19,

    /// <summary><c>tcp-smart-connect</c>; in HTTP mode on unless refused, for the request is always there before the connection.</summary>
    SmartConnect = 1L << 20,

    /// <summary><c>transparent</c></summary>
    Transparent = 1L << 21,

    /// <summary><c>http-no-delay</c></summary>
    NoDelay = 1L << 22,

    /// <summary><c>http-pretend-keepalive</c></summary>
    PretendKeepAlive = 1L << 23,

    /// <summary><c>h1-case-adjust-bogus-client</c></summary>
    CaseAdjustClient = 1L << 24,

    /// <summary><c>h1-case-adjust-bogus-server</c></summary>
    CaseAdjustServer = 1L << 25,

    /// <summary><c>http-restrict-req-hdr-names preserve</c> is 0; delete.</summary>
    RestrictHeaderNamesDelete = 1L << 26,

    /// <summary><c>http-restrict-req-hdr-names reject</c></summary>
    RestrictHeaderNamesReject = 1L << 27,

    /// <summary><c>http_proxy</c></summary>
    HttpProxy = 1L << 28,

    /// <summary><c>log-health-checks</c></summary>
    LogHealthChecks = 1L << 29,

    /// <summary><c>contstats</c></summary>
    ContinuousStats = 1L << 30,

    /// <summary><c>tcplog</c> or <c>httplog</c> was asked for by option rather than <c>log-format</c>.</summary>
    LogByOption = 1L << 31,

    /// <summary><c>independent-streams</c></summary>
    IndependentStreams = 1L << 32,

    /// <summary><c>splice-auto</c>, <c>splice-request</c>, <c>splice-response</c>: accepted, the engine copies.</summary>
    Splice = 1L << 33,

    /// <summary><c>disable-h2-upgrade</c></summary>
    DisableH2Upgrade = 1L << 34,

    /// <summary><c>idle-close-on-response</c></summary>
    IdleCloseOnResponse = 1L << 35,
}

/// <summary>All time-outs of a proxy; null where the file sets none, which means for ever.</summary>
public sealed record TimeoutConfig
{
    /// <summary>Connecting to a server.</summary>
    public Duration? Connect { get; init; }

    /// <summary>Inactivity of the client.</summary>
    public Duration? Client { get; init; }

    /// <summary>Inactivity of the server.</summary>
    public Duration? Server { get; init; }

    /// <summary>Waiting in a queue; null means <see cref="Connect"/>.</summary>
    public Duration? Queue { get; init; }

    /// <summary>A complete request head; null means <see cref="Client"/>.</summary>
    public Duration? HttpRequest { get; init; }

    /// <summary>The next request; null means <see cref="HttpRequest"/>.</summary>
    public Duration? HttpKeepAlive { get; init; }

    /// <summary>A health check after the connection stands.</summary>
    public Duration? Check { get; init; }

    /// <summary>Inactivity of a tunnel.</summary>
    public Duration? Tunnel { get; init; }

    /// <summary>The client after it closed its direction.</summary>
    public Duration? ClientFin { get; init; }

    /// <summary>The server after it closed its direction.</summary>
    public Duration? ServerFin { get; init; }

    /// <summary>How long a tarpitted request is held; null means <see cref="Connect"/>.</summary>
    public Duration? Tarpit { get; init; }
}

/// <summary>How idle connections to servers are shared among clients (<c>http-reuse</c>).</summary>
public enum HttpReuse
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>Only for requests after a client's first one.</summary>
    Safe,

    /// <summary>Also for first requests, on connections that were already reused once.</summary>
    Aggressive,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>What a request is tried again after (<c>retry-on</c>).</summary>
[Flags]
public enum RetryOn
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>conn-failure</c></summary>
    ConnectionFailure = 1,

    /// <summary><c>empty-response</c></summary>
    EmptyResponse = 2,

    /// <summary><c>junk-response</c></summary>
    JunkResponse = 4,

    /// <summary><c>response-timeout</c></summary>
    ResponseTimeout = 8,

    /// <summary><c>0rtt-rejected</c></summary>
    EarlyDataRejected = 16,

    /// <summary>401</summary>
    Status401 = 1 << 8,

    /// <summary>403</summary>
    Status403 = 1 << 9,

    /// <summary>404</summary>
    Status404 = 1 << 10,

    /// <summary>408</summary>
    Status408 = 1 << 11,

    /// <summary>425</summary>
    Status425 = 1 << 12,

    /// <summary>500</summary>
    Status500 = 1 << 13,

    /// <summary>501</summary>
    Status501 = 1 << 14,

    /// <summary>502</summary>
    Status502 = 1 << 15,

    /// <summary>503</summary>
    Status503 = 1 << 16,

    /// <summary>504</summary>
    Status504 = 1 << 17,
}

/// <summary>A header that carries an address (<c>option forwardfor</c>, <c>option originalto</c>).</summary>
/// <param name="Header">The header's name as written.</param>
/// <param name="Except">Addresses for which it is not added.</param>
/// <param name="IfNone">Whether it is only added where the request has none.</param>
public sealed record AddressHeaderConfig(string Header, NetworkConfig? Except, bool IfNone);

/// <summary>An address block.</summary>
public sealed record NetworkConfig(System.Net.IPAddress Address, int PrefixLength);

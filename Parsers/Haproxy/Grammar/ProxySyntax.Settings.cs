using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>A format that is compiled when all files are read; the original does so too, and complains then.</summary>
/// <param name="Text">The format.</param>
/// <param name="At">Its place.</param>
/// <param name="Option">The option that stands for it ("httplog", "tcplog" ...); "" when it was written out.</param>
public sealed record FormatSyntax(string Text, SourceSpan At, string Option = "");

/// <summary>A reference to a section by name.</summary>
public sealed record BackendNameSyntax(string Name, SourceSpan At);

/// <content>Everything that is not a rule. These are what <c>defaults</c> hands on.</content>
public sealed partial class ProxySyntax
{
    /// <summary>tcp or http.</summary>
    public ProxyMode Mode { get; set; } = ProxyMode.Tcp;

    /// <summary>Number given by <c>id</c>; 0 none.</summary>
    public int Id { get; set; }

    /// <summary>Free text.</summary>
    public string? Description { get; set; }

    /// <summary>Switched off.</summary>
    public bool Disabled { get; set; }

    /// <summary>What happens to connections after a response.</summary>
    public HttpConnectionMode ConnectionMode { get; set; }

    /// <summary>Switches that are on.</summary>
    public ProxyOptions Options { get; set; }

    /// <summary>Switches that a line turned off (<c>no option ...</c>), for those that the mode would turn on.</summary>
    public ProxyOptions RefusedOptions { get; set; }

    /// <summary><c>option http-restrict-req-hdr-names</c> was said; without it the section's kind decides.</summary>
    public bool RestrictsHeaderNames { get; set; }

    /// <summary>Time-outs.</summary>
    public TimeoutConfig Timeouts { get; set; } = new();

    /// <summary>Log targets. <c>log global</c> brings those which the global section has at that point of the file.</summary>
    public ValueList<LogTargetConfig> Logs { get; set; } = [];

    /// <summary>Program name in logs.</summary>
    public string? LogTag { get; set; }

    /// <summary><c>log-format</c>, <c>option httplog</c> ...</summary>
    public FormatSyntax? LogFormat { get; set; }

    /// <summary><c>error-log-format</c></summary>
    public FormatSyntax? ErrorLogFormat { get; set; }

    /// <summary><c>log-format-sd</c></summary>
    public FormatSyntax? StructuredDataFormat { get; set; }

    /// <summary><c>unique-id-format</c></summary>
    public FormatSyntax? UniqueIdFormat { get; set; }

    /// <summary><c>unique-id-header</c></summary>
    public string? UniqueIdHeader { get; set; }

    /// <summary>Error answers by status.</summary>
    public ValueList<ErrorAnswerConfig> ErrorAnswers { get; set; } = [];

    /// <summary><c>errorfiles</c> references: section and statuses (none: all of them).</summary>
    public ValueList<ErrorFilesSyntax> ErrorFiles { get; set; } = [];

    /// <summary><c>option forwardfor</c></summary>
    public AddressHeaderConfig? ForwardFor { get; set; }

    /// <summary><c>option originalto</c></summary>
    public AddressHeaderConfig? OriginalTo { get; set; }

    /// <summary>The statistics page.</summary>
    public StatsConfig? Stats { get; set; }

    /// <summary><c>maxconn</c>; 0 unset.</summary>
    public int MaxConnections { get; set; }

    /// <summary><c>backlog</c>; 0 unset.</summary>
    public int Backlog { get; set; }

    /// <summary><c>rate-limit sessions</c></summary>
    public int SessionRateLimit { get; set; }

    /// <summary><c>default_backend</c></summary>
    public BackendNameSyntax? DefaultBackend { get; set; }

    /// <summary><c>monitor-uri</c></summary>
    public string? MonitorUri { get; set; }

    /// <summary>Listening sockets.</summary>
    public List<BindConfig> Binds { get; private set; } = [];

    /// <summary>Sockets with TLS on whose lines no certificate stands; the original complains at the end.</summary>
    public List<BindConfig> BindsWithoutCertificate { get; } = [];

    /// <summary><c>capture cookie</c></summary>
    public CookieCapture? CookieCapture { get; set; }

    /// <summary>How servers are chosen.</summary>
    public BalanceConfig Balance { get; set; } = new();

    /// <summary><c>balance</c> was said, here or in <c>defaults</c>.</summary>
    public bool HasBalance { get; set; }

    /// <summary>The expression of <c>balance hash</c> as written.</summary>
    public FormatSyntax? HashExpression { get; set; }

    /// <summary>The servers in the order of the file.</summary>
    public List<ServerSyntax> Servers { get; private set; } = [];

    /// <summary>What a server starts from (<c>default-server</c>).</summary>
    public ServerSyntax DefaultServer { get; set; } = new();

    /// <summary>Servers by name.</summary>
    internal Dictionary<string, ServerSyntax> ServersByName { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Servers with a number of their own.</summary>
    internal Dictionary<int, ServerSyntax> ServersById { get; } = [];

    /// <summary>Servers whose name was taken, with the one that has it.</summary>
    internal List<(ServerSyntax Server, ServerSyntax First)> DuplicateServers { get; } = [];

    /// <summary><c>cookie</c></summary>
    public CookieConfig? Cookie { get; set; }

    /// <summary><c>dynamic-cookie-key</c></summary>
    public string? DynamicCookieKey { get; set; }

    /// <summary><c>http-reuse</c></summary>
    public HttpReuse Reuse { get; set; } = HttpReuse.Safe;

    /// <summary><c>retries</c></summary>
    public int Retries { get; set; } = 3;

    /// <summary><c>retry-on</c></summary>
    public RetryOn RetryOn { get; set; } = RetryOn.ConnectionFailure;

    /// <summary><c>option redispatch</c></summary>
    public int RedispatchInterval { get; set; }

    /// <summary><c>fullconn</c>; 0 unset.</summary>
    public int FullConnections { get; set; }

    /// <summary>What checks do, by the option that says so: "tcp-check", "httpchk", "smtpchk" ...; "" connecting is enough.</summary>
    public string CheckOption { get; set; } = "";

    /// <summary>Words of the check's option behind its name.</summary>
    public ValueList<string> CheckArguments { get; set; } = [];

    /// <summary>Steps of <c>http-check</c>.</summary>
    public ValueList<CheckStep> HttpCheckSteps { get; set; } = [];

    /// <summary>Steps of <c>tcp-check</c>.</summary>
    public ValueList<CheckStep> TcpCheckSteps { get; set; } = [];

    /// <summary><c>http-check disable-on-404</c></summary>
    public bool DisableOn404 { get; set; }

    /// <summary><c>http-check send-state</c></summary>
    public bool SendState { get; set; }

    /// <summary><c>external-check command</c></summary>
    public string? ExternalCheckCommand { get; set; }

    /// <summary><c>external-check path</c></summary>
    public string? ExternalCheckPath { get; set; }

    /// <summary><c>load-server-state-from-file</c></summary>
    public ServerStateSource ServerState { get; set; }

    /// <summary><c>server-state-file-name</c></summary>
    public string? ServerStateFileName { get; set; }

    /// <summary><c>dispatch</c></summary>
    public Endpoint? Dispatch { get; set; }

    /// <summary><c>transparent</c>, <c>option transparent</c></summary>
    public bool Transparent { get; set; }

    /// <summary><c>source</c></summary>
    public SourceAddressConfig? Source { get; set; }

    /// <summary><c>http-send-name-header</c></summary>
    public string? SendNameHeader { get; set; }

    /// <summary>Keep-alive probes of client connections.</summary>
    public TcpProbesConfig ClientProbes { get; set; } = new(0, 0, 0);

    /// <summary>Keep-alive probes of server connections.</summary>
    public TcpProbesConfig ServerProbes { get; set; } = new(0, 0, 0);

    /// <summary><c>max-keep-alive-queue</c>; -1 unlimited.</summary>
    public int MaxKeepAliveQueue { get; set; } = -1;

    /// <summary>Longest name of a server, and so on, are not inherited: what a section starts from.</summary>
    /// <param name="defaults">The <c>defaults</c> section; null for the program's own.</param>
    /// <param name="name">Name of the new section.</param>
    /// <param name="capability">What it may do.</param>
    /// <param name="isDefaults">It is a <c>defaults</c> section itself.</param>
    /// <param name="at">Its place.</param>
    /// <param name="document">The files it stands in.</param>
    public static ProxySyntax From(ProxySyntax? defaults, string name, ProxyCapability capability, bool isDefaults, SourceSpan at, ConfigSyntax document)
    {
        var proxy = new ProxySyntax { Name = name, At = at, Capability = capability, IsDefaults = isDefaults, Document = document };
        if (defaults is not null)
        {
            proxy.Inherit(defaults);
        }

        return proxy;
    }

    // Settings go on as they are. Rules and ACLs of a defaults section come first. Sockets, servers, captures, names and texts do not go on.
    private void Inherit(ProxySyntax from)
    {
        InheritedFrom = from;
        (Mode, Disabled, ConnectionMode, Options, RefusedOptions, Timeouts) =
            (from.Mode, from.Disabled, from.ConnectionMode, from.Options, from.RefusedOptions, from.Timeouts);
        RestrictsHeaderNames = from.RestrictsHeaderNames;
        (Logs, LogTag, LogFormat, ErrorLogFormat) = (from.Logs, from.LogTag, from.LogFormat, from.ErrorLogFormat);
        (StructuredDataFormat, UniqueIdFormat, UniqueIdHeader) = (from.StructuredDataFormat, from.UniqueIdFormat, from.UniqueIdHeader);
        (ErrorAnswers, ErrorFiles, ForwardFor, OriginalTo, Stats) = (from.ErrorAnswers, from.ErrorFiles, from.ForwardFor, from.OriginalTo, from.Stats);
        (MaxConnections, Backlog, SessionRateLimit, MonitorUri) = (from.MaxConnections, from.Backlog, from.SessionRateLimit, from.MonitorUri);
        (CookieCapture, ClientProbes, ServerProbes) = (from.CookieCapture, from.ClientProbes, from.ServerProbes);
        DefaultBackend = from.DefaultBackend;
        (Balance, HasBalance, HashExpression, Cookie, DynamicCookieKey) =
            (from.Balance, from.HasBalance, from.HashExpression, from.Cookie, from.DynamicCookieKey);
        (Reuse, Retries, RetryOn, RedispatchInterval, FullConnections) =
            (from.Reuse, from.Retries, from.RetryOn, from.RedispatchInterval, from.FullConnections);
        (CheckOption, CheckArguments, HttpCheckSteps, TcpCheckSteps) =
            (from.CheckOption, from.CheckArguments, from.HttpCheckSteps, from.TcpCheckSteps);
        (DisableOn404, SendState, ExternalCheckCommand, ExternalCheckPath) =
            (from.DisableOn404, from.SendState, from.ExternalCheckCommand, from.ExternalCheckPath);
        (ServerState, ServerStateFileName, Transparent, Source, SendNameHeader, MaxKeepAliveQueue) =
            (from.ServerState, null, from.Transparent, from.Source, from.SendNameHeader, from.MaxKeepAliveQueue);
        DefaultServer = from.DefaultServer.Copy("", default);
        (Acls, TcpRequestConnection, TcpRequestSession, TcpRequestContent) =
            ([.. from.Acls], [.. from.TcpRequestConnection], [.. from.TcpRequestSession], [.. from.TcpRequestContent]);
        (TcpResponseContent, HttpRequest, HttpResponse, HttpAfterResponse) =
            ([.. from.TcpResponseContent], [.. from.HttpRequest], [.. from.HttpResponse], [.. from.HttpAfterResponse]);
        (TcpRequestInspectDelay, TcpResponseInspectDelay) = (from.TcpRequestInspectDelay, from.TcpResponseInspectDelay);
    }
}

/// <summary><c>errorfiles</c>: answers taken from an <c>http-errors</c> section.</summary>
/// <param name="Section">The section's name.</param>
/// <param name="Statuses">Which to take; none: all that it has.</param>
/// <param name="Before">The section's own answers so far, inherited ones among them: this line wins over them.</param>
/// <param name="At">The line.</param>
public sealed record ErrorFilesSyntax(string Section, ValueList<int> Statuses, ValueList<ErrorAnswerConfig> Before, SourceSpan At);


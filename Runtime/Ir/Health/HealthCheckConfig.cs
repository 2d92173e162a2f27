using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Health;

/// <summary>What a health check of a backend does.</summary>
public abstract record HealthCheckConfig;

/// <summary>Connecting is enough.</summary>
public sealed record TcpConnectCheckConfig : HealthCheckConfig;

/// <summary>A script of steps (<c>option tcp-check</c>, <c>option httpchk</c>, and the fixed protocols built from steps).</summary>
/// <param name="Kind">What it is called in messages.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record ScriptCheckConfig(CheckKind Kind, ValueList<CheckStep> Steps) : HealthCheckConfig
{
    /// <summary>Status 404 means drain (<c>http-check disable-on-404</c>).</summary>
    public bool DisableOn404 { get; init; }

    /// <summary>Sends the server's state in a header (<c>http-check send-state</c>).</summary>
    public bool SendState { get; init; }
}

/// <summary>A program is run (<c>option external-check</c>).</summary>
public sealed record ExternalCheckConfig(string Command, string? Path) : HealthCheckConfig;

/// <summary>Families of script checks.</summary>
public enum CheckKind
{
    /// <summary><c>tcp-check</c></summary>
    Tcp,

    /// <summary><c>httpchk</c></summary>
    Http,

    /// <summary><c>ssl-hello-chk</c></summary>
    SslHello,

    /// <summary><c>smtpchk</c></summary>
    Smtp,

    /// <summary><c>ldap-check</c></summary>
    Ldap,

    /// <summary><c>mysql-check</c></summary>
    MySql,

    /// <summary><c>pgsql-check</c></summary>
    Postgres,

    /// <summary><c>redis-check</c></summary>
    Redis,

    /// <summary><c>spop-check</c></summary>
    Spop,
}

/// <summary>One step of a check.</summary>
public abstract record CheckStep(SourceSpan At)
{
    /// <summary>The step's comment, shown in messages.</summary>
    public string? Comment { get; init; }

    /// <summary>The step's number among its kind as messages show it, from 1.</summary>
    public int Index { get; init; }
}

/// <summary>Connects.</summary>
public sealed record ConnectStep(SourceSpan At) : CheckStep(At)
{
    /// <summary>The address; null means the check's.</summary>
    public Endpoint? Address { get; init; }

    /// <summary>The port; null means the check's.</summary>
    public int? Port { get; init; }

    /// <summary>The port from an expression.</summary>
    public SampleExpression? PortExpression { get; init; }

    /// <summary>Whether the parameters of the server line are used (<c>default</c>).</summary>
    public bool Default { get; init; }

    /// <summary>Sends a PROXY protocol header.</summary>
    public bool SendProxy { get; init; }

    /// <summary>Closes with linger.</summary>
    public bool Linger { get; init; }
}

/// <summary>Does nothing but name what follows, for messages.</summary>
public sealed record CommentStep(SourceSpan At) : CheckStep(At);

/// <summary>Sends bytes.</summary>
/// <param name="At">Its place.</param>
/// <param name="Data">The bytes; null where <paramref name="Format"/> makes them.</param>
/// <param name="Format">A log format that makes them.</param>
/// <param name="Binary">Whether the format yields hexadecimal digits.</param>
public sealed record SendStep(SourceSpan At, ValueList<byte>? Data, LogFormat? Format, bool Binary) : CheckStep(At);

/// <summary>Sends a request.</summary>
public sealed record HttpSendStep(SourceSpan At) : CheckStep(At)
{
    /// <summary>The method. Default OPTIONS.</summary>
    public string Method { get; init; } = "OPTIONS";

    /// <summary>The method was written on the step itself; otherwise that of <c>option httpchk</c> counts.</summary>
    public bool MethodGiven { get; init; }

    /// <summary>The version was written on the step itself.</summary>
    public bool VersionGiven { get; init; }

    /// <summary>The URI. Default "/".</summary>
    public LogFormat? Uri { get; init; }

    /// <summary>The version, as written. Default HTTP/1.0.</summary>
    public string Version { get; init; } = "HTTP/1.0";

    /// <summary>Headers in order.</summary>
    public ValueList<CheckHeader> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public LogFormat? Body { get; init; }
}

/// <summary>A header of a check's request.</summary>
public sealed record CheckHeader(string Name, LogFormat Value);

/// <summary>Sets a variable (<c>set-var</c>), or unsets it where the value is null.</summary>
public sealed record SetVariableStep(SourceSpan At, string Variable, SampleExpression? Value, LogFormat? Format) : CheckStep(At);

/// <summary>Waits for something.</summary>
public sealed record ExpectStep(SourceSpan At) : CheckStep(At)
{
    /// <summary>What is looked for.</summary>
    public required ExpectKind Kind { get; init; }

    /// <summary>Whether a match is a failure (<c>!</c>).</summary>
    public bool Negated { get; init; }

    /// <summary>Text, bytes, or regular expression.</summary>
    public ValueList<byte> Pattern { get; init; } = [];

    /// <summary>The pattern as an expression.</summary>
    public LogFormat? PatternFormat { get; init; }

    /// <summary>Status ranges, for <see cref="ExpectKind.HttpStatus"/>.</summary>
    public ValueList<StatusRange> Statuses { get; init; } = [];

    /// <summary>Header name, for <see cref="ExpectKind.HttpHeader"/>.</summary>
    public LogFormat? HeaderName { get; init; }

    /// <summary>How the header's name is matched: str, beg, end, sub, reg.</summary>
    public string HeaderNameMatch { get; init; } = "str";

    /// <summary>Header value; null means presence is enough.</summary>
    public LogFormat? HeaderValue { get; init; }

    /// <summary>How the header's value is matched.</summary>
    public string HeaderValueMatch { get; init; } = "str";

    /// <summary>Whether the header's whole value counts (<c>full</c>).</summary>
    public bool HeaderFull { get; init; }

    /// <summary>Least bytes before looking (<c>min-recv</c>): from then on no match is final. -1, the default: no match waits for more.</summary>
    public int MinReceive { get; init; } = -1;

    /// <summary>Status reported on success, e.g. L7OK; null the default.</summary>
    public string? OkStatus { get; init; }

    /// <summary>Status reported on failure.</summary>
    public string? ErrorStatus { get; init; }

    /// <summary>Status reported on a time-out.</summary>
    public string? TimeoutStatus { get; init; }

    /// <summary>Text reported on success.</summary>
    public LogFormat? OnSuccess { get; init; }

    /// <summary>Text reported on failure.</summary>
    public LogFormat? OnError { get; init; }

    /// <summary>Code reported.</summary>
    public SampleExpression? StatusCode { get; init; }
}

/// <summary>A range of status codes.</summary>
public sealed record StatusRange(int First, int Last);

/// <summary>What a check expects.</summary>
public enum ExpectKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>A regular expression over hexadecimal digits.</summary>
    BinaryRegex,

    /// <summary>Status codes.</summary>
    HttpStatus,

    /// <summary>A regular expression over the status.</summary>
    HttpStatusRegex,

    /// <summary>A header.</summary>
    HttpHeader,

    /// <summary>Text in the body.</summary>
    HttpBody,

    /// <summary>A regular expression over the body.</summary>
    HttpBodyRegex,

    /// <summary>A check of the built-in protocols, by kind of the script.</summary>
    Protocol,
}

/// <summary>Checks of one server.</summary>
public sealed record ServerCheckConfig
{
    /// <summary>Between two checks. Default 2 s.</summary>
    public Duration Interval { get; init; } = new(2000);

    /// <summary>Between two checks in transition; null means <see cref="Interval"/>.</summary>
    public Duration? FastInterval { get; init; }

    /// <summary>Between two checks when down; null means <see cref="Interval"/>.</summary>
    public Duration? DownInterval { get; init; }

    /// <summary>Good checks until up. Default 2.</summary>
    public int Rise { get; init; } = 2;

    /// <summary>Bad checks until down. Default 3.</summary>
    public int Fall { get; init; } = 3;

    /// <summary>The port checked; null means the server's.</summary>
    public int? Port { get; init; }

    /// <summary>The address checked; null means the server's.</summary>
    public Endpoint? Address { get; init; }

    /// <summary>Sends a PROXY protocol header (<c>check-send-proxy</c>).</summary>
    public bool SendProxy { get; init; }
}

/// <summary>The agent a server is asked about (<c>agent-check</c>).</summary>
/// <param name="Port">The agent's port.</param>
/// <param name="Address">Its address; null means the server's.</param>
/// <param name="Interval">Between two questions.</param>
/// <param name="Send">What is sent first; null nothing.</param>
public sealed record AgentCheckConfig(int Port, Endpoint? Address, Duration Interval, string? Send);

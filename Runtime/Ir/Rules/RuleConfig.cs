using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>The rule sets of a proxy, each in the order of the file.</summary>
public sealed record RuleSetsConfig
{
    /// <summary><c>tcp-request connection</c></summary>
    public ValueList<RuleConfig> TcpRequestConnection { get; init; } = [];

    /// <summary><c>tcp-request session</c></summary>
    public ValueList<RuleConfig> TcpRequestSession { get; init; } = [];

    /// <summary><c>tcp-request content</c></summary>
    public ValueList<RuleConfig> TcpRequestContent { get; init; } = [];

    /// <summary><c>tcp-request inspect-delay</c></summary>
    public Duration? TcpRequestInspectDelay { get; init; }

    /// <summary><c>tcp-response content</c></summary>
    public ValueList<RuleConfig> TcpResponseContent { get; init; } = [];

    /// <summary><c>tcp-response inspect-delay</c></summary>
    public Duration? TcpResponseInspectDelay { get; init; }

    /// <summary><c>http-request</c></summary>
    public ValueList<RuleConfig> HttpRequest { get; init; } = [];

    /// <summary><c>http-response</c></summary>
    public ValueList<RuleConfig> HttpResponse { get; init; } = [];

    /// <summary><c>http-after-response</c></summary>
    public ValueList<RuleConfig> HttpAfterResponse { get; init; } = [];

    /// <summary><c>redirect</c> and <c>block</c> of old, after <c>http-request</c>.</summary>
    public ValueList<RuleConfig> Redirect { get; init; } = [];

    /// <summary><c>use_backend</c></summary>
    public ValueList<UseBackendRule> UseBackend { get; init; } = [];

    /// <summary><c>use-server</c></summary>
    public ValueList<UseServerRule> UseServer { get; init; } = [];

    /// <summary><c>force-persist</c> and <c>ignore-persist</c></summary>
    public ValueList<PersistRule> Persist { get; init; } = [];
}

/// <summary>An action and when it is taken.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Condition">When; null always.</param>
/// <param name="At">Its place.</param>
public sealed record RuleConfig(RuleAction Action, Condition? Condition, SourceSpan At);

/// <summary>A backend chosen by a condition. The name is a format for dynamic choice.</summary>
/// <param name="Backend">The backend's name; null where <paramref name="Dynamic"/> makes it.</param>
/// <param name="Dynamic">A format that yields a name.</param>
/// <param name="Condition">When; null always.</param>
/// <param name="At">Its place.</param>
public sealed record UseBackendRule(string? Backend, LogFormat? Dynamic, Condition? Condition, SourceSpan At);

/// <summary>A server chosen by a condition.</summary>
public sealed record UseServerRule(string? Server, LogFormat? Dynamic, Condition Condition, SourceSpan At);

/// <summary>Whether persistence is forced to or ignored.</summary>
public sealed record PersistRule(bool Force, Condition Condition, SourceSpan At);

/// <summary>What a rule does; a closed set, one live rule each.</summary>
public abstract record RuleAction;

/// <summary>Goes on with the next set (<c>allow</c>, <c>accept</c>).</summary>
public sealed record AllowAction : RuleAction;

/// <summary>Refuses (<c>deny</c>) with an answer, or after the tarpit's time.</summary>
public sealed record DenyAction(ReturnConfig Answer, bool Tarpit) : RuleAction;

/// <summary>Answers (<c>return</c>).</summary>
public sealed record ReturnAction(ReturnConfig Answer) : RuleAction;

/// <summary>Closes at once (<c>reject</c>).</summary>
public sealed record RejectAction : RuleAction;

/// <summary>Closes without a word to the peer (<c>silent-drop</c>).</summary>
public sealed record SilentDropAction : RuleAction;

/// <summary>Sends elsewhere (<c>redirect</c>).</summary>
public sealed record RedirectAction : RuleAction
{
    /// <summary>Prefix, location or scheme.</summary>
    public required RedirectKind Kind { get; init; }

    /// <summary>What it leads to.</summary>
    public required LogFormat Target { get; init; }

    /// <summary>The status. Default 302.</summary>
    public int Status { get; init; } = 302;

    /// <summary>Drops the query (<c>drop-query</c>).</summary>
    public bool DropQuery { get; init; }

    /// <summary>Adds a slash to a directory (<c>append-slash</c>).</summary>
    public bool AppendSlash { get; init; }

    /// <summary>Ignores an empty target (<c>ignore-empty</c>).</summary>
    public bool IgnoreEmpty { get; init; }

    /// <summary>A cookie that is set, "name[=value]".</summary>
    public string? SetCookie { get; init; }

    /// <summary>A cookie that is cleared.</summary>
    public string? ClearCookie { get; init; }
}

/// <summary>What a redirection changes.</summary>
public enum RedirectKind
{
    /// <summary>The whole location.</summary>
    Location,

    /// <summary>What stands before the URI.</summary>
    Prefix,

    /// <summary>The scheme.</summary>
    Scheme,
}

/// <summary>Sets, adds or removes a header.</summary>
public sealed record HeaderAction(HeaderOperation Operation, string Name, LogFormat? Value, string? Pattern, MatchMethod NameMatch) : RuleAction;

/// <summary>What is done to headers.</summary>
public enum HeaderOperation
{
    /// <summary>All of that name are replaced by one.</summary>
    Set,

    /// <summary>One more is added.</summary>
    Add,

    /// <summary>All of that name are removed.</summary>
    Delete,

    /// <summary>Whole values are replaced by a regular expression.</summary>
    ReplaceHeader,

    /// <summary>Each value of a list is replaced by a regular expression.</summary>
    ReplaceValue,
}

/// <summary>An answer that is made here (<c>return</c>, <c>deny</c>, <c>http-error</c>).</summary>
public sealed record ReturnConfig
{
    /// <summary>The status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The type of the content; null none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers in order.</summary>
    public ValueList<ReturnHeader> Headers { get; init; } = [];

    /// <summary>The body as fixed bytes; null where <see cref="BodyFormat"/> makes it, or there is none.</summary>
    public ValueList<byte>? Body { get; init; }

    /// <summary>The body as a format.</summary>
    public LogFormat? BodyFormat { get; init; }

    /// <summary>A whole message from a file, head and body.</summary>
    public ValueList<byte>? Raw { get; init; }

    /// <summary>Whether the proxy's own error answer for the status is used.</summary>
    public bool UseProxyErrorAnswer { get; init; }
}

/// <summary>A header of an answer.</summary>
public sealed record ReturnHeader(string Name, LogFormat Value);

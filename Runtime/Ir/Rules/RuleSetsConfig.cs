using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>The rule sets of a proxy, each in the order of the file.</summary>
public sealed record RuleSetsConfig
{
    /// <summary>The rules of all sets, those of connections first.</summary>
    public IEnumerable<RuleConfig> All =>
        [.. TcpRequestConnection, .. TcpRequestSession, .. TcpRequestContent, .. TcpResponseContent, .. HttpRequest, .. HttpResponse, .. HttpAfterResponse];

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

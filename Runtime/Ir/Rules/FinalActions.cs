using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

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

/// <summary>Leaves the server at once; what has come of it goes to the client (<c>tcp-response content close</c>).</summary>
public sealed record LeaveServerAction : RuleAction;

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

/// <summary>Asks for a user's name and password (<c>auth</c>).</summary>
/// <param name="Realm">The realm; null means the proxy's.</param>
public sealed record AuthAction(string? Realm) : RuleAction;

/// <summary>Hands the request to a service of the process (<c>use-service</c>).</summary>
public sealed record UseServiceAction(BuiltInService Service) : RuleAction;

/// <summary>Services of the process.</summary>
public enum BuiltInService
{
    /// <summary>Metrics in Prometheus' text form.</summary>
    PrometheusExporter,
}

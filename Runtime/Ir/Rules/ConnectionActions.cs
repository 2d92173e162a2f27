using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>Ends of a connection's addresses.</summary>
public enum AddressPart
{
    /// <summary>The client's address.</summary>
    Source,

    /// <summary>The client's port.</summary>
    SourcePort,

    /// <summary>The address the client connected to.</summary>
    Destination,

    /// <summary>The port the client connected to.</summary>
    DestinationPort,
}

/// <summary>Replaces an address or a port (<c>set-src</c> …).</summary>
public sealed record SetAddressAction(AddressPart Part, SampleExpression Value) : RuleAction;

/// <summary>Sets the level of the stream's log line (<c>set-log-level</c>).</summary>
/// <param name="Level">0 (emerg) to 7 (debug); null: it is not logged.</param>
public sealed record SetLogLevelAction(int? Level) : RuleAction;

/// <summary>Sets the scheduling priority of the stream (<c>set-nice</c>): nothing, for streams have none.</summary>
public sealed record SetNiceAction : RuleAction;

/// <summary>Sets the type of service of packets to the client, 0 to 255 (<c>set-tos</c>).</summary>
public sealed record SetTosAction(int Value) : RuleAction;

/// <summary>Sets the mark of packets to the client (<c>set-mark</c>).</summary>
public sealed record SetMarkAction(uint Value) : RuleAction;

/// <summary>Sets the class in the queue (<c>set-priority-class</c>).</summary>
public sealed record SetPriorityClassAction(SampleExpression Value) : RuleAction;

/// <summary>Sets the offset in the queue, milliseconds (<c>set-priority-offset</c>).</summary>
public sealed record SetPriorityOffsetAction(SampleExpression Value) : RuleAction;

/// <summary>Does not try the request again on another server's failure (<c>disable-l7-retry</c>).</summary>
public sealed record DisableRetryAction : RuleAction;

/// <summary>Whether a failed rewrite fails the request (<c>strict-mode</c>).</summary>
public sealed record StrictModeAction(bool On) : RuleAction;

/// <summary>Waits for the body (<c>wait-for-body</c>).</summary>
/// <param name="Time">At most this long.</param>
/// <param name="AtLeast">Until so many bytes have arrived; 0 all, as far as the buffer reaches.</param>
public sealed record WaitForBodyAction(Duration Time, long AtLeast) : RuleAction;

/// <summary>Waits until the client's TLS handshake is complete (<c>wait-for-handshake</c>).</summary>
public sealed record WaitForHandshakeAction : RuleAction;

/// <summary>Replaces a time-out of the server's side (<c>set-timeout</c>).</summary>
/// <param name="Tunnel">Whether the tunnel's time-out is meant.</param>
/// <param name="Value">The time; null where <paramref name="Expression"/> gives it in milliseconds.</param>
/// <param name="Expression">Gives the time in milliseconds.</param>
public sealed record SetTimeoutAction(bool Tunnel, Duration? Value, SampleExpression? Expression) : RuleAction;

/// <summary>Expects a PROXY protocol header (<c>expect-proxy layer4</c>).</summary>
public sealed record ExpectProxyAction : RuleAction;

/// <summary>Sends an early hint to the client (<c>early-hint</c>).</summary>
public sealed record EarlyHintAction(string Name, LogFormat Value) : RuleAction;

/// <summary>Changes a map or a list of patterns (<c>set-map</c>, <c>add-acl</c> …).</summary>
/// <param name="Operation">What is done.</param>
/// <param name="File">The map's or list's name.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; maps only.</param>
public sealed record ChangePatternsAction(PatternOperation Operation, string File, LogFormat Key, LogFormat? Value) : RuleAction;

/// <summary>Changes of a map or list.</summary>
public enum PatternOperation
{
    /// <summary><c>add-acl</c></summary>
    AddAcl,

    /// <summary><c>del-acl</c></summary>
    DeleteAcl,

    /// <summary><c>set-map</c></summary>
    SetMap,

    /// <summary><c>del-map</c></summary>
    DeleteMap,
}

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>What a rule set decided.</summary>
public enum RuleOutcome
{
    /// <summary>All rules were looked at; the next set follows.</summary>
    Continue,

    /// <summary>A rule ended the set (<c>allow</c>, <c>accept</c>); the next set follows.</summary>
    Stop,

    /// <summary>Refused: answer with <see cref="RuleSubject.Answer"/> (status PR in the log).</summary>
    Deny,

    /// <summary>Refused: hold the client for the tarpit's time, then answer with <see cref="RuleSubject.Answer"/> (PT).</summary>
    Tarpit,

    /// <summary>Answer with <see cref="RuleSubject.Answer"/> (<c>return</c>, <c>auth</c>, <c>redirect</c>; LR in the log).</summary>
    Answer,

    /// <summary>Close at once, without an answer (<c>reject</c>).</summary>
    Reject,

    /// <summary>Close the server's connection; what has come goes to the client (<c>tcp-response content close</c>).</summary>
    LeaveServer,

    /// <summary>Forget the connection without telling the peer (<c>silent-drop</c>).</summary>
    SilentDrop,

    /// <summary>Call again with the same place when more bytes, or the end of them, are known.</summary>
    WaitMoreData,

    /// <summary>Call again with the same place when the request's body is complete, or <see cref="RuleVerdict.WaitMilliseconds"/> are over.</summary>
    WaitBody,

    /// <summary>The message could not be changed: answer 500 for a request, 502 for a response (an internal error: IR, PR).</summary>
    Error,
}

/// <summary>What a rule set decided, and how long to wait.</summary>
/// <param name="Outcome">The decision.</param>
/// <param name="WaitMilliseconds">For <see cref="RuleOutcome.WaitBody"/>: at most so long.</param>
/// <param name="AtLeast">For <see cref="RuleOutcome.WaitBody"/>: so many bytes are enough; 0 all.</param>
public readonly record struct RuleVerdict(RuleOutcome Outcome, int WaitMilliseconds = 0, long AtLeast = 0)
{
    /// <summary>The next rule follows.</summary>
    public static RuleVerdict Continue => new(RuleOutcome.Continue);
}

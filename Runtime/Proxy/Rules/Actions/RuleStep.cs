namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>What a rule does; one sealed class for each kind.</summary>
public abstract class RuleStep
{
    /// <summary>Does it.</summary>
    public abstract RuleVerdict Execute(RuleSubject subject);

    /// <summary>A rewrite that did not fit: it ends the message, or is only counted (<c>strict-mode off</c>).</summary>
    protected static RuleVerdict Failed(RuleSubject subject)
    {
        subject.CountFailedRewrite();
        return new RuleVerdict(subject.StrictRewrites ? RuleOutcome.Error : RuleOutcome.Continue);
    }
}

/// <summary>An action without arguments of its own.</summary>
internal sealed class PlainStep(Func<RuleSubject, RuleVerdict> action) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject) => action(subject);
}

using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Proxy.Rules.Actions;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>A compiled rule.</summary>
internal readonly record struct CompiledRule(RuleStep Step, ConditionTest? Condition, SourceSpan At);

/// <summary>A compiled set of rules, in order.</summary>
public sealed class RuleSet
{
    private readonly CompiledRule[] _rules;

    internal RuleSet(CompiledRule[] rules) => _rules = rules;

    /// <summary>A set without rules.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>It has no rules.</summary>
    public bool IsEmpty => _rules.Length == 0;

    /// <summary>Runs the rules from a place on.</summary>
    /// <param name="subject">What they look at.</param>
    /// <param name="resumeAt">
    /// Where to start, 0 at first. Where the outcome is to wait, it is the rule to go on with: call again with it.
    /// </param>
    public RuleVerdict Run(RuleSubject subject, ref int resumeAt)
    {
        for (var i = resumeAt; i < _rules.Length; i++)
        {
            ref readonly var rule = ref _rules[i];
            if (rule.Condition is { } condition)
            {
                var truth = condition.Evaluate(subject);
                if (truth == Truth.Unknown)
                {
                    resumeAt = i;
                    return new RuleVerdict(RuleOutcome.WaitMoreData);
                }

                if (truth == Truth.False)
                {
                    continue;
                }
            }

            subject.IsMissing = false;
            var verdict = rule.Step.Execute(subject);
            if (subject.IsMissing && !subject.IsBufferFinal && verdict.Outcome == RuleOutcome.Continue)
            {
                resumeAt = i;
                return new RuleVerdict(RuleOutcome.WaitMoreData);
            }

            switch (verdict.Outcome)
            {
                case RuleOutcome.Continue:
                    continue;
                case RuleOutcome.WaitBody:
                    resumeAt = i;
                    return verdict;
                default:
                    subject.LastRule = rule.At;
                    resumeAt = 0;
                    return verdict;
            }
        }

        resumeAt = 0;
        return RuleVerdict.Continue;
    }
}

using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Compares samples with a list of patterns.</summary>
public abstract class PatternMatcher
{
    /// <summary>The place of the pattern that matches; -1 none.</summary>
    public abstract int Find(RuleSubject subject, ref Sample sample);
}

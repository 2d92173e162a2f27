using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>What a test says. The values make "and" the smaller and "or" the larger of two.</summary>
internal enum Truth
{
    /// <summary>No.</summary>
    False = 0,

    /// <summary>Bytes are missing that may still come.</summary>
    Unknown = 1,

    /// <summary>Yes.</summary>
    True = 2,
}

/// <summary>A compiled line of an ACL: a sample and the lists it is compared with.</summary>
internal sealed class AclTest(SampleProgram sample, PatternView[] lists)
{
    /// <summary>Evaluates it; any of several values is enough.</summary>
    public Truth Evaluate(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        subject.IsMissing = subject.MayChange = false;
        var cursor = 0;
        var value = default(Sample);
        var found = false;
        while (!found && sample.TryNext(subject, ref value, ref cursor, out var has))
        {
            for (var i = 0; has && !found && i < lists.Length; i++)
            {
                found = lists[i].Matches(subject, ref value);
            }
        }

        subject.Scratch.Release(mark);
        return found ? Truth.True : (subject.IsMissing || subject.MayChange) && !subject.IsBufferFinal ? Truth.Unknown : Truth.False;
    }
}

/// <summary>A compiled condition (configuration manual 7.2).</summary>
internal sealed class ConditionTest(bool unless, (AclTest[] Acls, bool Negated)[][] alternatives)
{
    /// <summary>Evaluates it.</summary>
    public Truth Evaluate(RuleSubject subject)
    {
        var result = Truth.False;
        foreach (var terms in alternatives)
        {
            var all = Truth.True;
            foreach (var (acls, negated) in terms)
            {
                var any = Truth.False;
                foreach (var acl in acls)
                {
                    var truth = acl.Evaluate(subject);
                    any = truth > any ? truth : any;
                    if (any == Truth.True)
                    {
                        break;
                    }
                }

                any = negated ? Truth.True - (int)any : any;
                all = any < all ? any : all;
                if (all == Truth.False)
                {
                    break;
                }
            }

            result = all > result ? all : result;
            if (result == Truth.True)
            {
                break;
            }
        }

        return unless ? Truth.True - (int)result : result;
    }
}

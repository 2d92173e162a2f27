using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Any sample matches (<c>-m found</c>).</summary>
internal sealed class FoundMatcher : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample) => 0;
}

/// <summary>A sample that is true matches (<c>-m bool</c>).</summary>
internal sealed class BoolMatcher : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample) =>
        SampleCasts.TryCast(subject, ref sample, SampleType.Integer) && sample.Number != 0 ? 0 : -1;
}

/// <summary>Numbers in ranges (<c>-m int</c>), or lengths of texts (<c>-m len</c>).</summary>
internal sealed class RangeMatcher((long Minimum, long Maximum)[] ranges, bool length) : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, length ? SampleType.Text : SampleType.Integer))
        {
            return -1;
        }

        var number = length ? sample.Bytes.Length : sample.Number;
        for (var i = 0; i < ranges.Length; i++)
        {
            if (number >= ranges[i].Minimum && number <= ranges[i].Maximum)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Regular expressions, one after the other (<c>-m reg</c>).</summary>
internal sealed class RegexMatcher(Sys.Pcre2.CompiledRegex[] expressions) : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            return -1;
        }

        for (var i = 0; i < expressions.Length; i++)
        {
            if (expressions[i].IsMatch(sample.Bytes))
            {
                return i;
            }
        }

        return -1;
    }
}

using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>A compiled expression: a fetch and its converters.</summary>
public sealed class SampleProgram(SampleFetch fetch, SampleConverter[] converters)
{
    /// <summary>Evaluates it; false where there is no value. The caller marks and releases the subject's scratch.</summary>
    public bool TryGet(RuleSubject subject, ref Sample sample) => fetch.TryGet(subject, ref sample) && Convert(subject, ref sample);

    /// <summary>Evaluates it for the next of several values; false at the end. <paramref name="has"/> tells whether this one has a value.</summary>
    public bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor, out bool has)
    {
        has = false;
        if (!fetch.TryNext(subject, ref sample, ref cursor))
        {
            return false;
        }

        has = Convert(subject, ref sample);
        return true;
    }

    /// <summary>Evaluates it to text; false where there is no value.</summary>
    public bool TryGetText(RuleSubject subject, out ReadOnlySpan<byte> text)
    {
        var sample = default(Sample);
        if (TryGet(subject, ref sample) && SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            text = sample.Bytes;
            return true;
        }

        text = default;
        return false;
    }

    /// <summary>Evaluates it to a whole number; false where there is no value.</summary>
    public bool TryGetInteger(RuleSubject subject, out long value)
    {
        var sample = default(Sample);
        var has = TryGet(subject, ref sample) && SampleCasts.TryCast(subject, ref sample, SampleType.Integer);
        value = sample.Number;
        return has;
    }

    private bool Convert(RuleSubject subject, ref Sample sample)
    {
        foreach (var converter in converters)
        {
            if (!SampleCasts.TryCast(subject, ref sample, converter.Input) || !converter.TryConvert(subject, ref sample))
            {
                return false;
            }
        }

        return true;
    }
}

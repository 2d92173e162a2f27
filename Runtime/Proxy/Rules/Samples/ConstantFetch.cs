using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>A value of the configuration.</summary>
internal sealed class ConstantFetch(SampleType type, long number, byte[] bytes) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        sample.Type = type;
        sample.Number = number;
        sample.Bytes = bytes;
        return true;
    }
}

/// <summary>A variable (<c>var</c>).</summary>
internal sealed class VariableFetch(Variables.VariableSlot slot, byte[]? fallback) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        slot.TryGet(subject, ref sample) || (fallback is not null && sample.SetText(fallback));
}

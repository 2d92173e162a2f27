using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Keeps the value in a variable on its way (<c>set-var</c>).</summary>
internal sealed class SetVariableConverter(VariableSlot slot, VariableWhen when) : SampleConverter
{
    public override SampleType Input => SampleType.Any;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        VariableWrites.Write(subject, slot, when, sample);
        return true;
    }
}

/// <summary>Forgets a variable (<c>unset-var</c>).</summary>
internal sealed class UnsetVariableConverter(VariableSlot slot) : SampleConverter
{
    public override SampleType Input => SampleType.Any;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        slot.Remove(subject);
        return true;
    }
}

/// <summary>Puts the value into a capture slot (<c>capture-req</c>, <c>capture-res</c>).</summary>
internal sealed class CaptureConverter(int slot, bool response) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        (response ? subject.ResponseCaptures : subject.RequestCaptures).Set(slot, sample.Bytes);
        return true;
    }
}

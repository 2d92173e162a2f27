using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Variables;

/// <summary>Sets variables under conditions (configuration manual 4.2, <c>set-var</c>).</summary>
internal static class VariableWrites
{
    /// <summary>Sets the variable unless a condition forbids it.</summary>
    public static void Write(RuleSubject subject, VariableSlot slot, VariableWhen when, in Sample sample)
    {
        if (when == VariableWhen.Always || Allows(subject, slot, when, sample))
        {
            slot.Set(subject, sample);
        }
    }

    private static bool Allows(RuleSubject subject, VariableSlot slot, VariableWhen when, in Sample sample)
    {
        var old = default(Sample);
        var exists = slot.TryGet(subject, ref old);
        var number = sample.Type is SampleType.Bool or SampleType.Integer;
        var empty = !number && sample.Bytes.IsEmpty;
        return ((when & (VariableWhen.Exists | VariableWhen.Set)) == 0 || exists)
            && ((when & (VariableWhen.NotExists | VariableWhen.NotSet)) == 0 || !exists)
            && ((when & VariableWhen.Empty) == 0 || empty)
            && ((when & VariableWhen.NotEmpty) == 0 || !empty)
            && ((when & VariableWhen.Greater) == 0 || !exists || (number && sample.Number > old.Number))
            && ((when & VariableWhen.Less) == 0 || !exists || (number && sample.Number < old.Number));
    }
}

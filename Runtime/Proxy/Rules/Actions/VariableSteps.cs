using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Sets a variable to a sample (<c>set-var</c>).</summary>
internal sealed class SetVariableStep(VariableSlot slot, SampleProgram value, VariableWhen when) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        var sample = default(Sample);
        if (value.TryGet(subject, ref sample))
        {
            VariableWrites.Write(subject, slot, when, sample);
        }

        subject.Scratch.Release(mark);
        // Bytes that are still to come are not waited for: that is what conditions are for.
        subject.IsMissing = false;
        return RuleVerdict.Continue;
    }
}

/// <summary>Sets a variable to text (<c>set-var-fmt</c>).</summary>
internal sealed class SetVariableFormatStep(VariableSlot slot, LogFormatProgram value, VariableWhen when) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        var sample = default(Sample);
        sample.SetText(value.WriteToScratch(subject));
        VariableWrites.Write(subject, slot, when, sample);
        subject.Scratch.Release(mark);
        return RuleVerdict.Continue;
    }
}

/// <summary>Forgets a variable (<c>unset-var</c>).</summary>
internal sealed class UnsetVariableStep(VariableSlot slot) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        slot.Remove(subject);
        return RuleVerdict.Continue;
    }
}

/// <summary>Captures a sample (<c>capture</c>).</summary>
internal sealed class CaptureStep(SampleProgram value, int slot, bool response) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        if (value.TryGetText(subject, out var text))
        {
            (response ? subject.ResponseCaptures : subject.RequestCaptures).Set(slot, text);
        }

        subject.Scratch.Release(mark);
        return RuleVerdict.Continue;
    }
}

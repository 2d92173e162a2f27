using System.Text;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Patterns;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Changes a map or a list of patterns (<c>set-map</c>, <c>add-acl</c> …).</summary>
/// <remarks>A change takes the list's gate and allocates: it is a change of what all threads see, the one kind of rule that is.</remarks>
internal sealed class ChangePatternsStep(PatternOperation operation, PatternList list, LogFormatProgram key, LogFormatProgram? value) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        var name = Encoding.Latin1.GetString(key.WriteToScratch(subject));
        var text = value is null ? null : Encoding.Latin1.GetString(value.WriteToScratch(subject));
        subject.Scratch.Release(mark);
        if (operation is PatternOperation.AddAcl or PatternOperation.SetMap)
        {
            list.SetOrAdd(name, text);
        }
        else
        {
            _ = list.Delete(name);
        }

        return RuleVerdict.Continue;
    }
}

using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Variables;

/// <summary>Reads variables of the process outside of traffic (<c>get var</c>).</summary>
public static class VariableLookup
{
    /// <summary>A variable's type and its value as text; null where it is not set.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">The name without its scope.</param>
    public static (SampleType Type, string Text)? Find(ProxyEngine engine, string name)
    {
        var subject = new NoTraffic(engine);
        var sample = default(Sample);
        if (engine.Environment.Variables.Find(new VariableName(VariableScope.Process, name)) is not { } slot || !slot.TryGet(subject, ref sample))
        {
            return null;
        }

        var type = sample.Type;
        return SampleCasts.TryCast(subject, ref sample, SampleType.Text) ? (type, Encoding.Latin1.GetString(sample.Bytes)) : (type, "");
    }
}

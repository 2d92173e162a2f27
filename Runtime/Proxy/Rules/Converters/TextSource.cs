using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Bytes that the configuration gives or a variable holds.</summary>
internal readonly struct TextSource(byte[] value, VariableSlot? slot)
{
    /// <summary>Makes one of an argument.</summary>
    public static TextSource Of(ExpressionArgument? argument, RuleEnvironment environment) => argument switch
    {
        TextArgument text => new TextSource(System.Text.Encoding.Latin1.GetBytes(text.Value), null),
        VariableArgument variable => new TextSource([], environment.Variables.SlotOf(variable.Name)),
        _ => new TextSource([], null),
    };

    /// <summary>There is neither text nor a variable.</summary>
    public bool IsEmpty => slot is null && value.Length == 0;

    /// <summary>The bytes come from a variable.</summary>
    public bool IsVariable => slot is not null;

    /// <summary>The bytes; false where the variable is not set.</summary>
    public bool TryGet(RuleSubject subject, out ReadOnlySpan<byte> bytes, SampleType type = SampleType.Text)
    {
        bytes = value;
        if (slot is not { } variable)
        {
            return true;
        }

        var sample = default(Sample);
        var has = variable.TryGet(subject, ref sample) && SampleCasts.TryCast(subject, ref sample, type);
        bytes = sample.Bytes;
        return has;
    }
}

using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>A number that the configuration gives or a variable holds.</summary>
internal readonly struct NumberSource(long value, VariableSlot? slot)
{
    /// <summary>Makes one of an argument.</summary>
    public static NumberSource Of(ExpressionArgument? argument, RuleEnvironment environment, long fallback = 0) => argument switch
    {
        NumberArgument number => new NumberSource(number.Value, null),
        VariableArgument variable => new NumberSource(0, environment.Variables.SlotOf(variable.Name)),
        _ => new NumberSource(fallback, null),
    };

    /// <summary>The number; false where the variable is not set or holds none.</summary>
    public bool TryGet(RuleSubject subject, out long number)
    {
        number = value;
        if (slot is not { } variable)
        {
            return true;
        }

        var sample = default(Sample);
        if (!variable.TryGet(subject, ref sample) || !SampleCasts.TryCast(subject, ref sample, SampleType.Integer))
        {
            return false;
        }

        number = sample.Number;
        return true;
    }
}

/// <summary>Arithmetic with saturation, and bits (<c>add</c>, <c>and</c> …).</summary>
internal sealed class ArithmeticConverter(ConverterKind kind, NumberSource operand) : SampleConverter
{
    public override SampleType Input => SampleType.Integer;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if (!operand.TryGet(subject, out var by))
        {
            return false;
        }

        var value = sample.Number;
        return sample.SetInteger(kind switch
        {
            ConverterKind.Add => Saturate((Int128)value + by),
            ConverterKind.Subtract => Saturate((Int128)value - by),
            ConverterKind.Multiply => Saturate((Int128)value * by),
            ConverterKind.Divide => by == 0 ? long.MaxValue : Saturate((Int128)value / by),
            ConverterKind.Modulo => by == 0 ? 0 : (long)((Int128)value % by),
            ConverterKind.And => value & by,
            ConverterKind.Or => value | by,
            _ => value ^ by,
        });
    }

    private static long Saturate(Int128 value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
}

using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>A value taken from the traffic and what is done with it (configuration manual 7.3).</summary>
/// <param name="Fetch">Where the value comes from.</param>
/// <param name="Converters">What is done with it, in order.</param>
/// <param name="Text">The expression as written, for messages.</param>
/// <param name="At">Its place.</param>
public sealed record SampleExpression(FetchCall Fetch, ValueList<ConverterCall> Converters, string Text, SourceSpan At);

/// <summary>A sample fetch with its arguments.</summary>
/// <param name="Kind">Which fetch.</param>
/// <param name="Arguments">In order; a missing optional argument in the middle is <see cref="NoArgument"/>.</param>
public sealed record FetchCall(FetchKind Kind, ValueList<ExpressionArgument> Arguments);

/// <summary>A converter with its arguments.</summary>
/// <param name="Kind">Which converter.</param>
/// <param name="Arguments">In order; a missing optional argument in the middle is <see cref="NoArgument"/>.</param>
public sealed record ConverterCall(ConverterKind Kind, ValueList<ExpressionArgument> Arguments);

/// <summary>Types of samples.</summary>
public enum SampleType
{
    /// <summary>Whatever comes (a variable).</summary>
    Any,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A signed whole number of 64 bits.</summary>
    Integer,

    /// <summary>An address of either family.</summary>
    Address,

    /// <summary>An IPv4 address.</summary>
    IPv4,

    /// <summary>An IPv6 address.</summary>
    IPv6,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>An HTTP method.</summary>
    Method,
}

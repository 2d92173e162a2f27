using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>A value taken from the traffic and what is done with it (configuration manual 7.3).</summary>
/// <param name="Fetch">Where the value comes from.</param>
/// <param name="Converters">What is done with it, in order.</param>
/// <param name="Text">The expression as written, for messages.</param>
/// <param name="At">Its place.</param>
public sealed record SampleExpression(FetchCall Fetch, ValueList<ConverterCall> Converters, string Text, SourceSpan At);

/// <summary>A sample fetch with its arguments.</summary>
public sealed record FetchCall(FetchKind Kind, ValueList<ExpressionArgument> Arguments);

/// <summary>A converter with its arguments.</summary>
public sealed record ConverterCall(ConverterKind Kind, ValueList<ExpressionArgument> Arguments);

/// <summary>An argument of a fetch or converter.</summary>
public abstract record ExpressionArgument;

/// <summary>Text.</summary>
public sealed record TextArgument(string Value) : ExpressionArgument;

/// <summary>A whole number.</summary>
public sealed record NumberArgument(long Value) : ExpressionArgument;

/// <summary>A named ACL with its patterns (<c>acl</c>), or an anonymous one of a condition.</summary>
/// <param name="Name">The name; "" for an anonymous one.</param>
/// <param name="Expression">What is compared.</param>
/// <param name="Match">How.</param>
/// <param name="Patterns">With what, any of which is enough.</param>
/// <param name="IgnoreCase">Whether case is ignored (<c>-i</c>).</param>
/// <param name="At">Its place.</param>
public sealed record AclConfig(
    string Name, SampleExpression Expression, MatchMethod Match, ValueList<string> Patterns, bool IgnoreCase, SourceSpan At)
{
    /// <summary>The identity under which patterns can be changed at run time (<c>-u</c>); -1 none.</summary>
    public int UniqueId { get; init; } = -1;

    /// <summary>Files patterns come from (<c>-f</c>), already read into <see cref="Patterns"/>.</summary>
    public ValueList<string> Files { get; init; } = [];
}

/// <summary>How a sample is compared with a pattern (<c>-m</c>).</summary>
public enum MatchMethod
{
    /// <summary>Whether the sample exists.</summary>
    Found,

    /// <summary>Whether it is true.</summary>
    Bool,

    /// <summary>Whole numbers and ranges.</summary>
    Int,

    /// <summary>Address blocks.</summary>
    Ip,

    /// <summary>Bytes as hexadecimal digits.</summary>
    Binary,

    /// <summary>Length of text.</summary>
    Length,

    /// <summary>Equal text.</summary>
    Text,

    /// <summary>The beginning.</summary>
    Begin,

    /// <summary>A part.</summary>
    Substring,

    /// <summary>A part between slashes.</summary>
    Directory,

    /// <summary>A part between dots.</summary>
    Domain,

    /// <summary>The end.</summary>
    End,

    /// <summary>A regular expression.</summary>
    Regex,
}

/// <summary>A condition: alternatives of terms that must all hold (<c>if a b or c</c>).</summary>
/// <param name="Unless">Whether the result is turned round.</param>
/// <param name="Alternatives">Any one of which is enough.</param>
/// <param name="At">Its place.</param>
public sealed record Condition(bool Unless, ValueList<ConditionTerms> Alternatives, SourceSpan At);

/// <summary>Terms that must all hold.</summary>
public sealed record ConditionTerms(ValueList<ConditionTerm> Terms);

/// <summary>One term.</summary>
/// <param name="Acls">The ACLs of that name (several lines of one name are alternatives).</param>
/// <param name="Negated">Whether it must not hold.</param>
public sealed record ConditionTerm(ValueList<AclConfig> Acls, bool Negated);

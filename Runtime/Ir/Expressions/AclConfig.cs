using System.Net;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>A line of a named ACL with its patterns (<c>acl</c>), or an anonymous one of a condition.</summary>
/// <param name="Name">The name; "" for an anonymous one.</param>
/// <param name="Expression">What is compared.</param>
/// <param name="Match">How.</param>
/// <param name="Patterns">With what, any of which is enough; those of <see cref="Files"/> besides.</param>
/// <param name="IgnoreCase">Whether case is ignored (<c>-i</c>).</param>
/// <param name="At">Its place.</param>
public sealed record AclConfig(
    string Name, SampleExpression Expression, MatchMethod Match, ValueList<AclPattern> Patterns, bool IgnoreCase, SourceSpan At)
{
    /// <summary>The identity under which patterns can be changed at run time (<c>-u</c>); -1 none.</summary>
    public int UniqueId { get; init; } = -1;

    /// <summary>Files with more patterns (<c>-f</c>), already read.</summary>
    public ValueList<PatternFileConfig> Files { get; init; } = [];
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

    /// <summary>Equal bytes.</summary>
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

    /// <summary>An HTTP method.</summary>
    Method,
}

/// <summary>What a sample is compared with.</summary>
/// <param name="Text">As written.</param>
public abstract record AclPattern(string Text);

/// <summary>Text, or a regular expression, one character for each byte.</summary>
public sealed record TextPattern(string Text) : AclPattern(Text);

/// <summary>A range of numbers or lengths.</summary>
/// <param name="Text">As written.</param>
/// <param name="Minimum">The least, included; null none.</param>
/// <param name="Maximum">The greatest, included; null none.</param>
public sealed record RangePattern(string Text, long? Minimum, long? Maximum) : AclPattern(Text);

/// <summary>A block of addresses.</summary>
/// <param name="Text">As written.</param>
/// <param name="Address">An address of the block.</param>
/// <param name="Mask">Which bits count, of the same family.</param>
public sealed record AddressPattern(string Text, IPAddress Address, IPAddress Mask) : AclPattern(Text)
{
    /// <summary>The mask is a prefix, without holes.</summary>
    public bool IsContiguous
    {
        get
        {
            var ended = false;
            foreach (var part in Mask.GetAddressBytes())
            {
                var holes = (byte)~part;
                if ((ended && part != 0) || (holes & (holes + 1)) != 0)
                {
                    return false;
                }

                ended |= part != 255;
            }

            return true;
        }
    }
}

/// <summary>Bytes.</summary>
public sealed record BinaryPattern(string Text, ValueList<byte> Value) : AclPattern(Text);

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

using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>Text made from parts (configuration manual 8.2.6).</summary>
/// <param name="Parts">In order.</param>
/// <param name="Text">As written.</param>
/// <param name="At">Its place.</param>
public sealed record LogFormat(ValueList<LogFormatPart> Parts, string Text, SourceSpan At)
{
    /// <summary>An empty value is written as a dash, as in log lines.</summary>
    public bool DashWhenEmpty { get; init; }

    /// <summary>Control characters of samples are written as "%XX", and quotes are not asked for: the text goes into a message.</summary>
    public bool EncodeControls { get; init; }
}

/// <summary>One part of a format.</summary>
public abstract record LogFormatPart;

/// <summary>Fixed text.</summary>
public sealed record LiteralPart(string Value) : LogFormatPart;

/// <summary>Blanks between words, written once.</summary>
public sealed record SeparatorPart : LogFormatPart;

/// <summary>A tag such as <c>%ci</c>.</summary>
public sealed record TagPart(LogTag Tag, LogFormatFlags Flags) : LogFormatPart;

/// <summary>An expression such as <c>%[src]</c>.</summary>
public sealed record ExpressionPart(SampleExpression Expression, LogFormatFlags Flags) : LogFormatPart;

/// <summary>How a part is written (<c>%{+Q}</c> …).</summary>
[Flags]
public enum LogFormatFlags
{
    /// <summary>Plainly.</summary>
    None = 0,

    /// <summary>In quotes (<c>+Q</c>).</summary>
    Quote = 1,

    /// <summary>Addresses, ports and some numbers in hexadecimal digits (<c>+X</c>).</summary>
    Hex = 2,

    /// <summary>Escaped for RFC 5424 (<c>+E</c>).</summary>
    Escape = 4,
}

using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>What keywords outside this folder need of it: log formats, sample expressions and conditions inside other lines.</summary>
internal static class ExpressionReading
{
    /// <summary>
    /// Reads a log format (configuration manual 8.2.4) such as that of <c>log-format</c>, of a header value or of a check.
    /// </summary>
    /// <param name="text">The format.</param>
    /// <param name="at">Its place.</param>
    /// <param name="proxy">The section it stands in; null in <c>global</c>.</param>
    /// <param name="error">What is wrong with it, without place; null when it is good.</param>
    public static LogFormat? LogFormat(string text, SourceSpan at, ProxySyntax? proxy, out string? error)
    {
        error = null;
        return new LogFormat([new LiteralPart(text)], text, at);
    }

    /// <summary>Reads a sample expression from a word on; <paramref name="index"/> is left at the first word behind it.</summary>
    public static SampleExpression? Sample(ConfigLine line, ref int index, ProxySyntax? proxy, out string? error)
    {
        error = "sample expressions are not read yet";
        return null;
    }

    /// <summary>Reads <c>if</c>/<c>unless</c> and the condition behind it, to the end of the line.</summary>
    public static Condition? Condition(ConfigLine line, int index, ProxySyntax? proxy, out string? error)
    {
        error = "conditions are not read yet";
        return null;
    }
}

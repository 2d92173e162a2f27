using System.Text;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Formats;

/// <summary>Makes live formats of the IR's.</summary>
public static class LogFormatCompiler
{
    /// <summary>Makes a format.</summary>
    public static LogFormatProgram Compile(LogFormat format, RuleEnvironment environment)
    {
        var parts = new FormatPart[format.Parts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = format.Parts[i] switch
            {
                LiteralPart literal => new LiteralFormatPart(Encoding.Latin1.GetBytes(literal.Value)),
                SeparatorPart => new SeparatorFormatPart(),
                TagPart tag => new TagFormatPart(tag.Tag, tag.Flags, format.DashWhenEmpty, environment.HostName),
                ExpressionPart part => new SampleFormatPart(RuleCompiler.Sample(part.Expression, environment), part.Flags, format.DashWhenEmpty, format.EncodeControls),
                _ => throw new InvalidOperationException("Unknown part of a format."),
            };
        }

        return new LogFormatProgram(parts);
    }
}

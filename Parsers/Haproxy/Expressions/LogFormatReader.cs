using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>How a format is used, which decides on blanks and empty values.</summary>
[Flags]
internal enum FormatUse
{
    /// <summary>Text of a header, a body, a variable.</summary>
    Value = 0,

    /// <summary>Tags of HTTP may be used.</summary>
    Http = 1,

    /// <summary>Runs of blanks are one separator.</summary>
    MergeBlanks = 2,

    /// <summary>An empty value is written as a dash.</summary>
    Mandatory = 4,

    /// <summary>Control characters are encoded: the text goes into a message.</summary>
    Encode = 8,

    /// <summary>A header, a body, a location.</summary>
    Message = Http | Encode,
}

/// <summary>Reads log formats, "text %ci %{+Q}[req.hdr(host)]" (configuration manual 8.2.6).</summary>
internal static class LogFormatReader
{
    private static readonly DiagnosticDescriptor BufferIgnored =
        DiagnosticDescriptor.Warning("buffer-fetch-in-format", "L6 sample fetch <{0}> ignored in HTTP log-format string.");

    /// <summary>Reads a format; null after a mistake.</summary>
    public static LogFormat? Read(string text, FormatUse use, ExpressionScope scope)
    {
        var parts = new List<LogFormatPart>();
        var literal = new StringBuilder();
        var flags = LogFormatFlags.None;
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '%')
            {
                if (at + 1 < text.Length && text[at + 1] == '%')
                {
                    literal.Append('%');
                    at += 2;
                    continue;
                }

                Flush(literal, parts);
                at++;
                if (!ReadTag(text, ref at, ref flags, use, parts, scope))
                {
                    return null;
                }

                continue;
            }

            if (c == ' ' && (use & FormatUse.MergeBlanks) != 0)
            {
                Flush(literal, parts);
                if (parts.Count == 0 || parts[^1] is not SeparatorPart)
                {
                    parts.Add(new SeparatorPart());
                }

                at++;
                continue;
            }

            literal.Append(c);
            at++;
        }

        Flush(literal, parts);
        return new LogFormat([.. parts], text, scope.At) 
        {
            DashWhenEmpty = (use & FormatUse.Mandatory) != 0,
            EncodeControls = (use & FormatUse.Encode) != 0,
        };
    }

    private static void Flush(StringBuilder literal, List<LogFormatPart> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString()));
            literal.Clear();
        }
    }

    // Behind the percent sign: optional flags in braces, then a name or an expression in brackets.
    private static bool ReadTag(
        string text, ref int at, ref LogFormatFlags flags, FormatUse use, List<LogFormatPart> parts, ExpressionScope scope)
    {
        var own = flags;
        if (at < text.Length && text[at] == '{')
        {
            var end = text.IndexOf('}', at);
            if (end < 0)
            {
                return scope.Fail($"truncated line after '{text[(at + 1)..]}'");
            }

            own = ReadFlags(text[(at + 1)..end], flags);
            at = end + 1;
        }

        if (at >= text.Length)
        {
            return scope.Fail("truncated line after '%'");
        }

        if (text[at] == '[')
        {
            at++;
            return ReadExpression(text, ref at, own, parts, scope);
        }

        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        var name = text[start..at];
        if (name == "o")
        {
            flags = own;
            return true;
        }

        if (!LogTagTable.TryFind(name, out var tag, out var httpOnly))
        {
            return scope.Fail($"no such format variable '{name}'. If you wanted to emit the '%' character verbatim, you need to use '%%'");
        }

        if (httpOnly && (use & FormatUse.Http) == 0)
        {
            return scope.Fail($"format variable '{name}' is reserved for HTTP mode");
        }

        parts.Add(new TagPart(tag, own));
        return true;
    }

    private static bool ReadExpression(string text, ref int at, LogFormatFlags flags, List<LogFormatPart> parts, ExpressionScope scope)
    {
        var start = at;
        if (SampleReader.ReadInside(text, ref at, scope) is not { } sample)
        {
            scope.Error = $"failed to parse sample expression <{text[start..]}> : {scope.Error}";
            return false;
        }

        if (at >= text.Length)
        {
            return scope.Fail($"missing ']' after '{text[start..at]}'");
        }

        if (text[at] != ']')
        {
            return scope.Fail($"expected ']' after '{text[start..at]}', but found '{text[at]}'");
        }

        if ((sample.Keyword.Places & scope.Place) == 0)
        {
            return scope.Fail($"sample fetch <{text[start..]}> may not be reliably used here because it needs "
                + $"'{RulePlaceNames.NeedsOf(sample.Keyword.Needs)}' which is not available here");
        }

        if (sample.Keyword.Needs is "b" or "r" or "br" && sample.Keyword.Name is not ("req.body" or "res.body"))
        {
            scope.Sink?.Add(BufferIgnored, scope.At, text[start..]);
        }

        at++;
        parts.Add(new ExpressionPart(sample.Expression, flags));
        return true;
    }

    private static LogFormatFlags ReadFlags(string text, LogFormatFlags flags)
    {
        var add = true;
        foreach (var c in text)
        {
            var flag = c switch { 'Q' => LogFormatFlags.Quote, 'X' => LogFormatFlags.Hex, 'E' => LogFormatFlags.Escape, _ => LogFormatFlags.None };
            add = c switch { '+' => true, '-' => false, _ => add };
            flags = add ? flags | flag : flags & ~flag;
        }

        return flags;
    }
}

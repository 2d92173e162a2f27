using System.Text;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <content>What an answer must look like.</content>
internal static partial class CheckLines
{
    private const string HttpPatterns =
        "'only supports min-recv, [!]string', '[!]rstring', '[!]string-lf', '[!]status', '[!]rstatus', [!]hdr, [!]fhdr or comment but got '{0}' as argument.";

    private const string TcpPatterns =
        "'only supports min-recv, '[!]binary', '[!]string', '[!]rstring', '[!]string-lf''[!]rbinary', '[!]binary-lf' or comment but got '{0}' as argument.";

    private static ExpectStep? Expect(ConfigLine line, ProxySyntax proxy, bool http, out string? error)
    {
        error = null;
        if (line[2].Length == 0)
        {
            return Fail<ExpectStep>(out error, "expects at least a matching pattern as arguments");
        }

        var step = new ExpectStep(line.At) { Kind = ExpectKind.Protocol };
        var found = false;
        for (var i = 2; line[i].Length > 0; i++)
        {
            var word = line[i];
            switch (word)
            {
                case "min-recv":
                    if (found)
                    {
                        return Fail<ExpectStep>(out error, $"'{word}' must be before the pattern");
                    }

                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ExpectStep>(out error, $"'{word}' expects a integer as argument");
                    }

                    var least = Values.Number(line[++i]);
                    if (least is < -1 or > int.MaxValue)
                    {
                        return Fail<ExpectStep>(out error, $"'{word}' expects -1 or an integer from 0 to INT_MAX");
                    }

                    step = step with { MinReceive = (int)least };
                    continue;
                case "comment" or "ok-status" or "error-status" or "tout-status" or "on-success" or "on-error":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ExpectStep>(out error, $"'{word}' expects a string as argument");
                    }

                    if (Report(line, ++i, word, step, proxy, out error) is not { } reported)
                    {
                        return null;
                    }

                    step = reported;
                    continue;
                case "status-code":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ExpectStep>(out error, $"'{word}' expects an expression as argument");
                    }

                    i++;
                    if (Sample(line, ref i, proxy, out error) is not { } code)
                    {
                        return Fail<ExpectStep>(out error, "error detected while parsing status-code expression : " + error);
                    }

                    step = step with { StatusCode = code };
                    continue;
            }

            if (found)
            {
                return Fail<ExpectStep>(out error, Kind(word.TrimStart('!'), http) is null && word != "!"
                    ? string.Format(System.Globalization.CultureInfo.InvariantCulture, http ? HttpPatterns : TcpPatterns, word)
                    : "only on pattern expected");
            }

            if (Pattern(line, ref i, step, proxy, http, out error) is not { } pattern)
            {
                return null;
            }

            step = pattern;
            found = true;
        }

        return found ? step : Fail<ExpectStep>(out error, "expects at least a matching pattern as arguments");
    }

    private static ExpectStep? Report(ConfigLine line, int i, string word, ExpectStep step, ProxySyntax proxy, out string? error)
    {
        error = null;
        var value = line[i];
        switch (word)
        {
            case "comment":
                return step with { Comment = value };
            case "ok-status":
                return value is "L4OK" or "L6OK" or "L7OK" or "L7OKC" ? step with { OkStatus = value }
                    : Fail<ExpectStep>(out error, $"'{word}' only supports 'L4OK', 'L6OK', 'L7OK' or 'L7OKC' status (got '{value}').");
            case "error-status":
                return value is "L4CON" or "L6RSP" or "L7RSP" or "L7STS" ? step with { ErrorStatus = value }
                    : Fail<ExpectStep>(out error, $"'{word}' only supports 'L4CON', 'L6RSP', 'L7RSP' or 'L7STS' status (got '{value}').");
            case "tout-status":
                return value is "L4TOUT" or "L6TOUT" or "L7TOUT" ? step with { TimeoutStatus = value }
                    : Fail<ExpectStep>(out error, $"'{word}' only supports 'L4TOUT', 'L6TOUT' or 'L7TOUT' status (got '{value}').");
        }

        if (Format(line, i, proxy, out error) is not { } format)
        {
            return Fail<ExpectStep>(out error, $"'{value}' invalid log-format string ({error}).\n");
        }

        return word == "on-success" ? step with { OnSuccess = format } : step with { OnError = format };
    }

    private static ExpectKind? Kind(string word, bool http) => (word, http) switch
    {
        ("string", false) => ExpectKind.Text,
        ("string-lf", false) => ExpectKind.Text,
        ("rstring", false) => ExpectKind.Regex,
        ("binary" or "binary-lf", false) => ExpectKind.Binary,
        ("rbinary", false) => ExpectKind.BinaryRegex,
        ("string" or "string-lf", true) => ExpectKind.HttpBody,
        ("rstring", true) => ExpectKind.HttpBodyRegex,
        ("status", true) => ExpectKind.HttpStatus,
        ("rstatus", true) => ExpectKind.HttpStatusRegex,
        ("hdr" or "fhdr", true) => ExpectKind.HttpHeader,
        _ => null,
    };

    private static ExpectStep? Pattern(ConfigLine line, ref int i, ExpectStep step, ProxySyntax proxy, bool http, out string? error)
    {
        error = null;
        var negated = false;
        var word = line[i];
        while (word.StartsWith('!'))
        {
            negated = !negated;
            word = word[1..];
            if (word.Length == 0)
            {
                word = line[++i];
            }
        }

        if (Kind(word, http) is not { } kind)
        {
            return Fail<ExpectStep>(out error,
                string.Format(System.Globalization.CultureInfo.InvariantCulture, http ? HttpPatterns : TcpPatterns, line[i]));
        }

        step = step with { Kind = kind, Negated = negated };
        if (kind == ExpectKind.HttpHeader)
        {
            return Header(line, ref i, step with { HeaderFull = word == "fhdr" }, word, proxy, out error);
        }

        if (line[i + 1].Length == 0)
        {
            return Fail<ExpectStep>(out error, $"'{word}' expects a <pattern> as argument");
        }

        var pattern = line[++i];
        if (word.EndsWith("-lf", StringComparison.Ordinal))
        {
            return Format(line, i, proxy, out error) is { } format ? step with { PatternFormat = format }
                : Fail<ExpectStep>(out error, $"'{pattern}' invalid log-format string ({error}).\n");
        }

        switch (kind)
        {
            case ExpectKind.HttpStatus:
                return Statuses(pattern, out var ranges, out error) ? step with { Statuses = ranges } : null;
            case ExpectKind.Binary:
                return Hexadecimal(pattern, out var bytes) is { } wrong ? Fail<ExpectStep>(out error, $"invalid binary string ({wrong})")
                    : step with { Pattern = bytes };
            case ExpectKind.Regex or ExpectKind.BinaryRegex or ExpectKind.HttpBodyRegex or ExpectKind.HttpStatusRegex
                when ExpressionServices.RegexError(pattern, false) is { } bad:
                return Fail<ExpectStep>(out error, bad);
            default:
                return step with { Pattern = ValueList.Create<byte>(Encoding.Latin1.GetBytes(pattern)) };
        }
    }

    // "200,204,300-399"
    private static bool Statuses(string text, out ValueList<StatusRange> ranges, out string? error)
    {
        ranges = [];
        error = null;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('-' or ','))
            {
                error = $"invalid character '{c}' in the list of status codes";
                return false;
            }
        }

        foreach (var part in text.Split(','))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var low = Values.Number(dash < 0 ? part : part[..dash]);
            var high = dash < 0 ? low : Values.Number(part[(dash + 1)..]);
            if (part.Length == 0 || high < low || dash == 0 || dash == part.Length - 1)
            {
                error = $"invalid range of status codes '{part}'";
                return false;
            }

            ranges = ranges.Add(new StatusRange((int)low, (int)high));
        }

        return true;
    }

    // hdr { name | name-lf } [ -m <meth> ] <name> [ { value | value-lf } [ -m <meth> ] <value> ]
    private static ExpectStep? Header(ConfigLine line, ref int i, ExpectStep step, string word, ProxySyntax proxy, out string? error)
    {
        error = null;
        if (line[i + 1] is not ("name" or "name-lf") || line[i + 2].Length == 0)
        {
            return Fail<ExpectStep>(out error, $"'{word}' expects at the name keyword as first argument followed by a pattern");
        }

        var formatted = line[++i] == "name-lf";
        if (Method(line, ref i, word, "str", out var method, out error) is false)
        {
            return null;
        }

        step = step with { HeaderNameMatch = method };
        if (Text(line, i, method, formatted, proxy, out error) is not { } name)
        {
            return null;
        }

        step = step with { HeaderName = name };
        if (line[i + 1] is not ("value" or "value-lf"))
        {
            return step;
        }

        formatted = line[++i] == "value-lf";
        if (line[i + 1].Length == 0)
        {
            return Fail<ExpectStep>(out error, $"'{word}' expect a pattern with the value keyword");
        }

        if (Method(line, ref i, word, "str", out method, out error) is false || Text(line, i, method, formatted, proxy, out error) is not { } value)
        {
            return null;
        }

        return step with { HeaderValueMatch = method, HeaderValue = value };
    }

    // Leaves the index at the pattern.
    private static bool Method(ConfigLine line, ref int i, string word, string otherwise, out string method, out string? error)
    {
        (method, error) = (otherwise, null);
        if (line[i + 1] == "-m")
        {
            method = line[i + 2];
            if (method is not ("str" or "beg" or "end" or "sub" or "reg"))
            {
                error = $"'{word}' : '-m' only supports 'str', 'beg', 'end', 'sub' or 'reg' (got '{method}')";
                return false;
            }

            i += 2;
        }

        i++;
        return true;
    }

    private static Runtime.Ir.Expressions.LogFormat? Text(
        ConfigLine line, int i, string method, bool formatted, ProxySyntax proxy, out string? error)
    {
        error = null;
        if (formatted)
        {
            return Format(line, i, proxy, out error);
        }

        error = method == "reg" ? ExpressionServices.RegexError(line[i], false) : null;
        return error is null ? Literal(line, i) : null;
    }
}

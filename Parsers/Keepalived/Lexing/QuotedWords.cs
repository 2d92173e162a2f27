using System.Text;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>Splits the line of a script as keepalived.conf(5) "Quoted strings" has it: both quotes, glued pieces, escapes of the shell.</summary>
internal static class QuotedWords
{
    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="missing">The quote that has no end; null where all have.</param>
    public static List<string> Split(string text, out char? missing)
    {
        var words = new List<string>();
        missing = null;
        var at = 0;
        while (true)
        {
            while (at < text.Length && WordSplitter.IsBlank(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                return words;
            }

            words.Add(Next(text, ref at, out missing));
            if (missing is not null)
            {
                return words;
            }
        }
    }

    private static string Next(string text, ref int at, out char? missing)
    {
        var word = new StringBuilder();
        missing = null;
        char? quote = null;
        while (at < text.Length && (quote is not null || !WordSplitter.IsBlank(text[at])))
        {
            var c = text[at++];
            if (c == '\\' && at < text.Length)
            {
                word.Append(Escaped(text, ref at));
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is '"' or '\'' && quote is null)
            {
                quote = c;
            }
            else
            {
                word.Append(c);
            }
        }

        missing = quote;
        return word.ToString();
    }

    private static char Escaped(string text, ref int at)
    {
        var c = text[at++];
        switch (c)
        {
            case 'a': return '\a';
            case 'b': return '\b';
            case 'E': return '\x1b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'c' when at < text.Length: return (char)(text[at++] & 0x1f);
            case 'x' when at < text.Length && char.IsAsciiHexDigit(text[at]):
                return Number(text, ref at, 16, int.MaxValue);
            case >= '0' and <= '7':
                at--;
                return Number(text, ref at, 8, 3);
            default: return c;
        }
    }

    private static char Number(string text, ref int at, int radix, int digits)
    {
        var value = 0;
        while (at < text.Length && digits-- > 0 && char.IsAsciiHexDigit(text[at]) && Convert.ToInt32(text[at..(at + 1)], 16) is var digit && digit < radix)
        {
            value = ((value * radix) + digit) & 0xff;
            at++;
        }

        return (char)value;
    }
}

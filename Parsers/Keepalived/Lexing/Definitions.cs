using System.Globalization;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>The parameters of a file (<c>$NAME=value</c>) and their substitution.</summary>
internal sealed class Definitions(string configId, int seed)
{
    /// <summary>How often one line is substituted into before a definition that contains itself is left alone.</summary>
    private const int MostSubstitutions = 500;

    private const int LongestLine = 65536;
    private Random _random = new(seed);
    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal) { ["_INSTANCE"] = [configId], ["_HASH"] = ["#"], ["_BANG"] = ["!"] };

    /// <summary>How many characters substitutions have made so far.</summary>
    public long Written { get; private set; }

    /// <summary>Random numbers begin anew.</summary>
    public void Reseed(int newSeed) => _random = new Random(newSeed);

    /// <summary>Sets a parameter; more than one line for a body of several.</summary>
    public void Set(string name, params string[] lines) => _values[name] = lines;

    /// <summary>Reads <c>$NAME=</c> at the beginning of a line.</summary>
    /// <returns>The name, and where the value begins; null where the line is no definition.</returns>
    public static (string Name, int Value)? Head(string text)
    {
        if (text.Length < 3 || text[0] != '$')
        {
            return null;
        }

        var end = NameEnd(text, 1);
        return end > 1 && end < text.Length && text[end] == '=' ? (text[1..end], end + 1) : null;
    }

    /// <summary>Substitutes all parameters of a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="directory">What <c>${_PWD}</c> stands for.</param>
    /// <param name="more">The lines behind the first, of a body of several lines; null for none.</param>
    /// <returns>The first line.</returns>
    public string Substitute(string text, string directory, out List<string>? more)
    {
        more = null;
        var at = text.IndexOf('$');
        for (var count = 0; at >= 0 && count < MostSubstitutions && text.Length < LongestLine;)
        {
            if (Reference(text, at, directory) is not var (lines, end) || (lines.Length > 1 && !IsLast(text, end)))
            {
                at = text.IndexOf('$', at + 1);
                continue;
            }

            count++;
            Written += text.Length;
            if (lines.Length > 1)
            {
                more = [.. lines[1..], .. more ?? []];
                text = string.Concat(text.AsSpan(0, at), lines[0]);
            }
            else
            {
                text = string.Concat(text.AsSpan(0, at), lines[0], text.AsSpan(end));
                if (text.StartsWith('~'))
                {
                    // What is repeated is substituted anew each time.
                    break;
                }
            }

            at = at < text.Length ? text.IndexOf('$', at) : -1;
        }

        return text;
    }

    /// <summary>The value of a parameter inside a word that only the caller delimits; null where it is not defined.</summary>
    public string? Value(string name) => _values.TryGetValue(name, out var lines) && lines.Length == 1 ? lines[0] : null;

    private (string[] Lines, int End)? Reference(string text, int at, string directory)
    {
        var braced = at + 1 < text.Length && text[at + 1] == '{';
        var start = at + (braced ? 2 : 1);
        var end = NameEnd(text, start);
        if (end == start)
        {
            return null;
        }

        var name = text[start..end];
        if (braced && name == "_RANDOM")
        {
            return RandomNumber(text, end);
        }

        if (braced ? end >= text.Length || text[end] != '}' : end < text.Length && !WordSplitter.IsBlank(text[end]))
        {
            return null;
        }

        var after = braced ? end + 1 : end;
        return _values.TryGetValue(name, out var lines) ? (lines, after)
            : name == "_PWD" ? ([directory], after)
            : name == "_RANDOM" ? ([_random.Next(0, 32768).ToString(CultureInfo.InvariantCulture)], after)
            : null;
    }

    // ${_RANDOM [MIN [MAX]]}
    private (string[] Lines, int End)? RandomNumber(string text, int at)
    {
        var close = text.IndexOf('}', at);
        if (close < 0)
        {
            return null;
        }

        var words = text[at..close].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        uint min = 0, max = 32767;
        if (words.Length > 2 || (words.Length > 0 && !uint.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out min)) ||
            (words.Length > 1 && !uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out max)) || min > max)
        {
            return null;
        }

        return ([_random.NextInt64(min, (long)max + 1).ToString(CultureInfo.InvariantCulture)], close + 1);
    }

    private static bool IsLast(string text, int end) => text.AsSpan(end).Trim().IsEmpty;

    private static int NameEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_') && !(end == start && char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        return end;
    }
}

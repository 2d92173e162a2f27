using System.Globalization;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>A line that is read several times (<c>~SEQ</c>, <c>~LST</c>): before each turn its parameters are set anew.</summary>
internal sealed class Repetition(string rest, int turns, Action<int> set)
{
    private int _turn;

    /// <summary>The line of the next turn; null behind the last.</summary>
    public string? Next()
    {
        if (_turn >= turns)
        {
            return null;
        }

        set(_turn++);
        return rest;
    }

    /// <summary>Reads a <c>~SEQ</c> or <c>~LST</c> at the beginning of a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="definitions">Where the parameters are set.</param>
    /// <param name="complaints">What is wrong with it; empty for nothing.</param>
    /// <returns>Null where it is none, or wrong.</returns>
    public static Repetition? Read(string text, Definitions definitions, List<string> complaints)
    {
        if (text.StartsWith("~SEQ", StringComparison.Ordinal))
        {
            return Sequence(text, definitions, complaints);
        }

        return text.StartsWith("~LST", StringComparison.Ordinal) ? ListOf(text, definitions, complaints) : null;
    }

    private static Repetition? Sequence(string text, Definitions definitions, List<string> complaints)
    {
        var at = 4;
        var hexadecimal = at < text.Length && text[at] == 'x';
        at = SkipBlanks(text, hexadecimal ? at + 1 : at);
        if (at >= text.Length || text[at] != '(')
        {
            complaints.Add("Invalid ~SEQ specification");
            return null;
        }

        var close = text.IndexOf(')', at);
        if (close < 0)
        {
            complaints.Add("~SEQ parameter strings too long");
            complaints.Add("Invalid ~SEQ specification");
            return null;
        }

        var words = text[(at + 1)..close].Split(',', StringSplitOptions.TrimEntries);
        var numbers = new long[3];
        var good = words.Length is >= 2 and <= 4 && words[0].Length > 0;
        for (var i = 1; good && i < words.Length; i++)
        {
            good = TryNumber(words[i], definitions, out numbers[i - 1]);
        }

        if (!good)
        {
            complaints.Add("Invalid ~SEQ definition");
            complaints.Add("Invalid ~SEQ specification");
            return null;
        }

        var (start, step, end) = words.Length switch
        {
            2 => (numbers[0] < 0 ? -1 : 1, numbers[0] < 0 ? -1 : 1, numbers[0]),
            3 => (numbers[0], numbers[1] < numbers[0] ? -1 : 1, numbers[1]),
            _ => (numbers[0], numbers[1], numbers[2]),
        };
        if (step == 0 || (start < end && step < 0) || (start > end && step > 0))
        {
            complaints.Add("Invalid ~SEQ values");
            complaints.Add("Invalid ~SEQ specification");
            return null;
        }

        var turns = (int)Math.Min(int.MaxValue, ((end - start) / step) + 1);
        return new Repetition(text[(close + 1)..].TrimStart(), turns, turn =>
            definitions.Set(words[0], (start + (turn * step)).ToString(hexadecimal ? "x" : "D", CultureInfo.InvariantCulture)));
    }

    private static Repetition? ListOf(string text, Definitions definitions, List<string> complaints)
    {
        var at = SkipBlanks(text, 4);
        var close = Closing(text, at);
        var groups = close < 0 ? null : Groups(text[(at + 1)..close]);
        if (groups is null || groups.Count < 2)
        {
            complaints.Add("Invalid ~LST specification");
            return null;
        }

        foreach (var values in groups)
        {
            if (values.Length > groups[0].Length)
            {
                complaints.Add("~LST specification has too many values");
                complaints.Add("Invalid ~LST specification");
                return null;
            }
        }

        return new Repetition(text[(close + 1)..].TrimStart(), groups.Count - 1, turn =>
        {
            for (var i = 0; i < groups[0].Length; i++)
            {
                definitions.Set(groups[0][i], i < groups[turn + 1].Length ? groups[turn + 1][i] : "");
            }
        });
    }

    private static int Closing(string text, int open) => open < text.Length && text[open] == '(' ? text.IndexOf(')', open) : -1;

    // "a, {b, c}, d" as groups of words; null where a word has blanks or quotes in it.
    private static List<string[]>? Groups(string text)
    {
        var groups = new List<string[]>();
        for (var at = 0; at <= text.Length;)
        {
            at = SkipBlanks(text, at);
            var braced = at < text.Length && text[at] == '{';
            var end = text.IndexOf(braced ? '}' : ',', at);
            if (braced && end < 0)
            {
                return null;
            }

            end = end < 0 ? text.Length : end;
            var group = (braced ? text[(at + 1)..end] : text[at..end]).Split(',', StringSplitOptions.TrimEntries);
            foreach (var word in group)
            {
                if (word.AsSpan().IndexOfAny(" \t\"") >= 0)
                {
                    return null;
                }
            }

            groups.Add(group);
            at = SkipBlanks(text, braced ? end + 1 : end);
            if (at < text.Length && text[at] != ',')
            {
                return null;
            }

            at++;
        }

        return groups;
    }

    private static bool TryNumber(string word, Definitions definitions, out long number)
    {
        if (word.StartsWith('$'))
        {
            word = definitions.Value(word.Trim('$', '{', '}')) ?? word;
        }

        return Numbers.TryStrtol(word, out number) && Math.Abs(number) <= int.MaxValue;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && WordSplitter.IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }
}

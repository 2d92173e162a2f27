using System.Text;
using System.Text.RegularExpressions;
using Dropin.Parsers.Keepalived.Binding;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>glob(3) with brace expressions, over the folders of a machine that is asked for its files.</summary>
internal static class GlobPattern
{
    private const int MostAlternatives = 1000;

    /// <summary>Whether a name has characters that glob(3) interprets.</summary>
    public static bool HasWildcards(string name) => name.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>Whether the folder is there in which the first part with wildcards is looked for.</summary>
    public static bool HasFolder(string pattern, string folder, IHostFacts facts)
    {
        var end = pattern.AsSpan(0, pattern.AsSpan().IndexOfAny('*', '?', '[')).LastIndexOf('/');
        return end < 0 || facts.Exists(Path.Combine(folder, pattern[..(end + 1)]));
    }

    /// <summary>Takes brace expressions apart: <c>a{b,c}</c> is <c>ab</c> and <c>ac</c>.</summary>
    public static List<string> Alternatives(string pattern)
    {
        var done = new List<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var one) && done.Count + open.Count < MostAlternatives)
        {
            var (start, end, commas) = Braces(one);
            if (start < 0)
            {
                done.Add(one);
                continue;
            }

            for (var i = commas.Count; i >= 0; i--)
            {
                var from = i == 0 ? start + 1 : commas[i - 1] + 1;
                var to = i == commas.Count ? end : commas[i];
                open.Push(string.Concat(one.AsSpan(0, start), one.AsSpan(from, to - from), one.AsSpan(end + 1)));
            }
        }

        return done;
    }

    /// <summary>The files that match a pattern without braces, sorted; a name without wildcards where it exists.</summary>
    /// <param name="pattern">Relative to the folder, or absolute.</param>
    /// <param name="folder">What relative names are relative to.</param>
    /// <param name="facts">The machine.</param>
    public static List<string> Match(string pattern, string folder, IHostFacts facts)
    {
        var found = new List<string> { pattern.StartsWith('/') ? "/" : "" };
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var next = new List<string>();
            foreach (var before in found)
            {
                if (!HasWildcards(parts[i]))
                {
                    next.Add(before + parts[i]);
                    continue;
                }

                var names = facts.List(Path.Combine(folder, before)).Where(n => Matches(n, parts[i])).Order(StringComparer.Ordinal);
                next.AddRange(names.Select(n => before + n));
            }

            found = i + 1 < parts.Length ? next.ConvertAll(n => n + "/") : next;
        }

        return found.FindAll(n => facts.Exists(Path.Combine(folder, n)));
    }

    private static bool Matches(string name, string pattern)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.'))
        {
            return false;
        }

        var regex = new StringBuilder("\\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) : -1;
            if (close > 0)
            {
                var set = pattern[(i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                regex.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
                i = close;
            }
            else
            {
                regex.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }

        try
        {
            return Regex.IsMatch(name, regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static (int Start, int End, List<int> Commas) Braces(string text)
    {
        var commas = new List<int>();
        var start = text.IndexOf('{');
        var depth = 0;
        for (var i = Math.Max(start, 0); start >= 0 && i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 1 && text[i] == ',')
            {
                commas.Add(i);
            }

            if (depth == 0)
            {
                return (start, i, commas);
            }
        }

        return (-1, -1, commas);
    }
}

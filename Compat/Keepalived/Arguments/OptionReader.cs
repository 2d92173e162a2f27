namespace Dropin.Compat.Keepalived.Arguments;

/// <summary>Whether an option takes a value.</summary>
public enum OptionValue
{
    /// <summary>None; <c>--name=value</c> is no such option.</summary>
    None,

    /// <summary>The rest of the word or the next word.</summary>
    Required,

    /// <summary>The rest of the word only.</summary>
    Optional,
}

/// <summary>One option.</summary>
/// <param name="Letter">Its letter; '\0' where it has only a name.</param>
/// <param name="Name">Its long name.</param>
/// <param name="Value">Whether it takes a value.</param>
public sealed record OptionKind(char Letter, string Name, OptionValue Value);

/// <summary>What a reader found: an option, a word of its own, or a mistake.</summary>
/// <param name="Kind">The option; null for a word or a mistake.</param>
/// <param name="Value">Its value, the word, or the sentence about the mistake.</param>
/// <param name="IsMistake">Whether it is a mistake.</param>
public readonly record struct OptionFinding(OptionKind? Kind, string? Value, bool IsMistake);

/// <summary>
/// Options as getopt_long(3) reads them: letters in one word, values glued or behind, names cut as long as they are
/// unique, <c>--</c>, options behind words. Pure: the words come in, findings go out, in order.
/// </summary>
/// <param name="kinds">The options there are.</param>
public sealed class OptionReader(IReadOnlyList<OptionKind> kinds)
{
    /// <summary>Reads all words; the words that are no options come last, as getopt moves them.</summary>
    public IReadOnlyList<OptionFinding> Read(IReadOnlyList<string> words)
    {
        var found = new List<OptionFinding>();
        var rest = new List<OptionFinding>();
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word == "--")
            {
                rest.AddRange(words.Skip(at + 1).Select(Word));
                break;
            }
            if (word.StartsWith("--", StringComparison.Ordinal))
                ReadName(words, ref at, found);
            else if (word.Length > 1 && word[0] == '-')
                ReadLetters(words, ref at, found);
            else
                rest.Add(Word(word));
        }
        return [.. found, .. rest];
    }

    private void ReadName(IReadOnlyList<string> words, ref int at, List<OptionFinding> found)
    {
        var word = words[at];
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        var value = equals < 0 ? null : word[(equals + 1)..];
        var kind = Named(name);
        if (kind == null || (value != null && kind.Value == OptionValue.None))
            found.Add(Mistake("Unknown option " + word));
        else if (kind.Value == OptionValue.Required && value == null)
            found.Add(at + 1 < words.Count ? new OptionFinding(kind, words[++at], false) : Mistake("Missing parameter for option --X"));
        else
            found.Add(new OptionFinding(kind, value, false));
    }

    private void ReadLetters(IReadOnlyList<string> words, ref int at, List<OptionFinding> found)
    {
        var word = words[at];
        for (var i = 1; i < word.Length; i++)
        {
            var kind = kinds.FirstOrDefault(candidate => candidate.Letter == word[i]);
            if (kind == null)
            {
                found.Add(Mistake("Unknown option -" + word[i]));
                continue;
            }
            if (kind.Value == OptionValue.None)
            {
                found.Add(new OptionFinding(kind, null, false));
                continue;
            }
            var value = i + 1 < word.Length ? word[(i + 1)..] : null;
            if (value == null && kind.Value == OptionValue.Required)
                found.Add(at + 1 < words.Count ? new OptionFinding(kind, words[++at], false) : Mistake("Missing parameter for option -" + kind.Letter));
            else
                found.Add(new OptionFinding(kind, value, false));
            return;
        }
    }

    private OptionKind? Named(string name)
    {
        var candidates = kinds.Where(kind => kind.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        return candidates.Find(kind => kind.Name == name) ?? (candidates.Count == 1 ? candidates[0] : null);
    }

    private static OptionFinding Word(string word) => new(null, word, false);

    private static OptionFinding Mistake(string sentence) => new(null, sentence, true);
}

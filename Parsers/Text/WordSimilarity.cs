namespace Dropin.Parsers.Text;

/// <summary>
/// "Did you mean": finds the known word whose letter pairs differ least from those of the word at hand.
/// </summary>
/// <remarks>
/// A word's print counts which kind of character follows which: letters without case, one class for digits, one for everything else, which is
/// also the state before the first and after the last character. Two prints are as far apart as the sum of their differences;
/// a distance of more than twice either word's length is no resemblance.
/// </remarks>
internal sealed class WordSimilarity(IReadOnlyList<string> words)
{
    private const int Kinds = 32;
    private const int Other = 28;
    private byte[]?[]? _prints;

    /// <summary>The nearest word, the first of several, or null when none is near.</summary>
    /// <param name="word">The word at hand.</param>
    /// <param name="either">The distance is measured against both words' lengths; rule actions are measured against the first alone.</param>
    public string? Nearest(string word, bool either = true)
    {
        _prints ??= new byte[words.Count][];
        var print = Print(word);
        var best = int.MaxValue;
        string? nearest = null;
        for (var i = 0; i < words.Count; i++)
        {
            var distance = Distance(print, _prints[i] ??= Print(words[i]));
            if (distance < best)
            {
                (best, nearest) = (distance, words[i]);
            }
        }

        return nearest is null || best > 2 * word.Length || (either && best > 2 * nearest.Length) ? null : nearest;
    }

    private static int Distance(byte[] left, byte[] right)
    {
        var sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += Math.Abs(left[i] - right[i]);
        }

        return sum;
    }

    private static byte[] Print(string word)
    {
        var print = new byte[Kinds * Kinds];
        var from = Other;
        foreach (var c in word)
        {
            var to = Kind(c);
            print[to] = 1;
            print[(Kinds * from) + to]++;
            from = to;
        }

        print[(Kinds * from) + Other]++;
        return print;
    }

    private static int Kind(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a' + 1,
        >= 'A' and <= 'Z' => c - 'A' + 1,
        >= '0' and <= '9' => 27,
        _ => Other,
    };
}

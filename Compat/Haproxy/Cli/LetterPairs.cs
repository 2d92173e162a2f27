namespace Dropin.Compat.Haproxy.Cli;

/// <summary>Counts which kind of character follows which in some words; the basis of "maybe a better match".</summary>
/// <remarks>The same measure as the front end uses for single words, summed over several.</remarks>
internal static class LetterPairs
{
    private const int Kinds = 32;
    private const int Other = 28;

    internal static byte[] Of(ReadOnlySpan<string> words)
    {
        var print = new byte[Kinds * Kinds];
        foreach (var word in words)
        {
            var from = Other;
            foreach (var character in word)
            {
                var to = KindOf(character);
                print[to] = 1;
                print[(Kinds * from) + to]++;
                from = to;
            }
            print[(Kinds * from) + Other]++;
        }
        return print;
    }

    internal static int Distance(byte[] left, byte[] right)
    {
        var sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += Math.Abs(left[i] - right[i]);
        }
        return sum;
    }

    private static int KindOf(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a' + 1,
        >= 'A' and <= 'Z' => character - 'A' + 1,
        >= '0' and <= '9' => 27,
        _ => Other,
    };
}

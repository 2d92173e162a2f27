namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Sets of threads, processes and processors: "all", "odd", "even", "3", "1-4".</summary>
internal static class ThreadSets
{
    /// <summary>Reads one set; the sentence of what is wrong, or null.</summary>
    public static string? Read(string text, int max, out ulong mask)
    {
        mask = 0;
        switch (text)
        {
            case "all":
                mask = ulong.MaxValue >> (64 - max);
                return null;
            case "odd":
                mask = 0x5555555555555555 & (ulong.MaxValue >> (64 - max));
                return null;
            case "even":
                mask = 0xAAAAAAAAAAAAAAAA & (ulong.MaxValue >> (64 - max));
                return null;
        }

        if (text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-')
        {
            return $"'{text}' is not a valid number/range.";
        }

        var dash = text.IndexOf('-', Math.Min(1, text.Length));
        var low = Values.Number(dash < 0 ? text : text[..dash]);
        var high = dash < 0 ? low : dash + 1 < text.Length ? Values.Number(text[(dash + 1)..]) : max;
        if (high < low)
        {
            (low, high) = (high, low);
        }

        if (low < 1 || low > max || high > max)
        {
            return $"'{text}' is not a valid number/range. It supports numbers from 1 to {max}.\n";
        }

        for (var i = low; i <= high; i++)
        {
            mask |= 1UL << (int)(i - 1);
        }

        return null;
    }
}

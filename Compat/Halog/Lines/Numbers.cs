namespace Dropin.Compat.Halog.Lines;

/// <summary>Numbers inside a line: they end at the first byte that is no digit, are 0 without one, and wrap at 32 bits.</summary>
internal static class Numbers
{
    /// <summary>A number that may have a minus sign; <paramref name="place"/> moves behind it.</summary>
    public static int Signed(ReadOnlySpan<byte> text, ref int place)
    {
        var negative = place < text.Length && text[place] == '-';
        if (negative) place++;
        var number = (int)Unsigned(text, ref place);
        return negative ? unchecked(-number) : number;
    }

    /// <summary>A number that may have a minus sign.</summary>
    public static int Signed(ReadOnlySpan<byte> text, int place) => Signed(text, ref place);

    /// <summary>Digits; <paramref name="place"/> moves behind them.</summary>
    public static uint Unsigned(ReadOnlySpan<byte> text, ref int place)
    {
        var number = 0u;
        while (place < text.Length)
        {
            var digit = (uint)(text[place] - '0');
            if (digit > 9) break;
            number = unchecked(number * 10 + digit);
            place++;
        }
        return number;
    }
}

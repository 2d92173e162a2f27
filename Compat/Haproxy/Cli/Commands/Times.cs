using System.Globalization;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Times as commands write them (configuration manual 2.5).</summary>
internal static class Times
{
    /// <summary>A time whose unit is seconds unless it says otherwise, as milliseconds; null where it is none. Too long ones are cut to what a timer holds.</summary>
    internal static int? Seconds(string word)
    {
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits]))
            digits++;
        if (digits == 0 || !long.TryParse(word.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var milliseconds = word[digits..] switch
        {
            "" or "s" => number * 1000,
            "ms" => number,
            "us" => number / 1000,
            "m" => number * 60_000,
            "h" => number * 3_600_000,
            "d" => number * 86_400_000,
            _ => -1,
        };
        return milliseconds < 0 ? null : (int)Math.Min(milliseconds, int.MaxValue);
    }
}

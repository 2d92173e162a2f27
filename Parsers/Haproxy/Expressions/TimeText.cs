using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Times and sizes in rules (configuration manual 2.5 and 2.6).</summary>
internal static class TimeText
{
    /// <summary>Reads a time in milliseconds unless it says otherwise; returns what is wrong, null when nothing is.</summary>
    public static string? Read(string text, out Duration time)
    {
        time = default;
        var at = 0;
        long value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            value = Math.Min((value * 10) + (text[at] - '0'), int.MaxValue);
            at++;
        }

        if (at == 0)
        {
            return text.Length == 0 ? "unexpected character ''" : $"unexpected character '{text[0]}'";
        }

        long milliseconds;
        switch (text[at..])
        {
            case "" or "ms":
                milliseconds = value;
                break;
            case "us":
                milliseconds = (value + 999) / 1000;
                break;
            case "s":
                milliseconds = value * 1000;
                break;
            case "m":
                milliseconds = value * 60_000;
                break;
            case "h":
                milliseconds = value * 3_600_000;
                break;
            case "d":
                milliseconds = value * 86_400_000;
                break;
            default:
                return $"unexpected character '{text[at]}'";
        }

        if (milliseconds > int.MaxValue)
        {
            return "timer overflow (maximum value is 2147483647 ms or ~24.8 days)";
        }

        time = new Duration((int)milliseconds);
        return null;
    }

    /// <summary>Reads a number of bytes, "1k", "2m".</summary>
    public static bool TrySize(string text, out long size)
    {
        var at = 0;
        size = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            size = Math.Min((size * 10) + (text[at] - '0'), int.MaxValue);
            at++;
        }

        var shift = text[at..] switch { "" => 0, "k" => 10, "m" => 20, "g" => 30, _ => -1 };
        size <<= Math.Max(shift, 0);
        return at > 0 && shift >= 0;
    }
}

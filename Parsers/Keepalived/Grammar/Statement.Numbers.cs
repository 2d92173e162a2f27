using System.Globalization;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Numbers and switches, with what is said when they are none.</summary>
internal sealed partial class Statement
{
    /// <summary>The largest number of seconds of which the microseconds fit into 32 bits.</summary>
    public const uint MostSeconds = 4294;

    /// <summary>... as microseconds.</summary>
    public const ulong MostMicroseconds = 4_294_967_295;

    private static readonly DiagnosticDescriptor s_invalid = FindingKind.Warning("invalid-number", "invalid number '{0}'");
    private static readonly DiagnosticDescriptor s_negative = FindingKind.Warning("negative-number", "negative number '{0}'");
    private static readonly DiagnosticDescriptor s_outside = FindingKind.Warning("number-range", "number '{0}' outside range [{1}, {2}]");
    private static readonly DiagnosticDescriptor s_outsideType = FindingKind.Warning("number-type", "number '{0}' outside {1} range");
    private static readonly DiagnosticDescriptor s_places = FindingKind.Warning("number-places", "number '{0}' has too many decimal places");

    /// <summary>Reads a whole number without a sign.</summary>
    public bool Unsigned(string word, uint min, uint max, out uint value)
    {
        value = 0;
        var digits = word.AsSpan().TrimStart(" \t\n\v\f\r");
        if (digits.StartsWith("-"))
        {
            Report(s_negative, word);
            return false;
        }

        if (!Digits(digits.StartsWith("+") ? digits[1..] : digits, digits.IsEmpty, out var number))
        {
            Report(s_invalid, word);
            return false;
        }

        if (number > uint.MaxValue)
        {
            Report(s_outsideType, word, "unsigned integer");
            return false;
        }

        return InRange(word, (long)number, min, max, out var good) && (value = (uint)good) == good;
    }

    /// <summary>Reads a whole number.</summary>
    public bool Integer(string word, int min, int max, out int value)
    {
        value = 0;
        var digits = word.AsSpan().TrimStart(" \t\n\v\f\r");
        var negative = digits.StartsWith("-");
        if (!Digits(negative || digits.StartsWith("+") ? digits[1..] : digits, digits.IsEmpty, out var number))
        {
            Report(s_invalid, word);
            return false;
        }

        if (number > (negative ? 2147483648UL : 2147483647UL))
        {
            Report(s_outsideType, word, "integer");
            return false;
        }

        return InRange(word, negative ? -(long)number : (long)number, min, max, out var good) && (value = (int)good) == good;
    }

    /// <summary>Reads a number with up to six decimal places, in millionths (or three, in thousandths of thousandths).</summary>
    /// <param name="word">The word.</param>
    /// <param name="min">The least, in millionths.</param>
    /// <param name="max">The most, in millionths.</param>
    /// <param name="places">6 for seconds; 3 for milliseconds.</param>
    /// <param name="value">In millionths of the unit, or thousandths with three places.</param>
    /// <remarks>A word that is no number counts as zero: where zero is allowed, that is what it says.</remarks>
    public bool Decimal(string word, ulong min, ulong max, out ulong value, int places = 6)
    {
        value = 0;
        var text = word.AsSpan().TrimStart(" \t\n\v\f\r");
        if (text.StartsWith("-"))
        {
            Report(s_negative, word);
            return false;
        }

        text = text.StartsWith("+") ? text[1..] : text;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (!Digits(whole, true, out var units) || !Digits(fraction, true, out _))
        {
            Report(s_invalid, word);
            return min == 0;
        }

        var scale = places == 6 ? 1_000_000UL : 1_000UL;
        if (units > ulong.MaxValue / scale)
        {
            Report(s_outsideType, word, "unsigned decimal");
            return false;
        }

        value = (units * scale) + Fraction(fraction, places);
        if (fraction.Length > places)
        {
            Report(s_places, word);
        }

        if (value >= min && value <= max)
        {
            return true;
        }

        Report(s_outside, word, Places(min, places), Places(max, places));
        return false;
    }

    /// <summary>Seconds with up to six decimal places.</summary>
    public bool Seconds(string word, ulong min, ulong max, out TimeSpan time)
    {
        var good = Decimal(word, min, max, out var value);
        time = TimeSpan.FromTicks((long)Math.Min(value, 900_000_000_000_000_000UL) * 10);
        return good;
    }

    /// <summary>A switch: on where nothing stands behind the word; null for something that is none.</summary>
    public bool? Switch() => Count < 2 ? true : SwitchWord(Words[1]);

    /// <summary>Reads a switch.</summary>
    /// <param name="set">Gets what was read.</param>
    /// <param name="wrong">Said of something that is none; the word is its last argument.</param>
    /// <param name="named">The arguments before it.</param>
    public void ReadSwitch(Action<bool> set, DiagnosticDescriptor wrong, params string[] named)
    {
        if (Switch() is { } on)
        {
            set(on);
        }
        else
        {
            Report(wrong, [.. named, Words[1]]);
        }
    }

    /// <summary>One of the words of a switch.</summary>
    public static bool? SwitchWord(string word) => word switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => null,
    };

    private bool InRange(string word, long number, long min, long max, out long value)
    {
        value = number;
        if (number >= min && number <= max)
        {
            return true;
        }

        Report(s_outside, word, min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    private static bool Digits(ReadOnlySpan<char> text, bool mayBeEmpty, out ulong number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = number > (ulong.MaxValue / 10) - 1 ? ulong.MaxValue : (number * 10) + (ulong)(digit - '0');
        }

        return mayBeEmpty || !text.IsEmpty;
    }

    // Rounded to the places that count.
    private static ulong Fraction(ReadOnlySpan<char> digits, int places)
    {
        var value = 0UL;
        for (var i = 0; i < places; i++)
        {
            value = (value * 10) + (i < digits.Length ? (ulong)(digits[i] - '0') : 0);
        }

        return value + (digits.Length > places && digits[places] >= '5' ? 1UL : 0UL);
    }

    private static string Places(ulong value, int places)
    {
        var scale = places == 6 ? 1_000_000UL : 1_000UL;
        return (value / scale).ToString(CultureInfo.InvariantCulture) + "." + (value % scale).ToString(CultureInfo.InvariantCulture).PadLeft(places, '0');
    }
}

using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The units in which a bare number is a time.</summary>
internal enum TimeUnit
{
    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Milliseconds, the usual one.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,
}

/// <summary>What came of reading a time.</summary>
internal enum TimeOutcome
{
    /// <summary>A time.</summary>
    Good,

    /// <summary>A character that does not belong there.</summary>
    BadCharacter,

    /// <summary>More than 2^31-1 of the unit.</summary>
    Overflow,

    /// <summary>Not zero, but below the unit.</summary>
    Underflow,
}

/// <summary>Numbers, times and sizes as the language writes them (configuration manual 2.5).</summary>
internal static class Values
{
    private const string TrailingCharacter =
        "unexpected character '{0}' after the timer value '{1}', only (us=microseconds,ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. " +
        "This will be reported as an error in next versions.";

    /// <summary>A number the way C's atol reads it: blanks, a sign, digits; anything else ends it; no digits is 0.</summary>
    public static long Number(string text)
    {
        var at = 0;
        while (at < text.Length && text[at] is ' ' or (>= '\t' and <= '\r'))
        {
            at++;
        }

        var negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is '-' or '+')
        {
            at++;
        }

        long value = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = value > long.MaxValue / 11 ? long.MaxValue / 11 : (value * 10) + (text[at] - '0');
        }

        return negative ? -value : value;
    }

    /// <summary>As <see cref="Number"/>, cut to 32 bits as an int is.</summary>
    public static int Integer(string text) => unchecked((int)Number(text));

    /// <summary>Digits and nothing else.</summary>
    public static bool TryWhole(string text, out long value, out char bad)
    {
        (value, bad) = (0, '\0');
        var at = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        for (; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                bad = text[at];
                return false;
            }
        }

        value = Number(text);
        return true;
    }

    /// <summary>
    /// A time; <paramref name="bad"/> is the character that does not belong there, a NUL when there is no character at all (the original prints
    /// that one too, and its sentence ends with it).
    /// </summary>
    /// <remarks>A unit may be followed by garbage, which 2.6 only warns about: <see cref="WarnTrailing"/>.</remarks>
    public static TimeOutcome Time(string text, TimeUnit unit, out long value, out string bad)
    {
        (value, bad) = (0, "");
        var at = 0;
        var overflow = false;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = (value * 10) + (text[at] - '0');
            if (value > int.MaxValue)
            {
                overflow = true;
                value = int.MaxValue;
            }
        }

        if (at == 0)
        {
            bad = text.Length > 0 ? text[..1] : "\0";
            return TimeOutcome.BadCharacter;
        }

        if (overflow)
        {
            return TimeOutcome.Overflow;
        }

        double microseconds;
        if (at == text.Length)
        {
            microseconds = unit switch { TimeUnit.Seconds => 1e6, TimeUnit.Milliseconds => 1e3, _ => 1 };
        }
        else if (text.AsSpan(at).StartsWith("ms"))
        {
            microseconds = 1e3;
        }
        else if (text.AsSpan(at).StartsWith("us"))
        {
            microseconds = 1;
        }
        else
        {
            microseconds = text[at] switch { 's' => 1e6, 'm' => 60e6, 'h' => 3600e6, 'd' => 86400e6, _ => 0 };
            if (microseconds == 0)
            {
                bad = text.Substring(at, 1);
                return TimeOutcome.BadCharacter;
            }
        }

        var exact = value * microseconds / unit switch { TimeUnit.Seconds => 1e6, TimeUnit.Milliseconds => 1e3, _ => 1 };
        if (exact > int.MaxValue)
        {
            return TimeOutcome.Overflow;
        }

        var nonzero = value != 0;
        value = (long)Math.Ceiling(exact);
        return nonzero && exact < 1 && unit == TimeUnit.Seconds && exact * 1e6 < 1 ? TimeOutcome.Underflow : TimeOutcome.Good;
    }

    /// <summary>Says the warning about characters behind a unit, which every reader of a time gives.</summary>
    public static void WarnTrailing(ConfigLine line, string text, int word)
    {
        var at = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return;
        }

        at += text.AsSpan(at).StartsWith("ms") || text.AsSpan(at).StartsWith("us") ? 2 : 1;
        if (at < text.Length)
        {
            line.Sink.Add(new(new("time-trailing", Runtime.Ir.Source.DiagnosticSeverity.Warning, Runtime.Ir.Source.DiagnosticPlace.None,
                TrailingCharacter, Runtime.Ir.Source.DiagnosticEffect.None), line.PlaceOf(word), text.Substring(at, 1), text));
        }
    }

    /// <summary>A duration, which is known to fit.</summary>
    public static Duration Duration(long milliseconds) => new((int)milliseconds);

    /// <summary>A size: digits and k, m or g for powers of 1024; null when it is something else, <paramref name="bad"/> says what.</summary>
    public static long? Size(string text, out string bad)
    {
        bad = "";
        long value = 0;
        var at = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = (value * 10) + (text[at] - '0');
        }

        if (at == 0)
        {
            bad = text.Length > 0 ? text[..1] : "";
            return null;
        }

        if (at == text.Length)
        {
            return value;
        }

        long? factor = text[at] switch { 'k' or 'K' => 1L << 10, 'm' or 'M' => 1L << 20, 'g' or 'G' => 1L << 30, _ => null };
        if (factor is null)
        {
            bad = text.Substring(at, 1);
            return null;
        }

        return value * factor;
    }
}

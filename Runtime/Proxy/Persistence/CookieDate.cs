namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>Dates inside a persistence cookie: units of four seconds since 1970 as five letters of base 64 (<c>maxidle</c>, <c>maxlife</c>).</summary>
public static class CookieDate
{
    /// <summary>Bytes of a date.</summary>
    public const int Length = 5;

    /// <summary>Seconds of a unit.</summary>
    public const int Unit = 4;

    private static ReadOnlySpan<byte> Letters => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    /// <summary>Writes a date.</summary>
    /// <param name="seconds">Seconds since 1970.</param>
    /// <param name="into">At least five bytes.</param>
    public static void Write(long seconds, Span<byte> into)
    {
        var units = seconds / Unit;
        for (var i = Length - 1; i >= 0; i--)
        {
            into[i] = Letters[(int)(units & 63)];
            units >>= 6;
        }
    }

    /// <summary>Reads a date; bytes behind the five do not count.</summary>
    /// <returns>Seconds since 1970; 0 where it is no date.</returns>
    public static long Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < Length)
        {
            return 0;
        }

        var units = 0L;
        for (var i = 0; i < Length; i++)
        {
            var digit = Letters.IndexOf(text[i]);
            if (digit < 0)
            {
                return 0;
            }

            units = (units << 6) | (uint)digit;
        }

        return units * Unit;
    }
}

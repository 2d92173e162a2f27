using System.Buffers.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Text of a moment by a format of strftime(3) (<c>ltime</c>, <c>utime</c>).</summary>
/// <param name="format">The format.</param>
/// <param name="offset">Seconds to add.</param>
/// <param name="local">In the machine's time zone.</param>
internal sealed class TimeConverter(byte[] format, long offset, bool local) : SampleConverter
{
    public override SampleType Input => SampleType.Integer;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var seconds = sample.Number + offset;
        if (seconds is < -62135596800 or > 253402300799)
        {
            return false;
        }

        var room = subject.Scratch.Take(256);
        var used = TimeFormat.Write(format, seconds, local, room);
        return sample.SetText(room[..used]);
    }
}

/// <summary>The date form of HTTP (<c>http_date</c>, RFC 9110 section 5.6.7).</summary>
/// <param name="offset">Units to add.</param>
/// <param name="scale">Units in a second.</param>
internal sealed class HttpDateConverter(long offset, long scale) : SampleConverter
{
    public override SampleType Input => SampleType.Integer;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var number = sample.Number + offset;
        var seconds = number / scale;
        if (seconds is < -62135596800 or > 253402300799)
        {
            return false;
        }

        var room = subject.Scratch.Take(128);
        var used = TimeFormat.Write("%a, %d %b %Y %H:%M:%S"u8, seconds, local: false, room);
        if (scale > 1)
        {
            // The fraction has no leading zeros, as in the original.
            room[used++] = (byte)'.';
            Utf8Formatter.TryFormat(number % scale, room[used..], out var digits);
            used += digits;
        }

        " GMT"u8.CopyTo(room[used..]);
        return sample.SetText(room[..(used + 4)]);
    }
}

/// <summary>strftime(3) in the C locale.</summary>
internal static class TimeFormat
{
    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Writes a moment, seconds since 1970; returns how many bytes were written.</summary>
    public static int Write(ReadOnlySpan<byte> format, long seconds, bool local, Span<byte> into)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var zone = local ? TimeZoneInfo.Local.GetUtcOffset(moment) : TimeSpan.Zero;
        var time = moment.ToOffset(zone);
        var used = 0;
        for (var i = 0; i < format.Length && used + 40 < into.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                into[used++] = format[i];
                continue;
            }

            Put((char)format[++i], time, zone, into, ref used);
        }

        return used;
    }

    private static void Put(char code, DateTimeOffset time, TimeSpan zone, Span<byte> into, ref int used)
    {
        switch (code)
        {
            case 'a': Text(Days[(int)time.DayOfWeek].AsSpan(0, 3), into, ref used); break;
            case 'A': Text(Days[(int)time.DayOfWeek], into, ref used); break;
            case 'b' or 'h': Text(Months[time.Month - 1].AsSpan(0, 3), into, ref used); break;
            case 'B': Text(Months[time.Month - 1], into, ref used); break;
            case 'c': All("a b e T Y", time, zone, into, ref used); break;
            case 'C': Digits(time.Year / 100, 2, into, ref used); break;
            case 'd': Digits(time.Day, 2, into, ref used); break;
            case 'D' or 'x': All("m/d/y", time, zone, into, ref used); break;
            case 'e': Digits(time.Day, 2, into, ref used, ' '); break;
            case 'F': All("Y-m-d", time, zone, into, ref used); break;
            case 'H': Digits(time.Hour, 2, into, ref used); break;
            case 'I': Digits(((time.Hour + 11) % 12) + 1, 2, into, ref used); break;
            case 'j': Digits(time.DayOfYear, 3, into, ref used); break;
            case 'k': Digits(time.Hour, 2, into, ref used, ' '); break;
            case 'l': Digits(((time.Hour + 11) % 12) + 1, 2, into, ref used, ' '); break;
            case 'm': Digits(time.Month, 2, into, ref used); break;
            case 'M': Digits(time.Minute, 2, into, ref used); break;
            case 'n': into[used++] = (byte)'\n'; break;
            case 'p': Text(time.Hour < 12 ? "AM" : "PM", into, ref used); break;
            case 'P': Text(time.Hour < 12 ? "am" : "pm", into, ref used); break;
            case 'r': All("I:M:S p", time, zone, into, ref used); break;
            case 'R': All("H:M", time, zone, into, ref used); break;
            case 's': Digits(time.ToUnixTimeSeconds(), 1, into, ref used); break;
            case 'S': Digits(time.Second, 2, into, ref used); break;
            case 't': into[used++] = (byte)'\t'; break;
            case 'T' or 'X': All("H:M:S", time, zone, into, ref used); break;
            case 'u': Digits(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek, 1, into, ref used); break;
            case 'U': Digits((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2, into, ref used); break;
            case 'w': Digits((int)time.DayOfWeek, 1, into, ref used); break;
            case 'W': Digits((time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7, 2, into, ref used); break;
            case 'V': Digits(System.Globalization.ISOWeek.GetWeekOfYear(time.DateTime), 2, into, ref used); break;
            case 'G': Digits(System.Globalization.ISOWeek.GetYear(time.DateTime), 4, into, ref used); break;
            case 'g': Digits(System.Globalization.ISOWeek.GetYear(time.DateTime) % 100, 2, into, ref used); break;
            case 'y': Digits(time.Year % 100, 2, into, ref used); break;
            case 'Y': Digits(time.Year, 1, into, ref used); break;
            case 'z': Zone(zone, into, ref used); break;
            case 'Z': Text(zone == TimeSpan.Zero ? "GMT" : TimeZoneInfo.Local.StandardName, into, ref used); break;
            case '%': into[used++] = (byte)'%'; break;
            default:
                into[used++] = (byte)'%';
                into[used++] = (byte)code;
                break;
        }
    }

    // A form made of others: letters are codes, the rest is text.
    private static void All(string codes, DateTimeOffset time, TimeSpan zone, Span<byte> into, ref int used)
    {
        foreach (var code in codes)
        {
            if (char.IsAsciiLetter(code))
            {
                Put(code, time, zone, into, ref used);
            }
            else
            {
                into[used++] = (byte)code;
            }
        }
    }

    private static void Zone(TimeSpan zone, Span<byte> into, ref int used)
    {
        var minutes = (int)zone.TotalMinutes;
        into[used++] = (byte)(minutes < 0 ? '-' : '+');
        minutes = Math.Abs(minutes);
        Digits(minutes / 60, 2, into, ref used);
        Digits(minutes % 60, 2, into, ref used);
    }

    private static void Text(ReadOnlySpan<char> text, Span<byte> into, ref int used)
    {
        foreach (var c in text[..Math.Min(text.Length, into.Length - used)])
        {
            into[used++] = (byte)c;
        }
    }

    private static void Digits(long value, int width, Span<byte> into, ref int used, char pad = '0')
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        for (var i = length; i < width; i++)
        {
            into[used++] = (byte)pad;
        }

        digits[..length].CopyTo(into[used..]);
        used += length;
    }
}

using Dropin.Runtime.Sys.Clock;

namespace Dropin.Compat.Halog.Lines;

/// <summary>Reads accept dates: "[24/Nov/2026:15:30:56.863]". Separators are passed over whatever they are.</summary>
internal sealed class AcceptDate
{
    private CalendarTime? _calendar;
    private readonly byte[] _cached = new byte[24]; // the last date up to its seconds, and when that minute began
    private int _cachedLength;
    private uint _cachedMinute;

    /// <summary>Whether a field can be a date: a bracket and the first digit of a day.</summary>
    public static bool Begins(ReadOnlySpan<byte> text, int place) =>
        place + 1 < text.Length && text[place] == '[' && text[place + 1] is >= (byte)'0' and <= (byte)'3';

    /// <summary>Milliseconds since midnight, from behind the first colon; negative when there is none or the line ends too early.</summary>
    public static int OfDay(ReadOnlySpan<byte> text, int place)
    {
        var colon = text[place..].IndexOf((byte)':');
        if (colon < 0) return -1;
        place += colon + 1;
        var hours = Part(text, ref place);
        var minutes = Part(text, ref place);
        var seconds = Numbers.Unsigned(text, ref place);
        var milliseconds = 0u;
        if (place < text.Length && text[place] == '.')
        {
            place++;
            milliseconds = Numbers.Unsigned(text, ref place);
        }
        return place >= text.Length ? -1 : unchecked((int)(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds));
    }

    /// <summary>Seconds since 1970 by the machine's calendar, cut to 32 bits; all bits set for what is no date.</summary>
    public uint Seconds(ReadOnlySpan<byte> text, int place)
    {
        if (_cachedLength > 0 && text[place..].StartsWith(_cached.AsSpan(0, _cachedLength)))
        {
            place += _cachedLength;
            return unchecked(_cachedMinute + Numbers.Unsigned(text, ref place));
        }
        var from = place++;
        var day = Part(text, ref place);
        var month = Month(text, place);
        if (month < 0) return uint.MaxValue;
        place += 4;
        var year = Part(text, ref place);
        var hour = Part(text, ref place);
        var minute = Part(text, ref place);
        if (place > text.Length) return uint.MaxValue;
        var minuteText = text[from..Math.Min(place, text.Length)];
        var second = Numbers.Unsigned(text, ref place);
        _calendar ??= CalendarTime.Now();
        var summer = _calendar.IsDaylightSaving;
        var start = (uint)_calendar.Seconds((int)year, month, (int)day, (int)hour, (int)minute, 0);
        // Where summer time ends or begins the next reading of the same date may differ, as the original's does: not to be remembered.
        _cachedLength = summer == _calendar.IsDaylightSaving && minuteText.Length <= _cached.Length ? minuteText.Length : 0;
        minuteText[.._cachedLength].CopyTo(_cached);
        _cachedMinute = start;
        return unchecked(start + second);
    }

    private static uint Part(ReadOnlySpan<byte> text, ref int place)
    {
        var number = Numbers.Unsigned(text, ref place);
        place++;
        return number;
    }

    // From 0; the letters that tell the months apart decide, as in the original.
    private static int Month(ReadOnlySpan<byte> text, int place)
    {
        if (place + 3 > text.Length) return -1;
        return (text[place], text[place + 1], text[place + 2]) switch
        {
            ((byte)'J', (byte)'a', _) => 0,
            ((byte)'F', _, _) => 1,
            ((byte)'M', _, (byte)'r') => 2,
            ((byte)'A', (byte)'p', _) => 3,
            ((byte)'M', _, (byte)'y') => 4,
            ((byte)'J', (byte)'u', (byte)'n') => 5,
            ((byte)'J', (byte)'u', (byte)'l') => 6,
            ((byte)'A', (byte)'u', _) => 7,
            ((byte)'S', _, _) => 8,
            ((byte)'O', _, _) => 9,
            ((byte)'N', _, _) => 10,
            ((byte)'D', _, _) => 11,
            _ => -1,
        };
    }
}

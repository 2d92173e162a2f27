using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Clock;

/// <summary>
/// The machine's calendar as the C library keeps it (TZ, /etc/localtime). Whether a date is read as summer time is what the reading before left behind
/// (mktime(3) with tm_isdst as it stands), which the original's log tool does too.
/// </summary>
public sealed partial class CalendarTime
{
    private BrokenDown _time;

    private CalendarTime(BrokenDown time) => _time = time;

    /// <summary>Whether the last date read, or at first the present, is in summer time.</summary>
    public bool IsDaylightSaving => _time.IsDaylightSaving > 0;

    /// <summary>A calendar that begins with the present.</summary>
    public static CalendarTime Now()
    {
        var now = Time(0);
        _ = LocalTime(in now, out var time);
        return new(time);
    }

    /// <summary>Seconds since 1970 of a local date; parts out of their ranges carry over. <paramref name="month"/> counts from 0.</summary>
    public long Seconds(int year, int month, int day, int hour, int minute, int second)
    {
        _time.Year = year - 1900;
        _time.Month = month;
        _time.Day = day;
        _time.Hour = hour;
        _time.Minute = minute;
        _time.Second = second;
        return MakeTime(ref _time);
    }

    [LibraryImport(LibC.Name, EntryPoint = "time")]
    private static partial long Time(nint into);

    [LibraryImport(LibC.Name, EntryPoint = "localtime_r")]
    private static partial nint LocalTime(in long time, out BrokenDown into);

    [LibraryImport(LibC.Name, EntryPoint = "mktime")]
    private static partial long MakeTime(ref BrokenDown time);

    [StructLayout(LayoutKind.Sequential)]
    private struct BrokenDown // struct tm
    {
        public int Second, Minute, Hour, Day, Month, Year, WeekDay, YearDay, IsDaylightSaving;
        public nint OffsetSeconds, ZoneName;
    }
}

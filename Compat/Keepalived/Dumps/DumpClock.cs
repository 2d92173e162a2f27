using System.Globalization;
using Dropin.Runtime.Sys.Clock;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Turns moments of the monotonic clock, in which the core counts, into dates.</summary>
internal readonly struct DumpClock
{
    private readonly long _offset;

    /// <summary>With the clocks of now.</summary>
    public DumpClock() => _offset = MonotonicClock.WallMicroseconds - MonotonicClock.Microseconds;

    /// <summary>Seconds since 1970 with six digits behind the point.</summary>
    internal string Seconds(long microseconds)
    {
        var wall = microseconds is 0 or long.MaxValue ? 0 : microseconds + _offset;
        return string.Create(CultureInfo.InvariantCulture, $"{wall / 1_000_000}.{wall % 1_000_000:000000}");
    }

    /// <summary>... and the date behind them in parentheses.</summary>
    internal string Moment(long microseconds)
    {
        var wall = microseconds is 0 or long.MaxValue ? 0 : microseconds + _offset;
        var date = MonotonicClock.ToLocalTime(wall);
        return string.Create(CultureInfo.InvariantCulture, $"{Seconds(microseconds)} ({date:ddd MMM} {date.Day,2} {date:HH:mm:ss.ffffff yyyy})");
    }
}

using System.Diagnostics;

namespace Dropin.Runtime.Sys.Clock;

/// <summary>The clocks of the machine. Only the loop reads them, once a turn.</summary>
public static class MonotonicClock
{
    /// <summary>Microseconds since some moment in the past; never goes back.</summary>
    public static long Microseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
#pragma warning disable RS0030 // The one place where the wall clock is read.
    public static long WallMicroseconds => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10;
#pragma warning restore RS0030

    /// <summary>A moment of <see cref="WallMicroseconds"/> as a date of the machine's time zone.</summary>
    public static DateTime ToLocalTime(long wallMicroseconds) => DateTime.UnixEpoch.AddTicks(wallMicroseconds * TimeSpan.TicksPerMicrosecond).ToLocalTime();
}

using System.Globalization;
using Dropin.Runtime.Sys.Clock;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Moments as logs and dumps write them.</summary>
internal static class Dates
{
    /// <summary><c>24/Nov/2026:06:27:27.861</c>, local time.</summary>
    internal static string Of(long wallMicroseconds) => MonotonicClock.ToLocalTime(wallMicroseconds).ToString("dd/MMM/yyyy:HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The same with microseconds.</summary>
    internal static string Precise(long wallMicroseconds) => MonotonicClock.ToLocalTime(wallMicroseconds).ToString("dd/MMM/yyyy:HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}

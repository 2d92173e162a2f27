namespace Dropin.Runtime.Vrrp.Core;

/// <summary>The unit of all times inside the core.</summary>
internal static class Microseconds
{
    public const long Second = 1_000_000;

    public const long Never = long.MaxValue;

    public static long Of(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}

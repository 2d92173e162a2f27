using System.Globalization;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>What the log says of processor time at the end, with details. It is all one process here: both lines tell of it.</summary>
internal static class CpuUsageText
{
    private const double MicrosecondsOfSecond = 1_000_000;

    /// <summary>Behind VRRP's last word.</summary>
    internal static string OfVrrp(bool details)
    {
        if (!details)
            return "";
        var (own, children) = (CpuTime.OfProcess, CpuTime.OfChildren);
        return children == default ? $" - used {Seconds(own.User)} user time, {Seconds(own.System)} system time"
            : $" - used (self/children) {Seconds(own.User)}/{Seconds(children.User)} user time, {Seconds(own.System)}/{Seconds(children.System)} system time";
    }

    /// <summary>The line before the daemon's last word.</summary>
    internal static string OfDaemon
    {
        get
        {
            var (own, children) = (CpuTime.OfProcess, CpuTime.OfChildren);
            return $"CPU usage (self/children) user: {Seconds(own.User)}/{Seconds(children.User)} system: {Seconds(own.System)}/{Seconds(children.System)}";
        }
    }

    private static string Seconds(long microseconds) => (microseconds / MicrosecondsOfSecond).ToString("F6", CultureInfo.InvariantCulture);
}

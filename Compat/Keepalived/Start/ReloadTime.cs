using System.Globalization;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>The moment that stands in the file of <c>reload_time_file</c> (keepalived.conf(5)).</summary>
internal static class ReloadTime
{
    private const string Clock = "HH':'mm':'ss";
    private static readonly string[] s_dates = ["yy'-'MM'-'dd' '" + Clock, "yyyy'-'MM'-'dd' '" + Clock];

    /// <summary>Reads the first line: <c>[[YY]YY-MM-DD ]HH:MM:SS[Z]</c>, nothing before and nothing behind. A time without a date is the next one.</summary>
    /// <param name="text">What stands in the file.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">The zone of times without a Z.</param>
    /// <returns>The moment, in the past perhaps where there is a date; null where it is none.</returns>
    internal static DateTimeOffset? Read(ReadOnlySpan<char> text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        var isUniversal = line is [.., 'Z'];
        line = isUniversal ? line[..^1] : line;
        zone = isUniversal ? TimeZoneInfo.Utc : zone;
        if (DateTime.TryParseExact(line, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return At(moment, zone);
        if (!TimeOnly.TryParseExact(line, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var next = At(today + time.ToTimeSpan(), zone);
        return next > now ? next : At(today.AddDays(1) + time.ToTimeSpan(), zone);
    }

    private static DateTimeOffset At(DateTime moment, TimeZoneInfo zone) => new(moment, zone.GetUtcOffset(moment));
}

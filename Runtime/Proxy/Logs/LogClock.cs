using System.Buffers.Text;
using System.Globalization;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>The time stamps of one thread's log lines, made anew once a second.</summary>
/// <remarks>
/// Local time needs the machine's zone data: <see cref="Prepare"/> loads them and is called before a chroot.
/// </remarks>
public sealed class LogClock
{
    private readonly TimeZoneInfo _zone;
    private readonly byte[] _short = new byte[16];
    private readonly byte[] _long = new byte[32];
    private long _second = long.MinValue;

    /// <summary>A clock of a zone; null means the machine's.</summary>
    public LogClock(TimeZoneInfo? zone = null) => _zone = zone ?? TimeZoneInfo.Local;

    /// <summary>"Nov 24 06:12:47 ": RFC 3164 4.1.2, the day padded with a blank, and the blank behind it.</summary>
    public ReadOnlySpan<byte> Short => _short;

    /// <summary>"2026-11-24T06:12:48.288409+00:00": RFC 5424 6.2.3, in microseconds.</summary>
    public ReadOnlySpan<byte> Long => _long;

    /// <summary>Loads the zone data of the machine.</summary>
    public static void Prepare() => _ = TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UnixEpoch);

    /// <summary>Moves to a moment.</summary>
    /// <param name="wallMicroseconds">Microseconds since 1970.</param>
    public void MoveTo(long wallMicroseconds)
    {
        var second = Math.DivRem(wallMicroseconds, 1_000_000, out var micros);
        if (second != _second)
        {
            _second = second;
            Render(second);
        }

        Utf8Formatter.TryFormat((int)micros, _long.AsSpan(20, 6), out _, new System.Buffers.StandardFormat('D', 6));
    }

    private void Render(long second)
    {
        var utc = DateTime.UnixEpoch.AddSeconds(second);
        var offset = _zone.GetUtcOffset(utc);
        var local = utc + offset;
        Put(_short, local, "MMM ");
        if (!local.Day.TryFormat(_short.AsSpan(4), out var digits, default, CultureInfo.InvariantCulture) || digits == 1)
        {
            _short[5] = _short[4];
            _short[4] = (byte)' ';
        }

        Put(_short.AsSpan(6), local, " HH:mm:ss ");
        Put(_long, local, "yyyy-MM-ddTHH:mm:ss.");
        _long[26] = (byte)(offset < TimeSpan.Zero ? '-' : '+');
        var away = offset.Duration();
        Utf8Formatter.TryFormat(away.Hours, _long.AsSpan(27, 2), out _, new System.Buffers.StandardFormat('D', 2));
        _long[29] = (byte)':';
        Utf8Formatter.TryFormat(away.Minutes, _long.AsSpan(30, 2), out _, new System.Buffers.StandardFormat('D', 2));
    }

    private static void Put(Span<byte> into, DateTime moment, string format) =>
        moment.TryFormat(into, out _, format, CultureInfo.InvariantCulture);
}

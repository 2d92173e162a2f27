using Dropin.Compat.Keepalived.Start;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Start;

/// <summary>The forms of keepalived.conf(5), reload_time_file, in a zone two hours before UTC.</summary>
public sealed class ReloadTimeTests
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two");
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("12:00:01", "2026-11-24 10:00:01")]
    [InlineData("12:00:00", "2026-11-25 10:00:00")]
    [InlineData("11:59:59\nmore", "2026-11-25 09:59:59")]
    [InlineData("10:00:01Z", "2026-11-24 10:00:01")]
    [InlineData("00:30:00Z", "2026-11-25 00:30:00")]
    [InlineData("26-11-30 08:09:10", "2026-11-30 06:09:10")]
    [InlineData("2026-11-30 08:09:10Z", "2026-11-30 08:09:10")]
    [InlineData("2020-01-01 00:00:00Z", "2020-01-01 00:00:00")]
    public void A_time_is_the_next_one_and_a_date_is_that_date(string text, string expected) =>
        ReloadTime.Read(text, s_now, s_zone)!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss").Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData(" 12:00:01")]
    [InlineData("12:00:01 ")]
    [InlineData("12:00")]
    [InlineData("24:00:00")]
    [InlineData("2026-11-30  08:09:10")]
    [InlineData("2026-11-31 08:09:10")]
    [InlineData("2026-1-30 08:09:10")]
    [InlineData("nonsense")]
    public void What_is_not_exactly_so_is_no_time(string text) => ReloadTime.Read(text, s_now, s_zone).Should().BeNull();
}

using System.Text;
using Dropin.Runtime.Proxy.Logs;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Logs;

public sealed class LogClockTests
{
    [Theory]
    [InlineData("America/New_York", 1_795_500_779_362_317, "Nov 24 01:12:59 ", "2026-11-24T01:12:59.362317-05:00")]
    [InlineData("Asia/Kolkata", 1_795_500_779_000_097, "Nov 24 11:42:59 ", "2026-11-24T11:42:59.000097+05:30")]
    [InlineData("UTC", 1_798_761_599_999_999, "Dec 31 23:59:59 ", "2026-12-31T23:59:59.999999+00:00")]
    [InlineData("UTC", 1_798_761_600_000_000, "Jan  1 00:00:00 ", "2027-01-01T00:00:00.000000+00:00")]
    public void Stamps_are_in_local_time(string zone, long moment, string shortStamp, string longStamp)
    {
        var clock = new LogClock(TimeZoneInfo.FindSystemTimeZoneById(zone));
        clock.MoveTo(moment);
        Encoding.ASCII.GetString(clock.Short).Should().Be(shortStamp);
        Encoding.ASCII.GetString(clock.Long).Should().Be(longStamp);
    }

    [Fact]
    public void Within_a_second_only_the_fraction_moves()
    {
        var clock = new LogClock(TimeZoneInfo.Utc);
        clock.MoveTo(1_000_000);
        clock.MoveTo(1_000_005);
        Encoding.ASCII.GetString(clock.Long).Should().Be("1970-01-01T00:00:01.000005+00:00");
    }

    [Fact]
    public void The_day_of_summer_time_changes_the_offset()
    {
        var clock = new LogClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        clock.MoveTo(1_774_745_999_000_000);
        Encoding.ASCII.GetString(clock.Long).Should().Be("2026-03-29T01:59:59.000000+01:00");
        clock.MoveTo(1_774_746_000_000_000);
        Encoding.ASCII.GetString(clock.Long).Should().Be("2026-03-29T03:00:00.000000+02:00");
    }
}

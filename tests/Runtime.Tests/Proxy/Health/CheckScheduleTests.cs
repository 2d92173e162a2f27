using Dropin.Runtime.Ir;
using Dropin.Runtime.Proxy.Health;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

public sealed class CheckScheduleTests
{
    private static readonly CheckSchedule Schedule = new(new Duration(2000), new Duration(500), new Duration(5000));

    [Theory]
    [InlineData(4, false, 2000)]
    [InlineData(3, false, 500)]
    [InlineData(2, false, 500)]
    [InlineData(0, true, 5000)]
    [InlineData(1, true, 500)]
    public void The_interval_follows_health(int health, bool isStopped, int expected) => Schedule.Current(At(health), isStopped).Should().Be(expected);

    [Fact]
    public void Without_others_the_interval_is_always_the_same()
    {
        var plain = new CheckSchedule(new Duration(2000), null, null);
        foreach (var health in new[] { 0, 1, 2, 3, 4 })
        {
            plain.Current(At(health), health < 2).Should().Be(2000);
        }
    }

    [Fact]
    public void First_checks_are_spread_as_the_original_spreads_them()
    {
        // Eleven checks; the arrivals of the original after its start were 0, 90, 218, 272, 363, 454 and 2727 ms.
        int[] intervals = [600, 600, 1200, 600, 300, 1000, 5000, 5000, 5000, 5000, 5000];
        var least = CheckSchedule.LeastInterval(intervals);
        least.Should().Be(1000);
        int[] first = [.. intervals.Select((interval, i) => CheckSchedule.First(interval, least, null, i, intervals.Length))];
        first[..7].Should().Equal(0, 90, 218, 272, 363, 454, 2727);
    }

    [Fact]
    public void Short_intervals_start_by_themselves() => CheckSchedule.First(300, CheckSchedule.LeastInterval([300, 300]), null, 1, 2).Should().Be(150);

    [Fact]
    public void A_limit_holds_the_spread_of_first_checks() => CheckSchedule.First(10_000, 10_000, new Duration(1000), 1, 2).Should().Be(500);

    [Theory]
    [InlineData(0, 0.3, 1000)]
    [InlineData(50, 0.0, 500)]
    [InlineData(50, 1.0, 1500)]
    [InlineData(10, 0.5, 1000)]
    public void Intervals_are_varied_by_percent(int percent, double chance, int expected) => CheckSchedule.Next(1000, percent, chance).Should().Be(expected);

    [Fact]
    public void Without_a_check_timeout_the_interval_bounds_all()
    {
        CheckSchedule.ConnectDeadline(100, 2000, new Duration(50), null).Should().Be(2100);
        CheckSchedule.AnswerDeadline(100, 130, 2000, null).Should().Be(2100);
    }

    [Fact]
    public void With_a_check_timeout_connecting_and_answering_are_bounded_apart()
    {
        CheckSchedule.ConnectDeadline(100, 2000, new Duration(50), new Duration(300)).Should().Be(150);
        CheckSchedule.ConnectDeadline(100, 20, new Duration(50), new Duration(300)).Should().Be(120);
        CheckSchedule.AnswerDeadline(100, 130, 20, new Duration(300)).Should().Be(430);
    }

    private static CheckCounter At(int health)
    {
        var counter = new CheckCounter(2, 3);
        counter.Restore(health);
        return counter;
    }
}

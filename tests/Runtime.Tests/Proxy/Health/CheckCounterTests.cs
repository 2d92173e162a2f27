using Dropin.Runtime.Proxy.Health;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

public sealed class CheckCounterTests
{
    [Fact]
    public void A_server_is_up_until_its_first_check_failed()
    {
        var counter = new CheckCounter(2, 3);
        counter.IsUp.Should().BeTrue();
        counter.Progress.Should().Be((1, 3));
        counter.Fail().Should().BeTrue();
        counter.Health.Should().Be(0);
    }

    [Fact]
    public void The_first_good_check_makes_it_surely_up()
    {
        var counter = new CheckCounter(2, 3);
        counter.Succeed().Should().BeTrue();
        counter.Progress.Should().Be((3, 3));
        counter.IsSettled.Should().BeTrue();
        counter.Succeed().Should().BeFalse("nothing changes any more");
    }

    [Fact]
    public void It_goes_down_after_fall_failures_and_comes_up_after_rise_successes()
    {
        var counter = new CheckCounter(2, 5);
        counter.Succeed();
        var seen = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            counter.Fail();
            seen.Add(Text(counter));
        }

        for (var i = 0; i < 2; i++)
        {
            counter.Succeed();
            seen.Add(Text(counter));
        }

        // The sequence of the original with rise 2 and fall 5.
        seen.Should().Equal("UP 4/5", "UP 3/5", "UP 2/5", "UP 1/5", "DOWN 0/2", "DOWN 1/2", "UP 5/5");
    }

    [Fact]
    public void A_failure_on_the_way_up_begins_anew()
    {
        var counter = new CheckCounter(3, 1);
        counter.Fail();
        counter.Succeed();
        counter.Succeed();
        Text(counter).Should().Be("DOWN 2/3");
        counter.Fail();
        counter.Health.Should().Be(0);
    }

    [Fact]
    public void Near_death_leaves_one_failure()
    {
        var counter = new CheckCounter(2, 5);
        counter.Succeed();
        counter.NearDeath();
        counter.Fail();
        Text(counter).Should().Be("UP 1/5");
        counter.Fail();
        counter.IsUp.Should().BeFalse();
    }

    private static string Text(CheckCounter counter) => $"{(counter.IsUp ? "UP" : "DOWN")} {counter.Progress.Have}/{counter.Progress.Of}";
}

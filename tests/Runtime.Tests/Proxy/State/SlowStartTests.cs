using Dropin.Runtime.Proxy.State;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.State;

/// <summary>The weights are those the original's statistics showed second by second (field weight, the scaled weight rounded up).</summary>
public sealed class SlowStartTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(10_000, 256, "16 32 64 80 112 144 160 192 208 240 256")]
    [InlineData(4_000, 100, "7 32 57 82 100")]
    [InlineData(30_000, 10, "1 1 2 2 2")]
    public void The_weight_grows_in_sixteenths(int milliseconds, int weight, string wanted)
    {
        var run = Come(milliseconds, weight, out var server);
        var seen = new List<int>();
        for (var second = 0; seen.Count < wanted.Split(' ').Length; second++)
        {
            if (second > 0) run.Transitions.AdvanceSlowStart(server, (100 + second) * Second);
            seen.Add((server.EffectiveWeight + 15) / 16);
        }

        string.Join(' ', seen).Should().Be(wanted);
    }

    [Fact]
    public void At_its_end_the_server_is_up_once_more()
    {
        var run = Come(2_000, 10, out var server);
        run.Slow.Should().Equal(server);
        server.Operational.Should().Be(OperationalState.Starting);
        run.Transitions.AdvanceSlowStart(server, 101 * Second).Should().Be(1000);
        run.Transitions.AdvanceSlowStart(server, 102 * Second).Should().Be(0);
        server.Operational.Should().Be(OperationalState.Running);
        server.LastChangeSeconds.Should().Be(102);
        run.Messages[^1].Text.Should().Be("Server be/s1 is UP. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.");
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 4)]
    [InlineData(8, 16)]
    public void The_limit_grows_by_whole_seconds(int seconds, int wanted)
    {
        var run = Come(10_000, 1, out var server, " maxconn=20");
        if (seconds > 0) run.Transitions.AdvanceSlowStart(server, (100 + seconds) * Second);
        Dropin.Runtime.Proxy.Queues.ServerLimits.Now(server).Should().Be(wanted);
    }

    private static ServerCase Come(int milliseconds, int weight, out ServerState server, string more = "")
    {
        var run = new ServerCase();
        run.AddServer($"be/s1 weight={weight} slowstart={milliseconds}{more}");
        run.AddServer("be/s2");
        run.Build();
        server = run.Server("be/s1");
        run.Transitions.Down(server, "", 90 * Second);
        run.Transitions.Up(server, "", 100 * Second);
        return run;
    }
}

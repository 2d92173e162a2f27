using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Tests.Transport;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>Each case of fixtures/health/agent.txt: what the agent answers, and what becomes of the server.</summary>
public sealed partial class AgentTests
{
    public static TheoryData<string> Cases => new(CheckCase.Load("agent.txt").Select(c => c.Name).Where(n => n is not ("" or "up")));

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_answer_has_the_effect_of_the_original(string answer)
    {
        var one = CheckCase.Load("agent.txt").Find(c => c.Name == answer)!;
        using var peer = new ScriptedPeer(["recv", "send " + answer, "hang"]);
        LoopDriver.Run(driver =>
        {
            var server = new ServerConfig
            {
                Name = "s",
                Id = 1,
                Weight = 100,
                Endpoint = new IpEndpoint(IPAddress.Loopback, 1),
                Agent = new AgentCheckConfig(peer.Port, null, new Duration(10_000), "hello\n"),
            };
            var world = new HealthWorld(new TcpConnectCheckConfig(), server, "b", 5000);
            world.Server.MoveTo(SocketAddress128.From(IPAddress.Loopback, 1));
            HealthChecks.Begin([world.Proxy], [driver.Loop], world.Judge, new CaseExpressions(), new GlobalConfig(), "");
            driver.Until(() => world.Server.Health.Agent!.Last.Status != CheckStatus.Initializing);

            var stat = one.Logs[0].Split(" | ");
            var state = world.Server;
            // In the original a health check ran as well: what is up there is without a check here.
            CheckView.Status(state).Should().Be(stat[0] == "UP" ? "no check" : stat[0]);
            state.UserWeight.Should().Be(int.Parse(stat[1].Split(' ')[1], CultureInfo.InvariantCulture));
            CheckView.StatusCode(state.Health.Agent).Should().Be(stat[2]);
            CheckView.Description(state.Health.Agent).Should().Be(stat[3]);
            state.MaxConnections.Should().Be(int.Parse(stat[4].Split(' ')[1], CultureInfo.InvariantCulture));
            peer.Received.Should().Equal("hello\\n");
            // One more server stood beside this one in the original.
            var expected = one.Logs[1..].Select(l => l[(l.IndexOf('>', StringComparison.Ordinal) + 2)..].Replace("1 active", "0 active").Replace("b/s", "b/s"));
            world.Texts.Where(t => !t.StartsWith("backend", StringComparison.Ordinal)).Select(t => Duration().Replace(t, "duration: Nms"))
                .Should().Equal(expected);
        });
    }

    [Fact]
    public void An_agent_that_cannot_be_reached_says_nothing_about_the_server()
    {
        using var peer = new ScriptedPeer(["none"]);
        LoopDriver.Run(driver =>
        {
            var server = new ServerConfig
            {
                Name = "s",
                Id = 1,
                Endpoint = new IpEndpoint(IPAddress.Loopback, 1),
                Agent = new AgentCheckConfig(peer.Port, null, new Duration(10_000), null),
            };
            var world = new HealthWorld(new TcpConnectCheckConfig(), server, "ax", 5000);
            world.Server.MoveTo(SocketAddress128.From(IPAddress.Loopback, 1));
            HealthChecks.Begin([world.Proxy], [driver.Loop], world.Judge, new CaseExpressions(), new GlobalConfig(), "");
            driver.Until(() => world.Texts.Count > 0);
            Duration().Replace(world.Texts[0], "duration: Nms").Should().Be(
                "Agent check for server ax/s failed, reason: Layer4 connection problem, info: \"Connection refused\", check duration: Nms, status: 1/1 UP.");
            CheckView.Status(world.Server).Should().Be("no check");
        });
    }

    [GeneratedRegex(@"duration: \d+ms")]
    private static partial Regex Duration();
}

using System.Net;
using System.Text.RegularExpressions;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Tests.Transport;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>The cases of fixtures/health/http.txt.</summary>
public sealed class RecordedHttpChecksTests
{
    public static TheoryData<string> Cases => RecordedChecks.Names("http.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_http_check_does_what_the_original_does(string name) => RecordedChecks.Check("http.txt", name);
}

/// <summary>The cases of fixtures/health/tcp.txt.</summary>
public sealed class RecordedTcpChecksTests
{
    public static TheoryData<string> Cases => RecordedChecks.Names("tcp.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_tcp_check_does_what_the_original_does(string name) => RecordedChecks.Check("tcp.txt", name);
}

/// <summary>The cases of fixtures/health/protocols.txt.</summary>
public sealed class RecordedProtocolChecksTests
{
    public static TheoryData<string> Cases => RecordedChecks.Names("protocols.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_check_of_a_fixed_protocol_does_what_the_original_does(string name) => RecordedChecks.Check("protocols.txt", name);
}

/// <summary>Runs a case of fixtures/health: the same peer gets the same bytes, and the same sentence is logged.</summary>
internal static partial class RecordedChecks
{
    internal static TheoryData<string> Names(string file) => new(CheckCase.Load(file).Select(c => c.Name));

    internal static void Check(string file, string name)
    {
        var one = CheckCase.Load(file).Find(c => c.Name == name)!;
        using var peer = new ScriptedPeer(one.Peer);
        LoopDriver.Run(driver =>
        {
            var lines = new CheckLines();
            var config = lines.Read(one.Lines);
            // Silence is waited for only where silence is what the case is about.
            var patience = one.Logs[0].Contains("timeout", StringComparison.Ordinal) ? 150 : 5000;
            var world = new HealthWorld(config, lines.Server, name, patience);
            world.Server.MoveTo(SocketAddress128.From(IPAddress.Loopback, peer.Port));
            HealthChecks.Begin([world.Proxy], [driver.Loop], world.Judge, new CaseExpressions(), new GlobalConfig(), "thenode");
            driver.Until(() => world.Texts.Count > 0);

            Duration().Replace(world.Texts[0], "duration: Nms").Should().Be(one.Logs[0]);
            if (one.Wire.Count > 0)
            {
                driver.Until(() => peer.Received.Count >= one.Wire.Count);
                peer.Received.Take(one.Wire.Count).Select(Masked).Should().Equal(one.Wire);
            }

            driver.Loop.Buffers.Outstanding.Should().Be(0);
        });
    }

    private static string Masked(string wire)
    {
        wire = ProxyPorts().Replace(wire, "$1 PORT PORT");
        wire = StatePort().Replace(wire, "port=PORT");
        return HelloTime().Replace(wire, "$1TIMEHAPROXYSSLCHK\\nHAPROXY");
    }

    [GeneratedRegex(@"duration: \d+ms")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^(PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1) \d+ \d+")]
    private static partial Regex ProxyPorts();

    [GeneratedRegex(@"port=\d+")]
    private static partial Regex StatePort();

    [GeneratedRegex(@"^(\\x16\\x03\\x00\\x00y\\x01\\x00\\x00u\\x03\\x00).*?HAPROXYSSLCHK\\nHAPROXY")]
    private static partial Regex HelloTime();
}

/// <summary>A backend of one checked server, and what was said about it.</summary>
internal sealed class HealthWorld : IServerEvents
{
    internal HealthWorld(HealthCheckConfig check, ServerConfig server, string name, int patienceMilliseconds, ProxyOptions options = ProxyOptions.LogHealthChecks)
    {
        var patience = new Duration(patienceMilliseconds);
        Proxy = new ProxyState(
            new ProxyConfig
            {
                Name = name,
                Capability = ProxyCapability.Backend,
                Id = 71,
                Options = options,
                Timeouts = new TimeoutConfig { Connect = patience, Check = patience },
                Backend = new BackendConfig { Check = check, Servers = [server with { Check = server.Check is { } own ? own with { Interval = new Duration(10_000) } : null }] },
            },
            1);
        Proxy.Backend!.Balancer = BalancerFactory.Make(Proxy.Backend);
        Transitions = new ServerTransitions(this);
        Judge = new HealthJudge(Transitions, this);
    }

    internal ProxyState Proxy { get; }

    internal ServerState Server => Proxy.Backend!.Servers[0];

    internal ServerTransitions Transitions { get; }

    internal HealthJudge Judge { get; }

    internal List<string> Texts { get; } = [];

    public void Message(in ServerMessage message) => Texts.Add(message.Text);

    public void ShutdownSessions(ServerState server, SessionShutdownReason reason)
    {
    }

    public void CannotBindSource(ProxyState proxy) => throw new NotSupportedException("No check of these tests connects.");

    public void OutOfDescriptors(ProxyState proxy) => throw new NotSupportedException("No check of these tests connects.");

    public void SlowStartBegins(ServerState server, int milliseconds)
    {
    }
}

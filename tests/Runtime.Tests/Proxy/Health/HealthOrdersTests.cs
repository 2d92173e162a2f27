using System.Net;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>Orders, maintenance and traffic, against what the original shows (statistics, log lines).</summary>
public sealed class HealthOrdersTests
{
    private readonly HealthWorld _world = Make();

    private ServerState Server => _world.Server;

    private CheckState Check => Server.Health.Check!;

    [Fact]
    public void After_maintenance_a_server_is_up_until_its_first_check_failed()
    {
        Pass();
        CheckView.Status(Server).Should().Be("UP");
        _world.Transitions.OrderMaintenance(Server, 1);
        CheckView.Status(Server).Should().Be("MAINT");
        CheckView.StatusCode(Check).Should().Be("");
        _world.Transitions.OrderReady(Server, 2);
        CheckView.Status(Server).Should().Be("UP 1/3");
        CheckView.StatusCode(Check).Should().Be("L7OK");
        Pass();
        CheckView.Status(Server).Should().Be("UP");
    }

    [Fact]
    public void An_operator_can_force_what_checks_found()
    {
        Pass();
        var control = new HealthControl(_world.Transitions);
        control.Force(Server, ForcedHealth.Down, 1);
        CheckView.Status(Server).Should().Be("DOWN");
        _world.Texts.Should().Contain(t => t.StartsWith("Server b/s is DOWN, changed from CLI. ", StringComparison.Ordinal));
        Pass();
        CheckView.Status(Server).Should().Be("DOWN 1/2");
        control.Force(Server, ForcedHealth.Stopping, 1);
        CheckView.Status(Server).Should().Be("NOLB");
        control.Force(Server, ForcedHealth.Up, 1);
        CheckView.Status(Server).Should().Be("UP");
        control.ForceAgent(Server, up: true, 1).Should().BeFalse("it has no agent");
    }

    [Fact]
    public void Without_checks_that_are_enabled_there_is_no_check()
    {
        Pass();
        HealthControl.SetChecks(Server, enabled: false).Should().BeTrue();
        CheckView.Status(Server).Should().Be("no check");
        CheckView.StatusCode(Check).Should().Be("");
        HealthControl.SetChecks(Server, enabled: true);
        CheckView.Status(Server).Should().Be("UP");
    }

    [Fact]
    public void A_failure_is_logged_with_its_reason_once()
    {
        var world = Make(ProxyOptions.None);
        for (var i = 0; i < 3; i++)
        {
            world.Judge.Take(world.Server, world.Server.Health.Check!, new CheckOutcome(CheckStatus.Layer7Status, 500, "x"), 0, 1);
        }

        world.Texts[0].Should().Be(
            "Server b/s is DOWN, reason: Layer7 wrong status, code: 500, info: \"x\", check duration: 0ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.");
        world.Texts.Should().HaveCount(2, "the backend has no server any more, and that is all");
    }

    [Fact]
    public void A_server_that_was_sent_to_drain_by_a_check_comes_back_by_a_good_one()
    {
        Pass();
        _world.Judge.Take(Server, Check, new CheckOutcome(CheckStatus.Layer7Conditional, 404), 0, 1);
        CheckView.Status(Server).Should().Be("NOLB");
        Pass();
        CheckView.Status(Server).Should().Be("UP");
    }

    [Theory]
    [InlineData(OnErrorAction.FailCheck, "UP 2/3", "status: 2/3 UP.")]
    [InlineData(OnErrorAction.SuddenDeath, "UP 1/3", "status: 1/3 UP.")]
    [InlineData(OnErrorAction.MarkDown, "DOWN", "status: 0/2 DOWN.")]
    [InlineData(OnErrorAction.FastInterval, "UP", null)]
    public void Errors_of_traffic_count_as_the_file_says(OnErrorAction action, string status, string? end)
    {
        var world = Make(ProxyOptions.LogHealthChecks, s => s with { Observe = ObserveMode.Layer4, ErrorLimit = 3, OnError = action });
        world.Judge.Take(world.Server, world.Server.Health.Check!, new CheckOutcome(CheckStatus.Layer7Ok, 200), 0, 1);
        world.Texts.Clear();
        var observer = new TrafficObserver(world.Judge);
        observer.Notice(world.Server, TrafficSign.NotConnected, 1);
        observer.Notice(world.Server, TrafficSign.NotConnected, 1);
        observer.Notice(world.Server, TrafficSign.Connected, 1);
        observer.Notice(world.Server, TrafficSign.BadStatus, 1);
        observer.Notice(world.Server, TrafficSign.NotConnected, 1);
        observer.Notice(world.Server, TrafficSign.NotConnected, 1);
        world.Texts.Should().BeEmpty("a success in between begins anew, and responses are not watched");
        observer.Notice(world.Server, TrafficSign.NotConnected, 1);

        CheckView.Status(world.Server).Should().Be(status);
        world.Server.Health.FailedAnalyses.Should().Be(1);
        if (end is null)
        {
            world.Texts.Should().BeEmpty();
        }
        else
        {
            world.Texts[0].Should().Be(
                "Health check for server b/s failed, reason: Health analyze, info: \"Detected 3 consecutive errors, last one was: L4 unsuccessful connection\", " + end);
            CheckView.StatusCode(world.Server.Health.Check).Should().Be("HANA");
            CheckView.Duration(world.Server.Health.Check).Should().Be(-1);
        }
    }

    [Fact]
    public void A_state_file_gives_health_back()
    {
        HealthControl.Restore(Server, 3, CheckNumbers.ToFile(CheckStatus.Layer4Ok));
        CheckNumbers.ToFile(CheckStatus.Layer4Ok).Should().Be(6);
        CheckNumbers.ToFile(CheckStatus.Layer7Ok).Should().Be(15);
        CheckView.Status(Server).Should().Be("UP 2/3");
        CheckView.StatusCode(Check).Should().Be("L4OK");
    }

    [Fact]
    public void A_program_is_given_its_words_and_environment_alone()
    {
        var world = Make();
        world.Server.MoveTo(SocketAddress128.From(IPAddress.Loopback, 29069));
        var request = ExternalCheck.RequestOf(world.Server, new ExternalCheckConfig("/opt/checks/ok.sh", "/bin:/usr/bin"));
        request.Arguments.Should().Equal("/opt/checks/ok.sh", "NOT_USED", "NOT_USED", "127.0.0.1", "29069");
        request.Environment.Order(StringComparer.Ordinal).Should().Equal(
            "HAPROXY_PROXY_ADDR=", "HAPROXY_PROXY_ID=71", "HAPROXY_PROXY_NAME=b", "HAPROXY_PROXY_PORT=", "HAPROXY_SERVER_ADDR=127.0.0.1",
            "HAPROXY_SERVER_CURCONN=0", "HAPROXY_SERVER_ID=1", "HAPROXY_SERVER_MAXCONN=0", "HAPROXY_SERVER_NAME=s", "HAPROXY_SERVER_PORT=29069",
            "HAPROXY_SERVER_PROTO=tcp", "HAPROXY_SERVER_SSL=0", "PATH=/bin:/usr/bin");
    }

    private void Pass() => _world.Judge.Take(Server, Check, new CheckOutcome(CheckStatus.Layer7Ok, 200), 0, 1);

    private static HealthWorld Make(ProxyOptions options = ProxyOptions.LogHealthChecks, Func<ServerConfig, ServerConfig>? change = null)
    {
        var server = new ServerConfig
        {
            Name = "s",
            Id = 1,
            Endpoint = new IpEndpoint(IPAddress.Loopback, 80),
            Check = new ServerCheckConfig(),
        };
        return new HealthWorld(new TcpConnectCheckConfig(), change is null ? server : change(server), "b", 1000, options);
    }
}

using System.Net;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.State;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.State;

public sealed class ServerRosterTests
{
    private const long Now = 1_000_000_000;

    [Theory]
    [InlineData(BalanceAlgorithm.RoundRobin)]
    [InlineData(BalanceAlgorithm.LeastConnections)]
    [InlineData(BalanceAlgorithm.First)]
    [InlineData(BalanceAlgorithm.Random)]
    public void An_added_server_is_chosen_once_it_is_ready_and_never_after_its_removal(BalanceAlgorithm algorithm)
    {
        var (engine, backend) = Make(algorithm);
        ServerRoster.CanGrow(backend).Should().BeTrue();
        ServerRoster.Add(engine, backend, Server("n", 2), leader: null, disabled: null, Now);
        var added = backend.Servers[1];
        Chosen(backend, 4).Should().OnlyContain(server => server != added, "it is in maintenance");

        engine.Transitions.OrderReady(added, Now);
        engine.Transitions.OrderMaintenance(backend.Servers[0], Now);
        Chosen(backend, 4).Should().OnlyContain(server => server == added);

        ServerRoster.Remove(added).Should().Be(ServerRemoval.IsInService);
        engine.Transitions.OrderMaintenance(added, Now);
        engine.Transitions.OrderReady(backend.Servers[0], Now);
        ServerRoster.Remove(added).Should().Be(ServerRemoval.Done);
        backend.Servers.Should().ContainSingle();
        added.IsRemoved.Should().BeTrue();
        Chosen(backend, 4).Should().OnlyContain(server => server != added);
    }

    [Fact]
    public void A_server_with_streams_or_one_that_is_named_stays()
    {
        var (engine, backend) = Make(BalanceAlgorithm.RoundRobin);
        ServerRoster.Add(engine, backend, Server("n", 2), leader: null, disabled: null, Now);
        backend.Servers[1].Sessions.Increment();
        ServerRoster.Remove(backend.Servers[1]).Should().Be(ServerRemoval.IsInUse);
        backend.Servers[1].Sessions.Decrement();
        engine.Environment.Server("b", "n");
        ServerRoster.Remove(backend.Servers[1]).Should().Be(ServerRemoval.IsNamed);
    }

    [Fact]
    public void A_server_that_follows_one_leaves_it_when_it_is_removed()
    {
        var (engine, backend) = Make(BalanceAlgorithm.RoundRobin);
        var leader = backend.Servers[0];
        ServerRoster.Add(engine, backend, Server("n", 2), leader, disabled: null, Now);
        leader.Followers.Should().ContainSingle();
        leader.IsNamed.Should().BeFalse("servers of run time may come and go without holding those they follow");
        ServerRoster.Remove(backend.Servers[1]).Should().Be(ServerRemoval.Done);
        leader.Followers.Should().BeEmpty();
    }

    [Fact]
    public void Static_algorithms_cannot_grow_but_shrink()
    {
        var (engine, backend) = Make(BalanceAlgorithm.StaticRoundRobin, 2);
        ServerRoster.CanGrow(backend).Should().BeFalse();
        var gone = backend.Servers[0];
        engine.Transitions.OrderMaintenance(gone, Now);
        ServerRoster.Remove(gone).Should().Be(ServerRemoval.Done);
        Chosen(backend, 4).Should().OnlyContain(server => server == backend.Servers[0] && server != gone);
    }

    private static ServerState?[] Chosen(BackendState backend, int times)
    {
        lock (backend.Gate)
        {
            return [.. Enumerable.Range(0, times).Select(_ => backend.Balancer.Choose(default, null, out var _))];
        }
    }

    private static ServerConfig Server(string name, int id) =>
        new() { Name = name, Id = id, Endpoint = new IpEndpoint(IPAddress.Loopback, 80), AtRunTime = true };

    private static (ProxyEngine Engine, BackendState Backend) Make(BalanceAlgorithm algorithm, int servers = 1)
    {
        var proxy = new ProxyConfig
        {
            Name = "b",
            Id = 1,
            Capability = ProxyCapability.Backend,
            Backend = new BackendConfig
            {
                Balance = new BalanceConfig { Algorithm = algorithm },
                Servers = [.. Enumerable.Range(1, servers).Select(id => Server("s" + id, id) with { AtRunTime = false })],
            },
        };
        var engine = EngineBuilder.Build(new HaproxyConfig { Global = new GlobalConfig { Threads = 1 }, Proxies = [proxy] }, 100, static (MatchMethod _, bool _, string _, out string? error) =>
        {
            error = "none";
            return null;
        });
        return (engine, engine.Proxies[0].Backend!);
    }
}

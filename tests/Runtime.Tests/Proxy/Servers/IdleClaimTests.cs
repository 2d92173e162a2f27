using System.Net;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Servers;

/// <summary>Idle connections that several threads want. One test plays all threads, a step after the other, in the orders that matter.</summary>
public sealed class IdleClaimTests : IDisposable
{
    private readonly ProxyEngine _engine;
    private readonly ServerState _server;
    private readonly List<int> _peers = [];

    public IdleClaimTests()
    {
        var proxy = new ProxyConfig
        {
            Name = "b",
            Id = 1,
            Capability = ProxyCapability.Backend,
            Mode = ProxyMode.Http,
            Backend = new BackendConfig { Servers = [new ServerConfig { Name = "s", Id = 1, Endpoint = new IpEndpoint(IPAddress.Loopback, 80) }] },
        };
        _engine = EngineBuilder.Build(new HaproxyConfig { Global = new GlobalConfig { Threads = 2 }, Proxies = [proxy] }, 100, static (MatchMethod _, bool _, string _, out string? error) =>
        {
            error = "none";
            return null;
        });
        _server = _engine.Proxies[0].Backend!.Servers[0];
        _server.NeededConnections = 100; // so many may be idle
    }

    private ProxyThread Here => _engine.Threads[0];

    private ProxyThread There => _engine.Threads[1];

    public void Dispose()
    {
        foreach (var peer in _peers)
            Descriptors.Close(peer);
        foreach (var thread in _engine.Threads)
            thread.Loop.Dispose();
    }

    [Fact]
    public void What_its_own_thread_has_taken_no_other_gets()
    {
        var connection = KeepHere();
        Here.Idle.Take(_server, 0, unproven: true).Should().BeSameAs(connection);
        There.Idle.Take(_server, 0, unproven: true).Should().BeNull();
        (_server.IdleCount, Here.Idle.CountOf(_server)).Should().Be((0, 0));
    }

    [Fact]
    public void What_another_thread_has_taken_its_own_passes_over_and_forgets_in_its_next_turn()
    {
        var first = KeepHere();
        var second = KeepHere();
        var descriptor = first.Connection.Descriptor;
        var taken = There.Idle.Take(_server, 0, unproven: true)!;
        taken.Should().NotBeSameAs(first, "of a connection only its descriptor moves");
        taken.Connection.Descriptor.Should().Be(descriptor);
        (_server.IdleCount, Here.Idle.CountOf(_server)).Should().Be((1, 2), "its own thread has not heard of it yet");

        Here.Idle.TryRemove(first).Should().BeFalse();
        Here.Idle.Take(_server, 0, unproven: true).Should().BeSameAs(second);
        Here.Loop.Turn(0);
        (_server.IdleCount, Here.Idle.CountOf(_server)).Should().Be((0, 0));
        first.Connection.Descriptor.Should().Be(-1);
        RawSocket.Peek(descriptor, new byte[1]).Status.Should().Be(IoStatus.Again, "it is open where it is now");
    }

    [Fact]
    public void What_another_thread_has_taken_is_not_closed_with_the_rest()
    {
        var connection = KeepHere();
        var taken = There.Idle.Take(_server, 0, unproven: true)!;
        Here.Idle.CloseAll(_server);
        connection.OnReady(connection.Connection);
        Here.Loop.Turn(0);
        RawSocket.Peek(taken.Connection.Descriptor, new byte[1]).Status.Should().Be(IoStatus.Again);
        _server.IdleCount.Should().Be(0);
    }

    [Fact]
    public void What_the_server_has_closed_goes_back_to_its_thread_which_closes_it()
    {
        var connection = KeepHere();
        Descriptors.Close(_peers[0]);
        _peers.Clear();
        There.Idle.Take(_server, 0, unproven: true).Should().BeNull();
        (_server.IdleCount, connection.Connection.Descriptor >= 0).Should().Be((0, true), "only its own thread may close it");
        Here.Loop.Turn(0);
        (_server.IdleCount, Here.Idle.CountOf(_server), connection.Connection.Descriptor).Should().Be((0, 0, -1));
    }

    [Fact]
    public void What_was_taken_over_can_be_kept_and_taken_back()
    {
        KeepHere();
        var taken = There.Idle.Take(_server, 0, unproven: true)!;
        There.Idle.Keep(taken);
        var descriptor = taken.Connection.Descriptor;
        Here.Loop.Turn(0);
        var back = Here.Idle.Take(_server, 0, unproven: true)!;
        back.Connection.Descriptor.Should().Be(descriptor);
        There.Loop.Turn(0);
        (_server.IdleCount, There.Idle.CountOf(_server)).Should().Be((0, 0));
    }

    [Fact]
    public void Who_needs_other_traits_gets_none_and_leaves_it_to_others()
    {
        var connection = KeepHere();
        There.Idle.Take(_server, traits: 5, unproven: true).Should().BeNull();
        There.Idle.Take(_server, traits: 0, unproven: false).Should().BeNull("it has not shown yet that it can be used again");
        _server.IdleCount.Should().Be(1);
        Here.Idle.Take(_server, 0, unproven: true).Should().BeSameAs(connection);
    }

    [Fact]
    public void A_claim_that_is_given_up_leaves_the_connection_to_the_next()
    {
        var connection = KeepHere();
        (connection.TryClaim(), connection.TryClaim()).Should().Be((true, false));
        Here.Idle.Take(_server, 0, unproven: true).Should().BeNull();
        There.Idle.Take(_server, 0, unproven: true).Should().BeNull();
        connection.Unclaim();
        There.Idle.Take(_server, 0, unproven: true).Should().NotBeNull();
    }

    [Fact]
    public void Whatever_is_taken_out_others_see_the_rest()
    {
        var all = Enumerable.Range(0, 6).Select(_ => KeepHere()).ToList();
        foreach (var gone in (int[])[0, 3, 5])
            Here.Idle.TryRemove(all[gone]).Should().BeTrue();
        var seen = new List<int>();
        while (There.Idle.Take(_server, 0, unproven: true) is { } taken)
            seen.Add(taken.Connection.Descriptor);
        seen.Should().BeEquivalentTo(new[] { 1, 2, 4 }.Select(index => all[index].Connection.Descriptor));
    }

    [Fact]
    public void Of_many_threads_that_want_the_same_each_connection_has_one_winner()
    {
        const int threads = 4, connections = 64;
        for (var round = 0; round < 20; round++)
        {
            var list = new IdleList();
            for (var i = 0; i < connections; i++)
            {
                var connection = new ServerConnection(Here);
                connection.Begin(_server, null!, 0);
                list.Add(connection);
                connection.Offer();
            }

            using var together = new Barrier(threads);
            var won = new List<ServerConnection>[threads];
            var running = Enumerable.Range(0, threads).Select(index => new Thread(() =>
            {
                won[index] = [];
                together.SignalAndWait();
                while (list.ClaimFromOutside(_server, 0, proven: false) is { } claimed)
                    won[index].Add(claimed);
            })).ToList();
            running.ForEach(thread => thread.Start());
            running.ForEach(thread => thread.Join());
            var all = won.SelectMany(list => list).ToList();
            all.Should().HaveCount(connections).And.OnlyHaveUniqueItems();
        }
    }

    /// <summary>Connects to a server, and keeps the connection idle on the first thread.</summary>
    private ServerConnection KeepHere()
    {
        DescriptorPassing.MakePair(out var ours, out var theirs).IsNone.Should().BeTrue();
        RawSocket.SetNonBlocking(ours);
        _peers.Add(theirs);
        var connection = Here.TakeServerConnection();
        connection.Begin(_server, null!, 0);
        connection.Connection.Attach(ours, connecting: false);
        Here.Loop.Watch(connection.Connection).Should().BeTrue();
        Here.Idle.Keep(connection);
        return connection;
    }
}

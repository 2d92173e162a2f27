using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Tests.Proxy.State;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Queues;

/// <summary>Who gets a freed place. The orders are those of the original with the same arrivals.</summary>
public sealed class ServerSelectionTests : IDisposable
{
    private readonly Loop _loop = new(0, 16384, 16);
    private readonly ServerCase _run = new();
    private readonly List<Client> _clients = [];
    private long _now = 1000;

    private BackendState Backend => _run.Backends["be"];

    [Fact]
    public void Waiting_streams_are_served_in_the_order_of_their_arrival_and_know_how_many_went_before()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.Build();
        for (var i = 0; i < 5; i++) Come($"{i}");
        Backend.Queued.Value.Should().Be(4);
        Serve().Should().Equal("0", "1", "2", "3", "4");
        _clients.Select(c => c.Entry.BackendQueuePosition).Should().Equal(0, 1, 2, 3, 4);
        Backend.Served.Value.Should().Be(0);
        Backend.Queued.Value.Should().Be(0);
    }

    [Fact]
    public void Of_a_servers_queue_and_the_backends_the_older_stream_goes_first()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.AddServer("be/s2 maxconn=1");
        _run.Build();
        Come("1", "s1");
        Come("2", "s2");
        Come("3");
        Come("4", "s1");
        Come("5");
        Come("6", "s1");
        Come("7");
        Serve().Should().Equal("1", "2", "3", "5", "4", "7", "6");
        _clients.Select(c => $"{c.Entry.ServerQueuePosition} {c.Entry.BackendQueuePosition}").Should().Equal("0 0", "0 0", "0 1", "1 0", "0 2", "2 0", "0 3");
    }

    [Fact]
    public void Classes_come_before_arrival_and_are_clamped()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.Build();
        Come("0");
        Come("a");
        Come("b", priority: 5);
        Come("c", priority: -5);
        Come("d");
        Come("e", priority: -3000);
        Come("f", priority: 3000);
        Serve().Should().Equal("0", "e", "c", "a", "d", "b", "f");
    }

    [Fact]
    public void Offsets_move_the_time_of_arrival()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.Build();
        Come("0");
        Come("a");
        Come("b", offset: 5000);
        Come("c", offset: -5000);
        Come("e");
        Come("d", offset: -30);
        Serve().Should().Equal("0", "c", "a", "d", "e", "b");
    }

    [Fact]
    public void A_full_queue_of_the_wanted_server_is_told()
    {
        _run.AddServer("be/s1 maxconn=1 maxqueue=1");
        _run.Build();
        Come("0", "s1").Should().Be(AssignmentResult.Assigned);
        Come("1", "s1").Should().Be(AssignmentResult.Queued);
        Come("2", "s1").Should().Be(AssignmentResult.QueueFull);
        Come("3").Should().Be(AssignmentResult.Queued, "the backend's own queue has no limit");
    }

    [Fact]
    public void Who_gives_up_leaves_the_queue_and_hands_a_granted_place_on()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.Build();
        for (var i = 0; i < 5; i++) Come($"{i}");
        ServerSelection.Abandon(Backend, _clients[2].Entry, _loop);
        ServerSelection.Release(_clients[0].Server!, _loop);
        _clients[1].Entry.State.Should().Be(QueueEntryState.Granted);
        ServerSelection.Abandon(Backend, _clients[1].Entry, _loop);
        _clients[3].Entry.State.Should().Be(QueueEntryState.Granted);
        Backend.Served.Value.Should().Be(1);
        Backend.Queued.Value.Should().Be(1);
        _clients[3].Entry.BackendQueuePosition.Should().Be(2, "who gave up was not served");
    }

    [Fact]
    public void A_server_that_goes_down_sends_its_waiting_streams_away_but_for_those_forced_to_it()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.AddServer("be/s2 maxconn=1");
        _run.Build();
        Come("0", "s1");
        Come("1", "s1");
        Come("2", "s1", forced: true);
        _run.Transitions.Down(_run.Server("be/s1"), "", 0);
        _run.Messages[^1].Text.Should().EndWith("0 sessions active, 1 requeued, 1 remaining in queue.");
        ServerSelection.Settle(Backend, _clients[1].Entry).Should().Be(QueueEntryState.Displaced);
        _clients[2].Entry.State.Should().Be(QueueEntryState.Waiting);
        ServerSelection.Release(_run.Server("be/s1"), _loop);
        _clients[2].Entry.State.Should().Be(QueueEntryState.Granted);
    }

    [Fact]
    public void A_server_that_comes_up_takes_waiting_streams_over()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.AddServer("be/s2 maxconn=2 disabled");
        _run.Build();
        for (var i = 0; i < 5; i++) Come($"{i}");
        _run.Transitions.OrderReady(_run.Server("be/s2"), 0);
        _clients.Select(c => c.Entry.State).Should().Equal(QueueEntryState.Idle, QueueEntryState.Granted, QueueEntryState.Granted, QueueEntryState.Waiting, QueueEntryState.Waiting);
        _clients[1].Entry.Server!.Name.Should().Be("s2");
    }

    [Theory]
    [InlineData(1, 10, 10, 14, 10)]
    [InlineData(2, 10, 20, 14, 2)]
    public void Between_minconn_and_maxconn_the_limit_follows_the_load(int minimum, int maximum, int full, int arrivals, int running)
    {
        // The second row: the third stream waits, and those behind it do not overtake it although the limit has grown.
        _run.AddServer($"be/s1 minconn={minimum} maxconn={maximum}");
        _run.Build();
        Backend.FullConnections = full;
        for (var i = 0; i < arrivals; i++) Come($"{i}");
        Backend.Served.Value.Should().Be(running);
        ServerSelection.Release(_run.Server("be/s1"), _loop);
        Backend.Served.Value.Should().Be(Math.Max(running, Math.Min(maximum, arrivals * maximum / full)));
    }

    [Fact]
    public void Many_entries_in_any_order_leave_sorted()
    {
        _run.AddServer("be/s1 maxconn=1");
        _run.Build();
        var random = new Random(7);
        Come("first");
        var expected = new List<(int Class, int Order, string Name)>();
        for (var i = 0; i < 500; i++)
        {
            var priority = random.Next(-3, 4);
            Come($"{i}", priority: priority);
            expected.Add((priority, i, $"{i}"));
        }

        foreach (var gone in Enumerable.Range(0, 100).Select(_ => random.Next(500)).Distinct())
        {
            ServerSelection.Abandon(Backend, _clients[gone + 1].Entry, _loop);
            expected.RemoveAll(e => e.Order == gone);
        }

        Serve().Skip(1).Should().Equal(expected.Order().Select(e => e.Name));
    }

    public void Dispose() => _loop.Dispose();

    private AssignmentResult Come(string name, string? server = null, int priority = 0, int offset = 0, bool forced = false)
    {
        var client = new Client(_loop, name);
        client.Entry.PriorityClass = priority;
        client.Entry.PriorityOffset = offset;
        _clients.Add(client);
        Backend.Sessions.Increment();
        _now += 10;
        var made = ServerSelection.Assign(Backend, client.Entry, new ServerWish { Server = server is null ? null : _run.Server("be/" + server), IsForced = forced }, _now);
        client.Server = made.Result == AssignmentResult.Assigned ? made.Server : null;
        return made.Result;
    }

    /// <summary>Ends the running streams, the one that began first at first, and tells who ran in which order.</summary>
    private List<string> Serve()
    {
        var running = new Queue<Client>(_clients.Where(c => c.Server is not null));
        var order = running.Select(c => c.Name).ToList();
        while (running.TryDequeue(out var client))
        {
            ServerSelection.Release(client.Server!, _loop);
            foreach (var other in _clients.Where(c => c.Entry.State == QueueEntryState.Granted))
            {
                ServerSelection.Settle(Backend, other.Entry).Should().Be(QueueEntryState.Granted);
                other.Server = other.Entry.Server;
                running.Enqueue(other);
                order.Add(other.Name);
            }
        }

        return order;
    }

    private sealed class Client : LoopTask
    {
        public Client(Loop loop, string name)
        {
            Name = name;
            Entry = new QueueEntry(loop, this);
        }

        public string Name { get; }

        public QueueEntry Entry { get; }

        public ServerState? Server { get; set; }

        protected internal override void Run(Loop loop)
        {
        }
    }
}

using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Servers in turns by their weights, which may change at any time (<c>balance roundrobin</c>).</summary>
/// <remarks>
/// Time is counted in choices. A period lasts as many as the sum of the weights; in it a server of weight w comes w times, every sum/w choices, the
/// fractions being carried on. At the beginning of a period all servers stand in a line, the heaviest first, and come in one by one
/// wherever no server that came already is due: so the light ones spread over the period. A server whose next turn lies behind the end of the
/// period stands in line for the next one. The order was taken from the original's choices (fixtures/balance).
/// </remarks>
public sealed class RoundRobinBalancer : Balancer
{
    private sealed class Node : RankedNode
    {
        public int Weight;
        public int Position;
        public int Remainder;
    }

    private sealed class Group(int capacity)
    {
        public RankedHeap Line = new(capacity);
        public RankedHeap Turns = new(capacity);
        public RankedHeap NextLine = new(capacity);
        public int Period;
        public int Position;
    }

    private readonly Group _active;
    private readonly Group _backup;
    private long _sequence;

    /// <summary>A balancer over a backend's servers.</summary>
    public RoundRobinBalancer(BackendState backend)
        : base(backend)
    {
        _active = new Group(Servers.Length);
        _backup = new Group(Servers.Length);
        foreach (var server in Servers)
        {
            var node = new Node { Server = server };
            server.Node = node;
            if (server.IsUsable)
            {
                StandInLine(GroupOf(server), node);
            }
        }
    }

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        var group = backups ? _backup : _active;
        RankedNode? skipped = null;
        Node? chosen = null;
        Node? avoided = null;
        saturated = false;
        while (true)
        {
            var node = Next(group);
            if (node is null)
            {
                break;
            }

            if (!HasPlace(node.Server))
            {
                saturated = true;
            }
            else if (ReferenceEquals(node.Server, avoid))
            {
                avoided = node;
            }
            else
            {
                chosen = node;
                break;
            }

            var heap = node.Heap!;
            RankedHeap.Remove(node);
            node.Heap = heap;
            node.NextSkipped = skipped;
            skipped = node;
        }

        chosen ??= avoided;
        while (skipped is not null)
        {
            var heap = skipped.Heap!;
            var next = skipped.NextSkipped;
            skipped.NextSkipped = null;
            heap.Add(skipped);
            skipped = next;
        }

        if (chosen is null)
        {
            return null;
        }

        saturated = false;
        Advance(group, chosen);
        return chosen.Server;
    }

    /// <inheritdoc/>
    protected override void Changed(ServerState server)
    {
        var node = (Node)server.Node!;
        var group = GroupOf(server);
        if (!server.IsUsable)
        {
            RankedHeap.Remove(node);
            return;
        }

        if (node.Heap is not null && node.Weight == server.EffectiveWeight)
        {
            return;
        }

        RankedHeap.Remove(node);
        StandInLine(group, node);
    }

    private Node? Next(Group group)
    {
        if (group.Turns.Count == 0 && group.Line.Count == 0)
        {
            if (group.NextLine.Count == 0)
            {
                return null;
            }

            (group.Line, group.NextLine) = (group.NextLine, group.Line);
            group.Position = 0;
            group.Period = ReferenceEquals(group, _active) ? ActiveWeight : BackupWeight;
        }

        var turn = (Node?)group.Turns.First;
        return turn is not null && (turn.Position <= group.Position || group.Line.Count == 0) ? turn : (Node?)group.Line.First;
    }

    private void Advance(Group group, Node node)
    {
        if (ReferenceEquals(node.Heap, group.Line))
        {
            node.Position = group.Position;
            node.Remainder = 0;
        }

        RankedHeap.Remove(node);
        node.Weight = node.Server.EffectiveWeight;
        var (step, rest) = Math.DivRem(group.Period, node.Weight);
        node.Remainder += rest;
        if (node.Remainder >= node.Weight)
        {
            node.Remainder -= node.Weight;
            step++;
        }

        node.Position += step;
        group.Position++;
        if (node.Position >= group.Period)
        {
            StandInLine(group, node);
            return;
        }

        node.Rank = node.Position;
        node.SubRank = node.Remainder - node.Weight;
        node.Sequence = _sequence++;
        group.Turns.Add(node);
    }

    private void StandInLine(Group group, Node node)
    {
        node.Weight = node.Server.EffectiveWeight;
        node.Rank = -node.Weight;
        node.SubRank = 0;
        node.Sequence = _sequence++;
        group.NextLine.Add(node);
    }

    private Group GroupOf(ServerState server) => server.Config.Backup ? _backup : _active;
}

using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Servers in turns by their weights, which may change at any time (<c>balance roundrobin</c>).</summary>
/// <remarks>
/// Time is counted in choices. A period lasts as many as the sum of the weights; in it a server of weight w comes w times, every sum/w choices, the
/// fractions being carried on. A full server's turn passes. At the beginning of a period all servers stand in a line, the heaviest first, and come in one by one
/// wherever no server that came already is due: so the light ones spread over the period. A server whose next turn lies behind the end of the
/// period stands in line for the next one. A change of weight counts at once for the steps, but for the period's length only from the next one on. The
/// order was taken from the original's choices (fixtures/balance); right after a server has come back, it can differ from it for some turns.
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
        public int Weight;
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
                node.Weight = server.EffectiveWeight;
                Rank(node, -node.Weight, 0);
                GroupOf(server).NextLine.Add(node);
            }
        }

        _active.Weight = ActiveWeight;
        _backup.Weight = BackupWeight;
    }

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        var group = backups ? _backup : _active;
        RankedNode? passed = null;
        Node? chosen = null;
        Node? avoided = null;
        saturated = false;
        while (chosen is null && Next(group) is { } node)
        {
            if (ReferenceEquals(node.Heap, group.Line))
            {
                node.Position = group.Position;
                node.Remainder = 0;
            }

            RankedHeap.Remove(node);
            MoveOn(node, group.Weight);
            if (HasPlace(node.Server) && !ReferenceEquals(node.Server, avoid))
            {
                chosen = node;
                break;
            }

            if (HasPlace(node.Server))
            {
                avoided = node;
            }
            else
            {
                saturated = true;
            }

            node.NextSkipped = passed;
            passed = node;
        }

        chosen ??= avoided;
        if (chosen is not null)
        {
            group.Position++;
            saturated = false;
            if (!ReferenceEquals(chosen, avoided))
            {
                Place(group, chosen);
            }
        }

        while (passed is not null)
        {
            var node = (Node)passed;
            passed = node.NextSkipped;
            node.NextSkipped = null;
            Place(group, node);
        }

        return chosen?.Server;
    }

    /// <inheritdoc/>
    protected override void Entered(ServerState server) => server.Node = new Node { Server = server };

    /// <inheritdoc/>
    protected override void Changed(ServerState server)
    {
        var node = (Node)server.Node!;
        var group = GroupOf(server);
        var before = group.Weight;
        group.Weight = server.Config.Backup ? BackupWeight : ActiveWeight;
        if (!server.IsUsable)
        {
            RankedHeap.Remove(node);
            return;
        }

        var wasOut = node.Heap is null;
        if (!wasOut && node.Weight == server.EffectiveWeight)
        {
            return;
        }

        node.Weight = server.EffectiveWeight;
        if (node.Heap is { } line && !ReferenceEquals(line, group.Turns))
        {
            RankedHeap.Remove(node);
            Rank(node, -node.Weight, 0);
            line.Add(node);
            return;
        }

        RankedHeap.Remove(node);
        var (step, rest) = Math.DivRem(wasOut ? before : group.Weight, node.Weight);
        node.Position = group.Position + step;
        node.Remainder = wasOut ? rest : 0;
        Place(group, node);
    }

    private static Node? Next(Group group)
    {
        if (group.Turns.Count == 0 && group.Line.Count == 0)
        {
            if (group.NextLine.Count == 0)
            {
                return null;
            }

            (group.Line, group.NextLine) = (group.NextLine, group.Line);
            group.Position = 0;
            group.Period = group.Weight;
        }

        var turn = (Node?)group.Turns.First;
        return turn is not null && (turn.Position <= group.Position || group.Line.Count == 0) ? turn : (Node?)group.Line.First;
    }

    private static void MoveOn(Node node, int sum)
    {
        var (step, rest) = Math.DivRem(sum, node.Weight);
        node.Remainder += rest;
        if (node.Remainder >= node.Weight)
        {
            node.Remainder -= node.Weight;
            step++;
        }

        node.Position += step;
    }

    private void Place(Group group, Node node)
    {
        if (node.Position >= group.Period)
        {
            Rank(node, -node.Weight, 0);
            group.NextLine.Add(node);
            return;
        }

        Rank(node, node.Position, node.Remainder - node.Weight);
        group.Turns.Add(node);
    }

    private void Rank(Node node, long rank, long subRank)
    {
        node.Rank = rank;
        node.SubRank = subRank;
        node.Sequence = _sequence++;
    }

    private Group GroupOf(ServerState server) => server.Config.Backup ? _backup : _active;
}

using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>A server in a <see cref="RankedHeap"/>: the lowest rank first, among equals the one put in first.</summary>
public abstract class RankedNode : BalancerNode
{
    /// <summary>The server.</summary>
    public required ServerState Server { get; init; }

    internal long Rank;
    internal long SubRank;
    internal long Sequence;
    internal int Place = -1;
    internal RankedHeap? Heap;
    internal RankedNode? NextSkipped;
}

/// <summary>Servers by rank. A binary heap of nodes that know their place, so that each can leave from anywhere in O(log n).</summary>
public sealed class RankedHeap
{
    private RankedNode[] _nodes;

    /// <summary>A heap for so many servers; it grows where servers are added later.</summary>
    public RankedHeap(int capacity) => _nodes = new RankedNode[Math.Max(4, capacity)];

    /// <summary>How many servers are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The first; null where it is empty.</summary>
    public RankedNode? First => Count == 0 ? null : _nodes[0];

    /// <summary>Puts a node in, whose ranks are set.</summary>
    public void Add(RankedNode node)
    {
        if (Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Count * 2);
        }

        node.Heap = this;
        Rise(node, Count++);
    }

    /// <summary>Takes a node out of the heap it is in, if any.</summary>
    public static void Remove(RankedNode node)
    {
        if (node.Heap is { } heap)
        {
            heap.RemoveAt(node.Place);
            node.Heap = null;
            node.Place = -1;
        }
    }

    private void RemoveAt(int place)
    {
        var last = _nodes[--Count];
        _nodes[Count] = null!;
        if (place == Count)
        {
            return;
        }

        Rise(last, place);
        Sink(last);
    }

    private void Rise(RankedNode node, int place)
    {
        while (place > 0)
        {
            var above = (place - 1) / 2;
            if (!Precedes(node, _nodes[above]))
            {
                break;
            }

            Put(_nodes[above], place);
            place = above;
        }

        Put(node, place);
    }

    private void Sink(RankedNode node)
    {
        var place = node.Place;
        while (true)
        {
            var below = (place * 2) + 1;
            if (below >= Count)
            {
                break;
            }

            if (below + 1 < Count && Precedes(_nodes[below + 1], _nodes[below]))
            {
                below++;
            }

            if (!Precedes(_nodes[below], node))
            {
                break;
            }

            Put(_nodes[below], place);
            place = below;
        }

        Put(node, place);
    }

    private void Put(RankedNode node, int place)
    {
        _nodes[place] = node;
        node.Place = place;
    }

    private static bool Precedes(RankedNode one, RankedNode other)
    {
        if (one.Rank != other.Rank)
        {
            return one.Rank < other.Rank;
        }

        return one.SubRank != other.SubRank ? one.SubRank < other.SubRank : one.Sequence < other.Sequence;
    }
}

namespace Dropin.Runtime.Proxy.Queues;

/// <summary>Streams that wait, the one to be served first on top: by priority class, then by adjusted time of arrival, then by arrival.</summary>
/// <remarks>A pairing heap through the entries themselves: nothing is allocated, an entry leaves from anywhere. Guarded by the backend's gate.</remarks>
public sealed class WaitQueue
{
    private QueueEntry? _top;
    private long _sequence;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many have left the queue to be served, since the start.</summary>
    public long Left { get; private set; }

    /// <summary>The one to be served next; null when nobody waits.</summary>
    internal QueueEntry? First => _top;

    internal void Add(QueueEntry entry, long nowMilliseconds)
    {
        entry.Order = OrderOf(entry.PriorityClass, nowMilliseconds + entry.PriorityOffset);
        entry.Sequence = _sequence++;
        entry.Passed = Left;
        entry.Queue = this;
        entry.Child = entry.Sibling = entry.Before = null;
        _top = _top is null ? entry : Join(_top, entry);
        Count++;
    }

    /// <summary>Puts an entry back that was taken out for a moment, at its old place.</summary>
    internal void Restore(QueueEntry entry)
    {
        entry.Queue = this;
        entry.Child = entry.Sibling = entry.Before = null;
        _top = _top is null ? entry : Join(_top, entry);
        Count++;
    }

    /// <summary>Takes an entry out, wherever it stands.</summary>
    /// <param name="entry">An entry of this queue.</param>
    /// <param name="served">Whether it goes on to a server; else it gave up or was sent away.</param>
    internal void Remove(QueueEntry entry, bool served)
    {
        if (ReferenceEquals(entry, _top))
        {
            _top = Merge(entry.Child);
        }
        else
        {
            Cut(entry);
            var below = Merge(entry.Child);
            if (below is not null)
            {
                _top = Join(_top!, below);
            }
        }

        entry.Queue = null;
        entry.Child = entry.Sibling = entry.Before = null;
        Count--;
        if (served)
        {
            Left++;
        }
    }

    /// <summary>Whether the first of this queue goes before the first of another one. A tie goes to this queue.</summary>
    internal static bool GoesBefore(QueueEntry one, QueueEntry other) => one.Order <= other.Order;

    private static long OrderOf(int priorityClass, long milliseconds) =>
        ((long)Math.Clamp(priorityClass, -QueueEntry.HighestClass, QueueEntry.HighestClass) << 48) + milliseconds;

    private static bool Precedes(QueueEntry one, QueueEntry other) =>
        one.Order < other.Order || (one.Order == other.Order && one.Sequence < other.Sequence);

    /// <summary>Joins two heaps; the lesser top becomes the top.</summary>
    private static QueueEntry Join(QueueEntry one, QueueEntry other)
    {
        if (Precedes(other, one))
        {
            (one, other) = (other, one);
        }

        other.Before = one;
        other.Sibling = one.Child;
        if (one.Child is not null)
        {
            one.Child.Before = other;
        }

        one.Child = other;
        return one;
    }

    /// <summary>Makes one heap of a list of siblings: joins them in pairs from the left, then all from the right.</summary>
    private static QueueEntry? Merge(QueueEntry? first)
    {
        QueueEntry? pairs = null;
        while (first is not null)
        {
            var one = first;
            var two = one.Sibling;
            first = two?.Sibling;
            one.Sibling = one.Before = null;
            if (two is not null)
            {
                two.Sibling = two.Before = null;
                one = Join(one, two);
            }

            one.Sibling = pairs;
            pairs = one;
        }

        QueueEntry? all = null;
        while (pairs is not null)
        {
            var next = pairs.Sibling;
            pairs.Sibling = null;
            all = all is null ? pairs : Join(all, pairs);
            pairs = next;
        }

        return all;
    }

    private static void Cut(QueueEntry entry)
    {
        var before = entry.Before!;
        if (ReferenceEquals(before.Child, entry))
        {
            before.Child = entry.Sibling;
        }
        else
        {
            before.Sibling = entry.Sibling;
        }

        if (entry.Sibling is not null)
        {
            entry.Sibling.Before = before;
        }

        entry.Sibling = entry.Before = null;
    }
}

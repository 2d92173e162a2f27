using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Queues;

/// <summary>Where a waiting stream is.</summary>
public enum QueueEntryState
{
    /// <summary>Not waiting.</summary>
    Idle,

    /// <summary>In the queue of a server or of the backend.</summary>
    Waiting,

    /// <summary>A place on <see cref="QueueEntry.Server"/> was granted and counts as taken.</summary>
    Granted,

    /// <summary>It was taken out of a server's queue, since the server no longer takes it: a server must be chosen anew.</summary>
    Displaced,
}

/// <summary>A stream's place in a queue; made once with the stream and used again for each request.</summary>
/// <remarks>
/// All fields but the owner's are guarded by the backend's gate. When something happened the owner task is woken on its own loop,
/// from whichever thread; it then asks <see cref="ServerSelection.Settle"/>.
/// </remarks>
public sealed class QueueEntry
{
    /// <summary>The lowest and highest priority class, and the bounds of the offset in milliseconds (configuration manual 4.2).</summary>
    public const int HighestClass = 2047, HighestOffset = 524287;

    private readonly Loop _loop;
    private readonly LoopTask _owner;
    private readonly Action _wake;

    internal QueueEntry? Child, Sibling, Before;
    internal WaitQueue? Queue;
    internal long Order;
    internal long Sequence;
    internal long Passed;

    /// <summary>An entry whose owner runs on a loop.</summary>
    public QueueEntry(Loop loop, LoopTask owner)
    {
        _loop = loop;
        _owner = owner;
        _wake = () => _loop.Wake(_owner);
    }

    /// <summary>Where it is. Settled by <see cref="ServerSelection.Settle"/>.</summary>
    public QueueEntryState State { get; internal set; }

    /// <summary>The server whose place was granted, or in whose queue it waits; null in the backend's queue.</summary>
    public ServerState? Server { get; internal set; }

    /// <summary>The class streams are sorted by first, -2047 to 2047; lower goes first (<c>set-priority-class</c>).</summary>
    public int PriorityClass { get; set; }

    /// <summary>Milliseconds added to the time of arrival, -524287 to 524287 (<c>set-priority-offset</c>).</summary>
    public int PriorityOffset { get; set; }

    /// <summary>Whether it may only go to the server it waits for, even when that goes down (<c>force-persist</c>, <c>option persist</c>).</summary>
    internal bool IsForced { get; set; }

    /// <summary>Streams that left the server's queue while it waited there (log field srv_queue).</summary>
    public long ServerQueuePosition { get; internal set; }

    /// <summary>Streams that left the backend's queue while it waited there (log field backend_queue).</summary>
    public long BackendQueuePosition { get; internal set; }

    /// <summary>Forgets positions and priorities of the request before.</summary>
    public void Reset()
    {
        PriorityClass = 0;
        PriorityOffset = 0;
        ServerQueuePosition = 0;
        BackendQueuePosition = 0;
    }

    internal void WakeOwner(Loop? current)
    {
        if (ReferenceEquals(current, _loop))
        {
            _loop.Wake(_owner);
        }
        else
        {
            _loop.Post(_wake);
        }
    }
}

using System.Collections.Concurrent;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Epoll;

namespace Dropin.Runtime.Reactor;

/// <summary>One reactor: a thread's loop over readiness, timers, woken tasks and a mailbox.</summary>
/// <remarks>
/// A turn is: run what is queued, wait for the kernel no longer than the next deadline, hand out events, queue what has
/// expired. The clock is read once a turn, after the wait. Everything but <see cref="Post(Action)"/> and
/// <see cref="Stop"/> belongs to the loop's own thread.
/// </remarks>
public sealed class Loop : IDisposable
{
    /// <summary>How many queued tasks run before the kernel is asked again (HAProxy's <c>tune.runqueue-depth</c>).</summary>
    private const int RunBudget = 200;

    /// <summary>The longest sleep, in milliseconds.</summary>
    private const int MostWait = 60_000;

    private readonly EpollPoller _poller;
    private readonly PollerEvent[] _events;
    private readonly SlotTable _slots = new();
    private readonly TimerHeap _timers = new();
    private readonly ConcurrentQueue<Action> _mailbox = new();
    private LoopTask? _readyHead;
    private LoopTask? _readyTail;
    private volatile bool _stopping;

    /// <summary>Makes a loop; it does nothing until <see cref="Run"/>.</summary>
    /// <param name="index">The thread's number from 0.</param>
    /// <param name="bufferSize">Bytes of a buffer (<c>tune.bufsize</c>).</param>
    /// <param name="mostEvents">Events taken at once (<c>tune.maxpollevents</c>).</param>
    public Loop(int index, int bufferSize, int mostEvents)
    {
        Index = index;
        Buffers = new BufferPool(bufferSize);
        _poller = new EpollPoller(mostEvents);
        _events = new PollerEvent[mostEvents];
        ReadClock();
    }

    /// <summary>The thread's number from 0.</summary>
    public int Index { get; }

    /// <summary>The buffers of this thread.</summary>
    public BufferPool Buffers { get; }

    /// <summary>Microseconds of the monotonic clock at the beginning of the turn.</summary>
    public long NowMicroseconds { get; private set; }

    /// <summary>Milliseconds of the monotonic clock at the beginning of the turn; the unit of all deadlines.</summary>
    public long NowMilliseconds { get; private set; }

    /// <summary>Microseconds since 1970 at the beginning of the turn.</summary>
    public long WallMicroseconds { get; private set; }

    /// <summary>Counts of what the loop did, for <c>show activity</c>.</summary>
    public LoopActivity Activity { get; } = new();

    /// <summary>Runs in each turn before the kernel is waited for: what was gathered in the turn leaves. Null nothing.</summary>
    public Action? BeforeWait { get; set; }

    /// <summary>Watches a pollable, edge-triggered in both directions.</summary>
    /// <returns>False where the kernel refuses it.</returns>
    public bool Watch(Pollable pollable) =>
        Watch(pollable, EpollFlags.In | EpollFlags.Out | EpollFlags.ReadHangUp | EpollFlags.EdgeTriggered);

    /// <summary>Watches a pollable with the given flags.</summary>
    public bool Watch(Pollable pollable, EpollFlags flags)
    {
        var handle = _slots.Take(pollable);
        if (_poller.Register(pollable.Descriptor, flags, handle))
        {
            return true;
        }

        _slots.Release(pollable);
        return false;
    }

    /// <summary>Forgets a pollable whose descriptor is closed right after: the kernel then forgets it by itself.</summary>
    public void Forget(Pollable pollable)
    {
        if (pollable.IsWatched)
        {
            _slots.Release(pollable);
        }
    }

    /// <summary>Stops watching a descriptor that stays open or is shared with another process or thread.</summary>
    public void Unwatch(Pollable pollable)
    {
        if (pollable.IsWatched)
        {
            _poller.Unregister(pollable.Descriptor);
            _slots.Release(pollable);
        }
    }

    /// <summary>
    /// From another thread: the kernel reports the descriptor here no more. What it has reported already may still reach the pollable; its thread has to
    /// <see cref="Forget"/> it.
    /// </summary>
    public void UnwatchFromOutside(Pollable pollable) => _poller.Unregister(pollable.Descriptor);

    /// <summary>Queues a task to run in this turn or the next; once however often it is asked.</summary>
    public void Wake(LoopTask task)
    {
        if (task.IsQueued)
        {
            return;
        }

        task.IsQueued = true;
        task.NextReady = null;
        if (_readyTail is null)
        {
            _readyHead = task;
        }
        else
        {
            _readyTail.NextReady = task;
        }

        _readyTail = task;
    }

    /// <summary>Says when a task has to run at the latest; <see cref="LoopTask.Never"/> takes the deadline away.</summary>
    public void SetDeadline(LoopTask task, long milliseconds)
    {
        task.Deadline = milliseconds;
        if (milliseconds < task.HeapKey)
        {
            _timers.Place(task, milliseconds);
        }
    }

    /// <summary>Takes a task out of the timers and of the queue, before it is given back to a pool.</summary>
    public void Cancel(LoopTask task)
    {
        task.Deadline = LoopTask.Never;
        _timers.Remove(task);
        // A queued task stays in the queue; its owner must bear one more Run.
    }

    /// <summary>Runs something on the loop's thread; may be called from any thread.</summary>
    public void Post(Action work)
    {
        _mailbox.Enqueue(work);
        _poller.Wake();
    }

    /// <summary>Ends <see cref="Run"/>; may be called from any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _poller.Wake();
    }

    /// <summary>Turns until <see cref="Stop"/>.</summary>
    public void Run()
    {
        while (!_stopping)
        {
            Turn(MostWait);
        }

        // What was posted before the end still counts: the last log lines are among it.
        ReadMailbox();
    }

    /// <summary>One turn; tests drive a loop by it.</summary>
    /// <param name="mostMilliseconds">How long to wait at most.</param>
    public void Turn(int mostMilliseconds)
    {
        RunReady();
        BeforeWait?.Invoke();
        var wait = Math.Min(mostMilliseconds, MillisecondsToWait());
        var count = _poller.Wait(_events, wait);
        ReadClock();
        Activity.Loops++;
        for (var i = 0; i < count; i++)
        {
            Activity.Events++;
            _slots.Find(_events[i].Handle)?.OnEvents(this, _events[i].Flags);
        }

        ReadMailbox();
        while (_timers.TakeDue(NowMilliseconds) is { } due)
        {
            if (due.Deadline > NowMilliseconds)
            {
                // It was moved on since it was placed.
                if (due.Deadline != LoopTask.Never)
                {
                    _timers.Place(due, due.Deadline);
                }

                continue;
            }

            Wake(due);
        }
    }

    private void ReadMailbox()
    {
        while (_mailbox.TryDequeue(out var work))
        {
            work();
        }
    }

    /// <summary>How long the loop may sleep until something is due, in milliseconds.</summary>
    private int MillisecondsToWait()
    {
        if (_readyHead is not null || !_mailbox.IsEmpty)
        {
            return 0;
        }

        // LoopTask.Never is far away like any other moment.
        return (int)Math.Clamp(_timers.NextKey - NowMilliseconds, 0, MostWait);
    }

    private void RunReady()
    {
        for (var budget = RunBudget; budget > 0 && _readyHead is { } task; budget--)
        {
            _readyHead = task.NextReady;
            if (_readyHead is null)
            {
                _readyTail = null;
            }

            task.NextReady = null;
            task.IsQueued = false;
            Activity.Tasks++;
            task.Run(this);
        }
    }

    private void ReadClock()
    {
        NowMicroseconds = MonotonicClock.Microseconds;
        NowMilliseconds = NowMicroseconds / 1000;
        WallMicroseconds = MonotonicClock.WallMicroseconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _poller.Dispose();
}

/// <summary>Counts of what a loop did since its start.</summary>
public sealed class LoopActivity
{
    /// <summary>Turns.</summary>
    public long Loops { get; internal set; }

    /// <summary>Events of the kernel.</summary>
    public long Events { get; internal set; }

    /// <summary>Tasks run.</summary>
    public long Tasks { get; internal set; }

    /// <summary>Idle connections taken over from other threads.</summary>
    public long TakenOver { get; set; }

    /// <summary>Connections accepted.</summary>
    public long Accepted { get; set; }
}

using System.Threading.Tasks.Sources;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Transport;

/// <summary>Something to await on a loop's thread, once at a time: ended by its owner or by its deadline, whichever comes first.</summary>
/// <remarks>
/// The continuation runs inline on the loop's thread, inside the call that ended the wait; nothing is handed to the
/// thread pool. That holds as long as the loop's thread has no synchronization context, and it has none.
/// </remarks>
public sealed class LoopWait : LoopTask, IValueTaskSource<WaitResult>
{
    private readonly Loop _loop;
    private ManualResetValueTaskSourceCore<WaitResult> _core;

    /// <summary>Makes a wait of a loop.</summary>
    public LoopWait(Loop loop) => _loop = loop;

    /// <summary>Whether somebody awaits it.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Begins to wait.</summary>
    /// <param name="deadline">Milliseconds of <see cref="Loop.NowMilliseconds"/>; <see cref="LoopTask.Never"/> for none.</param>
    /// <exception cref="InvalidOperationException">It is awaited already: a mistake of the owner.</exception>
    public ValueTask<WaitResult> Begin(long deadline)
    {
        if (IsPending)
        {
            throw new InvalidOperationException("A wait was begun twice.");
        }

        _core.Reset();
        IsPending = true;
        _loop.SetDeadline(this, deadline);
        return new ValueTask<WaitResult>(this, _core.Version);
    }

    /// <summary>Ends the wait, if there is one, and runs what waited.</summary>
    public void End(WaitResult result)
    {
        if (!IsPending)
        {
            return;
        }

        IsPending = false;
        _loop.Cancel(this);
        _core.SetResult(result);
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        // A run that was queued for an earlier wait finds a later deadline.
        if (IsPending && Deadline <= loop.NowMilliseconds)
        {
            End(new WaitResult(WaitStatus.TimedOut));
        }
    }

    WaitResult IValueTaskSource<WaitResult>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<WaitResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WaitResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

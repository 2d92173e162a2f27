namespace Dropin.Runtime.Reactor;

/// <summary>A unit of work of one loop that is run when something woke it or its time has come.</summary>
/// <remarks>
/// The deadline is lazy: setting a later one than the heap holds costs nothing, the task is then run at the earlier
/// moment, sees that nothing has expired and is put back. A busy stream moves its deadline at each read and never
/// touches the heap.
/// </remarks>
public abstract class LoopTask
{
    /// <summary>The deadline that never comes.</summary>
    public const long Never = long.MaxValue;

    internal LoopTask? NextReady;
    internal bool IsQueued;
    internal int HeapIndex = -1;
    internal long HeapKey = Never;

    /// <summary>When it has to run at the latest, in milliseconds of <see cref="Loop.NowMilliseconds"/>.</summary>
    public long Deadline { get; internal set; } = Never;

    /// <summary>Does what there is to do. Called on the loop's thread.</summary>
    protected internal abstract void Run(Loop loop);
}

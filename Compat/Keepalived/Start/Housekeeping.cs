using Dropin.Runtime.Reactor;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>
/// Keeps the heap small. The collector waits until as much as a processor's cache has been thrown away, which a router with its few objects reaches
/// after an hour: until then megabytes of lines and reloads would lie about. A collection of so small a heap takes less than a millisecond.
/// </summary>
internal sealed class Housekeeping : LoopTask
{
    private const int LookMilliseconds = 1000;
    private const long MostGarbage = 2 * 1024 * 1024;
    private long _allocated;

    /// <summary>Begins to look.</summary>
    internal void Begin(Loop loop) => loop.SetDeadline(this, loop.NowMilliseconds + LookMilliseconds);

    /// <inheritdoc/>
    protected override void Run(Loop loop)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _allocated > MostGarbage)
        {
            GC.Collect();
            _allocated = allocated;
        }
        Begin(loop);
    }
}

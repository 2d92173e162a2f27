using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy;

/// <summary>Gives memory back after a burst: a crowd that has become idle must not keep the buffers of the moment when all asked at once.</summary>
/// <remarks>
/// Dropping blocks only makes garbage; the collector runs when it has reason to, which steady traffic that allocates nothing never gives it.
/// So it is called when much was dropped, at most every few seconds, and never while load is steady.
/// </remarks>
internal sealed class ThreadUpkeep(ProxyThread thread) : LoopTask
{
    private const int Interval = 250;
    private const int QuietInterval = 1000;
    private const int Crowd = 64;
    private const int BetweenCollections = 5000;
    private const long WorthCollecting = 4 << 20;
    private static long s_lastCollection;
    private long _dropped;

    internal void Start(Loop loop) => loop.SetDeadline(this, loop.NowMilliseconds + Interval);

    protected internal override void Run(Loop loop)
    {
        var dropped = thread.TrimUnused();
        _dropped += dropped;
        var last = Volatile.Read(ref s_lastCollection);
        if (_dropped >= WorthCollecting && loop.NowMilliseconds - last >= BetweenCollections
            && Interlocked.CompareExchange(ref s_lastCollection, loop.NowMilliseconds, last) == last)
        {
            _dropped = 0;
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        // While nothing is left to drop it looks less often: an idle process should sleep.
        loop.SetDeadline(this, loop.NowMilliseconds + (dropped > 0 || loop.Buffers.Outstanding + loop.Buffers.Free > Crowd ? Interval : QuietInterval));
    }
}

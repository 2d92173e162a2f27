namespace Dropin.Runtime.Proxy.State;

/// <summary>Events a second, over a window of one second that slides: the current second plus the rest of the one before.</summary>
/// <remarks>May be touched by several threads; a race at the change of a second can lose an event of the statistics, never more.</remarks>
public sealed class FrequencyCounter
{
    private long _second;
    private int _current;
    private int _previous;

    /// <summary>Counts an event and returns the events of the running second.</summary>
    /// <param name="nowMilliseconds">The loop's clock.</param>
    public int Add(long nowMilliseconds)
    {
        Rotate(nowMilliseconds / 1000);
        return Interlocked.Increment(ref _current);
    }

    /// <summary>Counts several events at once (bytes).</summary>
    public void Add(long nowMilliseconds, int count)
    {
        Rotate(nowMilliseconds / 1000);
        Interlocked.Add(ref _current, count);
    }

    /// <summary>Events a second as of now.</summary>
    public int Read(long nowMilliseconds)
    {
        Rotate(nowMilliseconds / 1000);
        var left = 1000 - (nowMilliseconds % 1000);
        return _current + (int)(_previous * left / 1000);
    }

    /// <summary>How many more events the limit allows now; 0 none.</summary>
    public int Remaining(long nowMilliseconds, int limit) => Math.Max(0, limit - Read(nowMilliseconds));

    private void Rotate(long second)
    {
        var seen = Volatile.Read(ref _second);
        if (seen == second)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _second, second, seen) == seen)
        {
            var last = Interlocked.Exchange(ref _current, 0);
            _previous = second == seen + 1 ? last : 0;
        }
    }
}

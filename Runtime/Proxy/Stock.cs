namespace Dropin.Runtime.Proxy;

/// <summary>Objects of one thread that are used again.</summary>
internal sealed class Stock<T>(Func<T> make)
    where T : class
{
    private const int MinimumKept = 32;
    private readonly Stack<T> _free = new();
    private int _out;
    private int _recentPeak;

    internal T Take()
    {
        if (++_out > _recentPeak)
        {
            _recentPeak = _out;
        }

        return _free.TryPop(out var item) ? item : make();
    }

    internal void Give(T item)
    {
        _out--;
        _free.Push(item);
    }

    /// <summary>Drops what was not needed since the last call; returns how many.</summary>
    internal int TrimUnused()
    {
        var needed = Math.Max(_recentPeak, MinimumKept);
        _recentPeak = _out;
        var keep = Math.Max(0, needed - _out);
        var dropped = 0;
        while (_free.Count > keep)
        {
            _free.Pop();
            dropped++;
        }

        if (dropped > 1000)
        {
            _free.TrimExcess();
        }

        return dropped;
    }
}

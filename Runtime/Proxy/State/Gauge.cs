namespace Dropin.Runtime.Proxy.State;

/// <summary>A number that goes up and down on several threads, and its highest value.</summary>
public sealed class Gauge
{
    private int _value;
    private int _maximum;

    /// <summary>The value now.</summary>
    public int Value => Volatile.Read(ref _value);

    /// <summary>The highest value since the counters were cleared.</summary>
    public int Maximum => Volatile.Read(ref _maximum);

    /// <summary>One more; returns the new value.</summary>
    public int Increment()
    {
        var value = Interlocked.Increment(ref _value);
        Raise(value);
        return value;
    }

    /// <summary>One more unless the limit is reached. The highest value does not follow before <see cref="Settle"/>: the place may be given back unused.</summary>
    public bool TryIncrement(int limit)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _value);
            if (seen >= limit)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _value, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>The place that was taken is used.</summary>
    public void Settle() => Raise(Value);

    /// <summary>One fewer; returns the new value.</summary>
    public int Decrement() => Interlocked.Decrement(ref _value);

    /// <summary>Sets the highest value back to the current one.</summary>
    public void ClearMaximum() => Volatile.Write(ref _maximum, Value);

    private void Raise(int value)
    {
        var seen = Volatile.Read(ref _maximum);
        while (value > seen)
        {
            var found = Interlocked.CompareExchange(ref _maximum, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}

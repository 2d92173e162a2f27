using Dropin.Runtime.Ir;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>When checks are made (configuration manual 3.2 <c>spread-checks</c>, 5.2 <c>inter</c>). Pure: times and chance come in.</summary>
/// <param name="Interval">Between two checks.</param>
/// <param name="FastInterval">In transition; null means <paramref name="Interval"/>.</param>
/// <param name="DownInterval">When down; null means <paramref name="Interval"/>.</param>
public readonly record struct CheckSchedule(Duration Interval, Duration? FastInterval, Duration? DownInterval)
{
    /// <summary>Checks with a shorter interval than this one do not decide how the first checks are spread, milliseconds.</summary>
    private const int SpreadThreshold = 1000;

    /// <summary>The interval that counts now, milliseconds.</summary>
    /// <param name="counter">The health.</param>
    /// <param name="isStopped">Whether the server is down.</param>
    public int Current(in CheckCounter counter, bool isStopped)
    {
        if (counter.Health == counter.Highest && !isStopped)
        {
            return Interval.Milliseconds;
        }

        return counter.Health == 0 && isStopped
            ? (DownInterval ?? Interval).Milliseconds
            : (FastInterval ?? Interval).Milliseconds;
    }

    /// <summary>Milliseconds from the end of a check to the next one.</summary>
    /// <param name="interval">The interval that counts.</param>
    /// <param name="spreadPercent">0 to 50.</param>
    /// <param name="chance">0 to 1.</param>
    public static int Next(int interval, int spreadPercent, double chance)
    {
        if (spreadPercent == 0)
        {
            return interval;
        }

        var reach = interval * (long)spreadPercent / 100;
        return (int)(interval - reach + (long)(2 * reach * chance));
    }

    /// <summary>The least interval of all that are long enough to decide how the first checks are spread; 0 where none is.</summary>
    public static int LeastInterval(ReadOnlySpan<int> intervals)
    {
        var least = 0;
        foreach (var one in intervals)
        {
            if (one >= SpreadThreshold && (least == 0 || one < least))
            {
                least = one;
            }
        }

        return least;
    }

    /// <summary>Milliseconds from the start to a check's first run.</summary>
    /// <param name="interval">Its own interval.</param>
    /// <param name="least">See <see cref="LeastInterval"/>.</param>
    /// <param name="most">The longest span the first checks are spread over; null unlimited (<c>max-spread-checks</c>).</param>
    /// <param name="position">Its place among all checks, from 0.</param>
    /// <param name="count">How many checks there are.</param>
    public static int First(int interval, int least, Duration? most, int position, int count)
    {
        var span = Math.Max(interval, least);
        if (most is { } limit && span > limit.Milliseconds)
        {
            span = limit.Milliseconds;
        }

        return (int)((long)span * position / count);
    }

    /// <summary>Until when a connection has to stand.</summary>
    /// <param name="start">When the check began, milliseconds.</param>
    /// <param name="interval">The interval that counts.</param>
    /// <param name="connect"><c>timeout connect</c></param>
    /// <param name="check"><c>timeout check</c></param>
    public static long ConnectDeadline(long start, int interval, Duration? connect, Duration? check) =>
        check is null || connect is null ? start + interval : start + Math.Min(interval, connect.Value.Milliseconds);

    /// <summary>Until when all has to be answered.</summary>
    /// <param name="start">When the check began.</param>
    /// <param name="connected">When the connection stood.</param>
    /// <param name="interval">The interval that counts.</param>
    /// <param name="check"><c>timeout check</c></param>
    public static long AnswerDeadline(long start, long connected, int interval, Duration? check) =>
        check is { } limit ? connected + limit.Milliseconds : start + interval;
}

namespace Dropin.Runtime.Proxy.State;

/// <summary>How long the last streams took: averages over about the last 1024, and the most seen (CSV qtime, ctime, rtime, ttime, qtime_max …).</summary>
/// <remarks>All in milliseconds. Several threads write; a race can lose a sample of an average, never more.</remarks>
public sealed class TimeStatistics
{
    private const int Samples = 1024;

    private long _queue, _connect, _response, _total;

    /// <summary>Average time in the queue.</summary>
    public int Queue => Average(_queue);

    /// <summary>Average time to connect.</summary>
    public int Connect => Average(_connect);

    /// <summary>Average time until the response's head.</summary>
    public int Response => Average(_response);

    /// <summary>Average time in all.</summary>
    public int Total => Average(_total);

    /// <summary>The longest time in the queue.</summary>
    public int QueueMaximum { get; private set; }

    /// <summary>The longest time to connect.</summary>
    public int ConnectMaximum { get; private set; }

    /// <summary>The longest time until the response's head.</summary>
    public int ResponseMaximum { get; private set; }

    /// <summary>The longest time in all.</summary>
    public int TotalMaximum { get; private set; }

    /// <summary>Adds a stream whose connection stood.</summary>
    /// <param name="queue">In the queue.</param>
    /// <param name="connect">Until the connection stood.</param>
    /// <param name="response">Until the response's head; 0 for TCP.</param>
    /// <param name="total">From accept to end.</param>
    public void Add(int queue, int connect, int response, int total)
    {
        Slide(ref _queue, queue);
        Slide(ref _connect, connect);
        Slide(ref _response, response);
        Slide(ref _total, total);
        QueueMaximum = Math.Max(QueueMaximum, queue);
        ConnectMaximum = Math.Max(ConnectMaximum, connect);
        ResponseMaximum = Math.Max(ResponseMaximum, response);
        TotalMaximum = Math.Max(TotalMaximum, total);
    }

    /// <summary>Forgets the maxima (<c>clear counters</c>), and the averages where asked for.</summary>
    public void Clear(bool averages)
    {
        QueueMaximum = ConnectMaximum = ResponseMaximum = TotalMaximum = 0;
        if (averages)
        {
            _queue = _connect = _response = _total = 0;
        }
    }

    private static void Slide(ref long sum, int value) => sum += value - ((sum + Samples - 1) / Samples);

    private static int Average(long sum) => (int)((sum + Samples - 1) / Samples);
}

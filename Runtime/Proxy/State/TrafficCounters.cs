using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.State;

/// <summary>Counts of a proxy's side or of a server, kept by one thread; readers add the threads up.</summary>
/// <remarks>Names follow the fields of the statistics CSV (management manual 9.1), which are given behind each.</remarks>
public sealed class TrafficCounters
{
    /// <summary>Bytes from the client (bin).</summary>
    public long BytesIn;

    /// <summary>Bytes to the client (bout).</summary>
    public long BytesOut;

    /// <summary>Connections (conn_tot); for a server: connections established or reused (connect, reuse).</summary>
    public long Connections;

    /// <summary>Sessions or streams (stot).</summary>
    public long Sessions;

    /// <summary>Requests refused by rules (dreq).</summary>
    public long DeniedRequests;

    /// <summary>Responses refused by rules (dresp).</summary>
    public long DeniedResponses;

    /// <summary>Connections refused by tcp-request connection (dcon).</summary>
    public long DeniedConnections;

    /// <summary>Sessions refused by tcp-request session (dses).</summary>
    public long DeniedSessions;

    /// <summary>Request errors (ereq).</summary>
    public long RequestErrors;

    /// <summary>Connection errors (econ).</summary>
    public long ConnectionErrors;

    /// <summary>Response errors (eresp).</summary>
    public long ResponseErrors;

    /// <summary>Retries (wretr).</summary>
    public long Retries;

    /// <summary>Redispatches (wredis).</summary>
    public long Redispatches;

    /// <summary>Requests the client gave up (cli_abrt).</summary>
    public long ClientAborts;

    /// <summary>Requests the server gave up (srv_abrt).</summary>
    public long ServerAborts;

    /// <summary>Times a server was chosen (lbtot).</summary>
    public long Chosen;

    /// <summary>HTTP requests (req_tot).</summary>
    public long Requests;

    /// <summary>Requests answered from here (intercepted).</summary>
    public long Intercepted;

    /// <summary>Headers that could not be rewritten (wrew).</summary>
    public long FailedRewrites;

    /// <summary>Internal errors (eint).</summary>
    public long InternalErrors;

    /// <summary>Connections made to a server (connect).</summary>
    public long Connects;

    /// <summary>Connections used again (reuse).</summary>
    public long Reuses;

    /// <summary>Responses with status 1xx (hrsp_1xx) to other (hrsp_other), by the first digit; 0 is other.</summary>
    public readonly long[] Responses = new long[6];

    /// <summary>Cache look-ups and hits, compression bytes: kept at 0 until they are executed.</summary>
    public long CompressionIn;

    /// <summary>Bytes of HTTP connections as they are on the wire (h1_bytes_in, h1_bytes_out): the counts above are those of messages.</summary>
    public WireMeter Wire { get; private init; } = new();

    /// <summary>Zeroes in place of these counts. The meter stays, for connections hold it.</summary>
    internal TrafficCounters Anew()
    {
        Wire.Clear();
        return new TrafficCounters { Wire = Wire };
    }

    /// <summary>Adds the numbers of another thread.</summary>
    public void Add(TrafficCounters other)
    {
        BytesIn += other.BytesIn;
        BytesOut += other.BytesOut;
        Connections += other.Connections;
        Sessions += other.Sessions;
        DeniedRequests += other.DeniedRequests;
        DeniedResponses += other.DeniedResponses;
        DeniedConnections += other.DeniedConnections;
        DeniedSessions += other.DeniedSessions;
        RequestErrors += other.RequestErrors;
        ConnectionErrors += other.ConnectionErrors;
        ResponseErrors += other.ResponseErrors;
        Retries += other.Retries;
        Redispatches += other.Redispatches;
        ClientAborts += other.ClientAborts;
        ServerAborts += other.ServerAborts;
        Chosen += other.Chosen;
        Requests += other.Requests;
        Intercepted += other.Intercepted;
        FailedRewrites += other.FailedRewrites;
        InternalErrors += other.InternalErrors;
        Wire.Streams += other.Wire.Streams;
        Wire.Read += other.Wire.Read;
        Wire.Written += other.Wire.Written;
        Connects += other.Connects;
        Reuses += other.Reuses;
        for (var i = 0; i < Responses.Length; i++)
        {
            Responses[i] += other.Responses[i];
        }
    }
}

/// <summary>The counters of all threads of one thing.</summary>
public sealed class CounterSet
{
    private readonly TrafficCounters[] _threads;

    /// <summary>Counters for so many threads.</summary>
    public CounterSet(int threads)
    {
        _threads = new TrafficCounters[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new TrafficCounters();
        }
    }

    /// <summary>The counters that a thread may touch.</summary>
    public TrafficCounters this[int thread] => _threads[thread];

    /// <summary>The sum of all threads. Allocates: for statistics only.</summary>
    public TrafficCounters Sum()
    {
        var sum = new TrafficCounters();
        foreach (var one in _threads)
        {
            sum.Add(one);
        }

        return sum;
    }

    /// <summary>Starts from zero (<c>clear counters</c>): each thread gets a fresh object.</summary>
    public void Clear()
    {
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = _threads[i].Anew();
        }
    }
}

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Everything a log line says about one stream beyond its messages (configuration manual 8.2).</summary>
/// <remarks>Times are microseconds of the loop's monotonic clock; -1 where the moment never came.</remarks>
public sealed class LogRecord
{
    /// <summary>Wall time when the connection was accepted, or when the previous response on it ended; microseconds since 1970.</summary>
    public long AcceptWallMicroseconds;

    /// <summary>The same moment on the monotonic clock.</summary>
    public long AcceptMicroseconds;

    /// <summary>Time for PROXY protocol and TLS handshakes (%Th), milliseconds.</summary>
    public int HandshakeMilliseconds;

    /// <summary>Time before the first byte of the request (%Ti), milliseconds; -1 where none came.</summary>
    public int IdleMilliseconds;

    /// <summary>When the request's head was complete.</summary>
    public long RequestMicroseconds;

    /// <summary>When the queue was left.</summary>
    public long QueueMicroseconds;

    /// <summary>When the connection to the server stood.</summary>
    public long ConnectMicroseconds;

    /// <summary>When the response's head was complete.</summary>
    public long ResponseMicroseconds;

    /// <summary>When the last byte was moved.</summary>
    public long CloseMicroseconds;

    /// <summary>Bytes read of the client (%U).</summary>
    public long BytesIn;

    /// <summary>Bytes sent to the client (%B).</summary>
    public long BytesOut;

    /// <summary>The status answered (%ST); -1 none.</summary>
    public int Status;

    /// <summary>First letter of the termination state.</summary>
    public TerminationCause Cause;

    /// <summary>Second letter of the termination state.</summary>
    public TerminationPhase Phase;

    /// <summary>Third letter: what the client's persistence cookie was; '-' where none is looked for.</summary>
    public byte CookieRequest;

    /// <summary>Fourth letter: what was done with the server's persistence cookie.</summary>
    public byte CookieResponse;

    /// <summary>Connection retries (%rc).</summary>
    public int Retries;

    /// <summary>Whether the server was chosen anew (a '+' before %rc).</summary>
    public bool Redispatched;

    /// <summary>Requests ahead in the server's queue (%sq).</summary>
    public int ServerQueue;

    /// <summary>Requests ahead in the backend's queue (%bq).</summary>
    public int BackendQueue;

    /// <summary>Connections of the process (%ac).</summary>
    public int ProcessConnections;

    /// <summary>Connections of the frontend (%fc).</summary>
    public int FrontendConnections;

    /// <summary>Connections of the backend (%bc).</summary>
    public int BackendConnections;

    /// <summary>Connections of the server (%sc).</summary>
    public int ServerConnections;

    /// <summary>The stream's number in the process (%rt).</summary>
    public long RequestNumber;

    /// <summary>Level set by a rule (<c>set-log-level</c>); -1 none, -2 silent.</summary>
    public int Level;

    /// <summary>Whether the line is written before the end (<c>logasap</c>): a '+' before times and bytes.</summary>
    public bool AsSoonAsPossible;

    /// <summary>Starts a record.</summary>
    public void Start(long wallMicroseconds, long microseconds)
    {
        AcceptWallMicroseconds = wallMicroseconds;
        AcceptMicroseconds = microseconds;
        HandshakeMilliseconds = 0;
        IdleMilliseconds = -1;
        RequestMicroseconds = QueueMicroseconds = ConnectMicroseconds = ResponseMicroseconds = CloseMicroseconds = -1;
        BytesIn = BytesOut = 0;
        Status = -1;
        Cause = TerminationCause.None;
        Phase = TerminationPhase.None;
        CookieRequest = CookieResponse = (byte)'-';
        Retries = 0;
        Redispatched = false;
        ServerQueue = BackendQueue = 0;
        Level = -1;
        AsSoonAsPossible = false;
    }

    /// <summary>Says who ended the stream and where it stood, unless that was said before: the first cause counts.</summary>
    public void End(TerminationCause cause, TerminationPhase phase)
    {
        if (Cause == TerminationCause.None)
        {
            Cause = cause;
        }

        if (Phase == TerminationPhase.None)
        {
            Phase = phase;
        }
    }
}

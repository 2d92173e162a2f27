using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>One exchange between a client and a server: a request and its response, or a whole TCP connection.</summary>
/// <remarks>
/// What the kinds share: the way to a server (choice, queue, connection, retries; see Stream.Server.cs), time-outs,
/// counters and the log. A stream belongs to its session's thread; states are named after what they wait for.
/// </remarks>
public abstract partial class Stream : LoopTask
{
    /// <summary>Makes a stream of a thread.</summary>
    protected Stream(ProxyThread thread)
    {
        Thread = thread;
        Queue = new QueueEntry(thread.Loop, this);
        Subject = new StreamSubject(thread, this);
    }

    /// <summary>The thread it belongs to.</summary>
    public ProxyThread Thread { get; }

    /// <summary>The client connection it came by.</summary>
    public Session Session { get; private protected set; } = null!;

    /// <summary>What its log line will say.</summary>
    public LogRecord Log { get; } = new();

    /// <summary>The section that took it.</summary>
    public ProxyState Frontend { get; private protected set; } = null!;

    /// <summary>The section that serves it; the frontend's own until one was chosen.</summary>
    public ProxyState BackendProxy { get; private protected set; } = null!;

    /// <summary>The backend that serves it; null until one was chosen.</summary>
    public BackendState? Backend { get; private protected set; }

    /// <summary>What rules and log formats see of it.</summary>
    public StreamSubject Subject { get; }

    /// <summary>Its number in the process.</summary>
    public long Number { get; private protected set; }

    /// <summary>The descriptor of the server's side as the trace of debug mode shows it; -1 none.</summary>
    internal int TracedServer { get; set; }

    /// <summary>The descriptor of the server's side; -1 without one.</summary>
    internal int ServerDescriptor => ServerLink?.Connection.Descriptor ?? -1;

    /// <summary>When anything last moved on the client's side, in the loop's milliseconds.</summary>
    private protected long ClientActivity { get; set; }

    /// <summary>When anything last moved on the server's side.</summary>
    private protected long ServerActivity { get; set; }

    /// <summary>When anything was last sent to the client; of meaning of its own with <c>option independent-streams</c>.</summary>
    private protected long ClientWritten { get; private set; }

    /// <summary>When anything was last sent to the server.</summary>
    private protected long ServerWritten { get; private set; }

    /// <summary>Bytes went from the client to the server.</summary>
    private protected void MovedToServer(long now)
    {
        ClientActivity = now;
        WroteToServer(now);
    }

    /// <summary>Bytes went from the server to the client.</summary>
    private protected void MovedToClient(long now)
    {
        ServerActivity = now;
        WroteToClient(now);
    }

    /// <summary>What is sent to a client counts as life of both directions, but with <c>option independent-streams</c> of the frontend.</summary>
    private protected void WroteToClient(long now)
    {
        ClientWritten = now;
        if ((Frontend.Config.Options & ProxyOptions.IndependentStreams) == 0)
        {
            ClientActivity = now;
        }
    }

    /// <summary>What is sent to a server counts as life of both directions, but with <c>option independent-streams</c> of the backend.</summary>
    private protected void WroteToServer(long now)
    {
        ServerWritten = now;
        if ((BackendProxy.Config.Options & ProxyOptions.IndependentStreams) == 0)
        {
            ServerActivity = now;
        }
    }

    /// <summary>When a side is given up: silent for its time while it is read, or taking nothing while it is written to.</summary>
    private protected static long ExpiryOf(bool isRead, bool isWritten, long activity, long written, Ir.Duration? timeout) => Math.Min(
        isRead ? After(activity, timeout) : Never,
        isWritten ? After(Math.Max(activity, written), timeout) : Never);

    /// <summary>The frontend's counters of this thread.</summary>
    private protected TrafficCounters FrontendCounters => Frontend.Frontend!.Counters[Thread.Index];

    /// <summary>The backend's counters of this thread; null until one was chosen.</summary>
    private protected TrafficCounters? BackendCounters => Backend?.Counters[Thread.Index];

    /// <summary>
    /// The backend's counters for bytes and aborts: a listen section's own count from the beginning, until another backend is chosen. Null in a
    /// frontend until then.
    /// </summary>
    private protected TrafficCounters? NearBackendCounters => (Backend ?? Frontend.Backend)?.Counters[Thread.Index];

    /// <summary>The server's counters of this thread; null without a server.</summary>
    private protected TrafficCounters? ServerCounters => Server?.Counters[Thread.Index];

    /// <summary>Takes the place of a stream of a session.</summary>
    private protected void Attach(Session session)
    {
        Session = session;
        Frontend = session.Proxy;
        BackendProxy = session.Proxy;
        Backend = null;
        Server = null;
        ServerLink = null;
        WantedServer = null;
        IsServerForced = false;
        Avoid = null;
        RetriesLeft = -1;
        Number = Interlocked.Increment(ref Thread.Engine.Process.NextStreamNumber) - 1;
        Log.Start(session.AcceptWallMicroseconds, session.AcceptMicroseconds);
        Log.HandshakeMilliseconds = session.HandshakeMilliseconds;
        Log.RequestNumber = Number;
        Queue.Reset();
        Subject.Attach(session);
        ClientActivity = ServerActivity = ClientWritten = ServerWritten = Thread.Loop.NowMilliseconds;
        _isCounted = false;
    }

    private bool _isCounted;

    /// <summary>Goes over to a backend: it counts the session from here on.</summary>
    private protected void EnterBackend(ProxyState proxy)
    {
        BackendProxy = proxy;
        Backend = proxy.Backend!;
        _isCounted = true;
        var now = Thread.Loop.NowMilliseconds;
        Backend.Sessions.Increment();
        var rate = Backend.SessionRate.Add(now);
        if (rate > Backend.SessionRateMaximum)
        {
            Backend.SessionRateMaximum = rate;
        }

        Backend.LastSessionSeconds = Thread.Loop.WallMicroseconds / 1_000_000;
        Backend.Counters[Thread.Index].Sessions++;
        RetriesLeft = Backend.Config.Retries;
        if (Backend.Config.Cookie is { Mode: not CookieMode.Passive } or { Indirect: true })
        {
            // Where the section looks for a cookie, "none" is an answer too.
            Log.CookieRequest = Log.CookieResponse = (byte)'N';
        }
    }

    /// <summary>
    /// Takes the numbers that the log line of an ended stream shows: on the frontend it still counts, on backend and server it does not,
    /// since the original leaves those before it writes the line.
    /// </summary>
    private protected void CaptureLoad()
    {
        Subject.KeepServer();
        Log.ProcessConnections = Thread.Engine.Process.Connections.Value;
        Log.FrontendConnections = Frontend.Frontend!.Sessions.Value;
        Log.BackendConnections = Backend is null ? 0 : Backend.Sessions.Value - (_isCounted && !Log.AsSoonAsPossible ? 1 : 0);
        Log.ServerConnections = Server is null ? 0 : Server.Sessions.Value - (_countedOnServer && !Log.AsSoonAsPossible ? 1 : 0);
        Log.ServerQueue = (int)Queue.ServerQueuePosition;
        Log.BackendQueue = (int)Queue.BackendQueuePosition;
    }

    /// <summary>Adds the bytes to the counters and leaves the backend.</summary>
    private protected void LeaveBackend()
    {
        if (_isCounted)
        {
            _isCounted = false;
            Backend!.Sessions.Decrement();
        }
    }

    /// <summary>Adds the times of a stream whose connection stood to the averages of its server and backend.</summary>
    private protected void CountTimes()
    {
        if (Server is not { } server || Log.ConnectMicroseconds < 0)
        {
            return;
        }

        var begin = Log.RequestMicroseconds >= 0 ? Log.RequestMicroseconds : Log.AcceptMicroseconds;
        var queued = Math.Max(begin, Log.QueueMicroseconds);
        var queue = (int)((queued - begin) / 1000);
        var connect = (int)((Log.ConnectMicroseconds - queued) / 1000);
        var response = Log.ResponseMicroseconds < 0 ? 0 : (int)((Log.ResponseMicroseconds - Log.ConnectMicroseconds) / 1000);
        var total = (int)((Thread.Loop.NowMicroseconds - begin) / 1000);
        server.Times.Add(queue, connect, response, total);
        server.Backend.Times.Add(queue, connect, response, total);
    }

    /// <summary>Counts bytes at each level.</summary>
    private protected void CountBytes(long fromClient, long toClient)
    {
        var frontend = FrontendCounters;
        frontend.BytesIn += fromClient;
        frontend.BytesOut += toClient;
        var listener = Session.Listener.Counters[Thread.Index];
        listener.BytesIn += fromClient;
        listener.BytesOut += toClient;
        if (NearBackendCounters is { } backend)
        {
            backend.BytesIn += fromClient;
            backend.BytesOut += toClient;
        }

        if (ServerCounters is { } server)
        {
            server.BytesIn += fromClient;
            server.BytesOut += toClient;
        }

        Interlocked.Add(ref Thread.Engine.Process.TotalBytesOut, toClient);
    }

    /// <summary>Ends the stream where it stands (<c>shutdown session</c>, a server that went down).</summary>
    /// <param name="cause">What the log says.</param>
    public abstract void Kill(TerminationCause cause);

    /// <summary>The hash of what <c>balance hash</c> names.</summary>
    private protected BalanceHash HashOfSample(BackendState backend)
    {
        var scratch = Subject.Scratch;
        var mark = scratch.Mark();
        var found = backend.Proxy.Rules.BalanceSample!.TryGetText(Subject, out var text);
        var hash = found && !text.IsEmpty ? backend.BalanceKey.OfBytes(text) : BalanceHash.None;
        scratch.Release(mark);
        return hash;
    }

    /// <summary>The moment a time-out ends; <see cref="LoopTask.Never"/> where there is none.</summary>
    private protected static long After(long since, Ir.Duration? timeout) => timeout is { } wait ? since + wait.Milliseconds : Never;

    /// <summary>The client's time-out: of the frontend.</summary>
    private protected long ClientExpiry => After(ClientActivity, Frontend.Config.Timeouts.Client);
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>The life of one client connection. See LIFECYCLE.md beside this file.</summary>
/// <remarks>
/// A session waits for a request, hands it to a stream and waits again; while a stream runs, whatever the client's socket
/// says goes to the stream. An idle session holds no buffer.
/// </remarks>
public sealed partial class Session : LoopTask, IConnectionOwner
{
    private readonly ProxyThread _thread;
    private SessionPhase _phase;

    internal Session(ProxyThread thread)
    {
        _thread = thread;
        Client = new Connection();
        End = new Http1End(Client, thread.Loop.Buffers);
    }

    /// <summary>What the session waits for.</summary>
    private enum SessionPhase
    {
        /// <summary>Given back.</summary>
        Closed,

        /// <summary>The rules of connections to let it in; nothing is read yet.</summary>
        Admission,

        /// <summary>A PROXY protocol header.</summary>
        WaitProxyHeader,

        /// <summary>The first byte of a request.</summary>
        WaitFirstByte,

        /// <summary>The rest of a request's head.</summary>
        WaitHead,

        /// <summary>A stream to end.</summary>
        Streaming,

        /// <summary>An answer of the mux itself to leave.</summary>
        Flushing,
    }

    /// <summary>The client's connection.</summary>
    public Connection Client { get; }

    /// <summary>The HTTP/1 end over it.</summary>
    public Http1End End { get; }

    /// <summary>The variables of the connection (<c>sess.</c>).</summary>
    public Rules.Variables.VariableStore Variables { get; } = new();

    /// <summary>The listener it came by.</summary>
    public ListenerState Listener { get; private set; } = null!;

    /// <summary>The frontend's section.</summary>
    public ProxyState Proxy => Listener.Proxy;

    /// <summary>The frontend.</summary>
    public FrontendState Frontend { get; private set; } = null!;

    /// <summary>When it was accepted, wall time in microseconds since 1970.</summary>
    public long AcceptWallMicroseconds { get; private set; }

    /// <summary>When it was accepted, on the loop's clock.</summary>
    public long AcceptMicroseconds { get; private set; }

    /// <summary>How many requests it has carried.</summary>
    public int Requests { get; private set; }

    /// <summary>The stream that runs; null between requests.</summary>
    public Stream? Current { get; private set; }

    /// <summary>An idle connection to a server that nobody else may use (<c>http-reuse never</c>); null none.</summary>
    internal ServerConnection? Kept { get; set; }

    /// <summary>Whether a server authenticates the connection, not the request (NTLM, Negotiate): it stays with this client from then on.</summary>
    internal bool IsAuthenticating { get; set; }

    /// <summary>Keeps a server connection for the next request of this client.</summary>
    internal void Keep(ServerConnection link)
    {
        DropKept();
        if (link.Connection.CanRead)
        {
            link.Close(reset: false);
            return;
        }

        link.Stream = null;
        link.Keeper = this;
        Kept = link;
    }

    /// <summary>Takes the kept connection where it leads to a server; closes it where it leads elsewhere.</summary>
    internal ServerConnection? TakeKept(ServerState server, long traits)
    {
        if (Kept is not { } link || !link.Fits(server, traits, proven: false))
        {
            DropKept();
            return null;
        }

        Kept = null;
        link.Keeper = null;
        return link;
    }

    private void DropKept()
    {
        if (Kept is { } link)
        {
            Kept = null;
            link.Close(reset: true);
        }
    }

    /// <summary>The server of the last request.</summary>
    public ServerState? LastServer { get; internal set; }

    /// <summary>The next client connection of the same thread.</summary>
    public Session? NextInThread { get; internal set; }

    internal Session? PreviousInThread { get; set; }

    /// <summary>Closes a connection on which no request is under way.</summary>
    internal void CloseIfIdle()
    {
        if (_phase == SessionPhase.WaitFirstByte && Requests > 0 && !End.HasInput && !WaitsForLastRequest)
        {
            Close();
        }
    }

    /// <summary>Whether the client must not notice the end (<c>silent-drop</c>): no orderly close.</summary>
    internal bool EndsSilently { get; private set; }

    /// <summary>The client is to learn nothing of the end.</summary>
    internal void EndSilently()
    {
        SilentDrop.Prepare(Client.Descriptor);
        EndsSilently = true;
    }

    /// <summary>Begins with an accepted socket.</summary>
    internal void Start(ListenerState listener, int descriptor)
    {
        Listener = listener;
        Frontend = listener.Proxy.Frontend!;
        _phase = SessionPhase.Admission;
        Requests = 0;
        (_authorityLength, _uniqueIdLength, HandshakeMilliseconds) = (0, 0, 0);
        Current = null;
        LastServer = null;
        EndsSilently = IsAuthenticating = false;
        Variables.Clear();
        var loop = _thread.Loop;
        AcceptWallMicroseconds = loop.WallMicroseconds;
        AcceptMicroseconds = loop.NowMicroseconds;
        Client.Attach(descriptor, connecting: false, delaysAcknowledgements: (Proxy.Config.Options & ProxyOptions.SmartAccept) != 0);
        if (listener.FixedAddress.Length > 0)
        {
            Client.SetLocal(listener.FixedAddress);
        }

        Client.Owner = this;
        Client.Meter = Proxy.Config.Mode == ProxyMode.Http ? Frontend.Counters[_thread.Index].Wire : null;
        End.Reset();
        _thread.Enlist(this);
        CountConnection(loop);
        Configure(descriptor);
        if (!loop.Watch(Client))
        {
            Close(reset: true);
            return;
        }

        if (!PassConnectionRules())
        {
            return;
        }

        if (listener.Config.AcceptProxy || _expectsProxyHeader)
        {
            _phase = SessionPhase.WaitProxyHeader;
            SetTimeout(Proxy.Config.Timeouts.Client);
            return;
        }

        BeginTraffic();
    }

    private void CountConnection(Loop loop)
    {
        var now = loop.NowMilliseconds;
        var process = _thread.Engine.Process;
        Interlocked.Increment(ref process.TotalConnections);
        Raise(ref process.ConnectionRateMaximum, process.ConnectionRate.Add(now));
        Raise(ref Frontend.ConnectionRateMaximum, Frontend.ConnectionRate.Add(now));
        Frontend.Counters[_thread.Index].Connections++;
    }

    /// <summary>A connection counts as a session once its header and the rules of connections have let it pass.</summary>
    private void CountSession(Loop loop)
    {
        var now = loop.NowMilliseconds;
        var process = _thread.Engine.Process;
        Raise(ref process.SessionRateMaximum, process.SessionRate.Add(now));
        Raise(ref Frontend.SessionRateMaximum, Frontend.SessionRate.Add(now));
        Frontend.Counters[_thread.Index].Sessions++;
        Listener.Counters[_thread.Index].Sessions++;
    }

    private static void Raise(ref int maximum, int value)
    {
        if (value > maximum)
        {
            maximum = value;
        }
    }

    private void Configure(int descriptor)
    {
        if (Client.Peer.Family == SocketFamily.Unix)
        {
            return;
        }

        // TCP_NODELAY is inherited from the listener.
        if ((Proxy.Config.Options & ProxyOptions.ClientKeepAliveProbes) != 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.KeepAlive, 1);
            SocketTraits.Apply(descriptor, Frontend.Config.Probes);
        }

        var tune = _thread.Engine.Global.Tune;
        if (tune.ClientSendBuffer is { } send)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.SendBuffer, send);
        }

        if (tune.ClientReceiveBuffer is { } receive)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.ReceiveBuffer, receive);
        }
    }

    private void BeginTraffic()
    {
        if (!PassSessionRules())
        {
            return;
        }

        CountSession(_thread.Loop);
        if (Proxy.Config.Mode == ProxyMode.Tcp)
        {
            _phase = SessionPhase.Streaming;
            var stream = _thread.TakeTcpStream();
            Current = stream;
            _thread.Loop.SetDeadline(this, Never);
            stream.Start(this);
        }
        else
        {
            WaitForRequest();
        }
    }

    /// <inheritdoc/>
    public void OnReady(Connection connection)
    {
        if (Current is { } stream && _phase == SessionPhase.Streaming)
        {
            _thread.Loop.Wake(stream);
        }
        else
        {
            _thread.Loop.Wake(this);
        }
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        switch (_phase)
        {
            case SessionPhase.WaitProxyHeader:
                ReadProxyHeader(loop);
                break;
            case SessionPhase.WaitFirstByte:
            case SessionPhase.WaitHead:
                ReadRequest(loop);
                break;
            case SessionPhase.Flushing:
                FinishFlush(loop);
                break;
        }
    }

    private void SetTimeout(Ir.Duration? timeout) =>
        _thread.Loop.SetDeadline(this, timeout is { } wait ? _thread.Loop.NowMilliseconds + wait.Milliseconds : Never);

    /// <summary>The stream is over: what becomes of the connection.</summary>
    /// <param name="keepAlive">Whether the client may send another request on it.</param>
    /// <param name="reset">Whether the client gets a reset (<c>option nolinger</c>, an aborted transfer).</param>
    internal void StreamEnded(bool keepAlive, bool reset = false)
    {
        Current = null;
        if (!keepAlive)
        {
            if (reset || EndsSilently)
            {
                Close(reset);
            }
            else
            {
                CloseInOrder();
            }

            return;
        }

        AcceptWallMicroseconds = _thread.Loop.WallMicroseconds;
        AcceptMicroseconds = _thread.Loop.NowMicroseconds;
        HandshakeMilliseconds = 0;
        WaitForRequest();
    }

    /// <summary>Sends our end before the descriptor goes: a client that still sends reads our answer and its end before it learns of the reset.</summary>
    private void CloseInOrder()
    {
        if (!Client.ReadClosed && Client.Error == 0 && Proxy.Config.Mode != ProxyMode.Tcp)
        {
            Client.ShutdownWrite();
        }

        Close();
    }

    /// <summary>Closes the connection and gives the session back.</summary>
    internal void Close(bool reset = false)
    {
        if (_phase == SessionPhase.Closed)
        {
            return;
        }

        _phase = SessionPhase.Closed;
        DropKept();
        _thread.Delist(this);
        _thread.Loop.Cancel(this);
        if (!reset)
        {
            Drain();
        }

        End.Reset();
        Client.Close(_thread.Loop, reset);
        Listener.Sessions.Decrement();
        Frontend.Sessions.Decrement();
        _thread.Engine.Process.Connections.Decrement();
        Current = null;
        _thread.Give(this);
    }

    /// <summary>Reads what the client still sent: closing with unread bytes would reset the connection and could destroy our answer on its way.</summary>
    private void Drain()
    {
        if (!Client.CanRead || Client.Error != 0)
        {
            return;
        }

        End.DropInput();
        for (var i = 0; i < 8 && End.Fill() == EndStatus.Progress; i++)
        {
            End.DropInput();
        }
    }
}

using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy;

/// <summary>What one thread owns: its loop, its stock of sessions, streams and server connections, its idle connections.</summary>
/// <remarks>Objects go round in stocks of their own thread, so that steady traffic allocates nothing.</remarks>
public sealed class ProxyThread
{
    private readonly Stock<Session> _sessions;
    private readonly Stock<HttpStream> _httpStreams;
    private readonly Stock<TcpStream> _tcpStreams;
    private readonly Stock<ServerConnection> _serverConnections;
    private readonly ThreadUpkeep _upkeep;

    // When the idle connections were last looked through during a soft stop.
    private long _lastLook;

    internal ProxyThread(ProxyEngine engine, Loop loop)
    {
        Engine = engine;
        Loop = loop;
        Scratch = new Rules.Samples.ScratchArena(engine.Global.Tune.BufferSize);
        SessionSubject = new StreamSubject(this, null);
        _sessions = new Stock<Session>(() => new Session(this));
        _httpStreams = new Stock<HttpStream>(() => new HttpStream(this));
        _tcpStreams = new Stock<TcpStream>(() => new TcpStream(this));
        _upkeep = new ThreadUpkeep(this);
        _serverConnections = new Stock<ServerConnection>(() => new ServerConnection(this));
        Idle = new IdleConnections(this);
        var tune = engine.Global.Tune;
        RequestOptions = new Http1Options
        {
            BufferSize = tune.BufferSize,
            MaxRewrite = tune.MaxRewrite,
            MaxHeaders = tune.MaxHeaders,
            AcceptAnyPayload = engine.Global.AcceptAnyPayload,
        };
    }

    [ThreadStatic]
    private static ProxyThread? t_current;

    /// <summary>The one whose loop runs on the calling thread; null elsewhere.</summary>
    public static ProxyThread? Current => t_current;

    /// <summary>Runs its loop on the calling thread until it is stopped.</summary>
    internal void Run()
    {
        t_current = this;
        Loop.BeforeWait = Logs.Flush;
        Logs.Gathers = true;
        Loop.Run();
        Logs.Gathers = false;
        Logs.Flush();
        t_current = null;
    }

    /// <summary>The load balancer it is part of.</summary>
    public ProxyEngine Engine { get; }

    /// <summary>Room for values that rules make on their way.</summary>
    public Rules.Samples.ScratchArena Scratch { get; }

    /// <summary>Client connections as rules see them before there is a stream.</summary>
    internal StreamSubject SessionSubject { get; }

    /// <summary>Its loop.</summary>
    public Loop Loop { get; }

    /// <summary>Its number from 0, which is the place of its counters.</summary>
    public int Index => Loop.Index;

    /// <summary>Idle connections to servers.</summary>
    public IdleConnections Idle { get; }

    /// <summary>A head to read trailers into; used within one call only.</summary>
    internal HttpHead Trailers { get; } = new();

    /// <summary>Limits of the HTTP/1 parser.</summary>
    internal Http1Options RequestOptions { get; }

    /// <summary>The client connections of this thread, newest first; the next one is <see cref="Session.NextInThread"/>.</summary>
    public Session? FirstSession { get; private set; }

    /// <summary>How many client connections this thread has.</summary>
    public int SessionCount { get; private set; }

    /// <summary>Sends this thread's log lines.</summary>
    public LogThread Logs { get; internal set; } = null!;

    internal void Enlist(Session session)
    {
        session.NextInThread = FirstSession;
        session.PreviousInThread = null;
        if (FirstSession is { } first)
        {
            first.PreviousInThread = session;
        }

        FirstSession = session;
        SessionCount++;
    }

    internal void Delist(Session session)
    {
        if (session.PreviousInThread is { } previous)
        {
            previous.NextInThread = session.NextInThread;
        }
        else
        {
            FirstSession = session.NextInThread;
        }

        if (session.NextInThread is { } next)
        {
            next.PreviousInThread = session.PreviousInThread;
        }

        session.NextInThread = session.PreviousInThread = null;
        SessionCount--;
    }

    /// <summary>Closes the connections that wait for a request, at a soft stop. On the thread's loop.</summary>
    internal void CloseIdleSessions()
    {
        var process = Engine.Process;
        var before = Math.Max(_lastLook, process.StopBegan);
        _lastLook = Loop.NowMilliseconds;
        var session = FirstSession;
        while (session is not null)
        {
            var next = session.NextInThread;
            if (process.EndsIdle(Engine.Global.CloseSpread, _lastLook, before))
            {
                session.CloseIfIdle();
            }

            session = next;
        }
    }

    /// <summary>Ends the streams that are on a server. On the thread's loop.</summary>
    internal void ShutdownSessions(ServerState server, TerminationCause cause)
    {
        var session = FirstSession;
        while (session is not null)
        {
            var next = session.NextInThread;
            if (session.Current is { } stream && ReferenceEquals(stream.Server, server))
            {
                stream.Kill(cause);
            }

            session = next;
        }
    }

    /// <summary>Ends all streams: the process stops. On the thread's loop.</summary>
    internal void ShutdownAllSessions()
    {
        var session = FirstSession;
        while (session is not null)
        {
            var next = session.NextInThread;
            session.Current?.Kill(TerminationCause.Killed);
            session = next;
        }
    }

    /// <summary>Begins to give back, from time to time, what a burst left behind. On the thread's loop.</summary>
    internal void StartUpkeep() => _upkeep.Start(Loop);

    /// <summary>Drops objects and buffers that were not needed lately.</summary>
    /// <returns>About how many bytes were dropped.</returns>
    internal long TrimUnused() =>
        ((long)Loop.Buffers.TrimUnused() * Loop.Buffers.BlockSize)
        + ((long)(_httpStreams.TrimUnused() + _tcpStreams.TrimUnused() + _sessions.TrimUnused() + _serverConnections.TrimUnused()) * 2048);

    internal Session TakeSession() => _sessions.Take();

    internal void Give(Session session) => _sessions.Give(session);

    internal HttpStream TakeHttpStream() => _httpStreams.Take();

    internal void Give(HttpStream stream) => _httpStreams.Give(stream);

    internal TcpStream TakeTcpStream() => _tcpStreams.Take();

    internal void Give(TcpStream stream) => _tcpStreams.Give(stream);

    internal ServerConnection TakeServerConnection() => _serverConnections.Take();

    internal void Give(ServerConnection connection) => _serverConnections.Give(connection);
}

using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The way to a server: choice, queue, connection, and what happens when one of them fails.</summary>
public abstract partial class Stream
{
    /// <summary>How a step towards a server ended.</summary>
    private protected enum ServerStep
    {
        /// <summary>It waits for a place, the connection or the end of a pause.</summary>
        Wait,

        /// <summary>The connection stands.</summary>
        Connected,

        /// <summary>No way is left; the log record says why.</summary>
        Failed,
    }

    private enum ServerPhase
    {
        Choose,
        Queued,
        Connect,
        Connecting,
        Pause,
    }

    private enum ConnectFailure
    {
        /// <summary>The server, or the way to it, does not take the connection.</summary>
        Refused,

        /// <summary>Nobody answered in time.</summary>
        TimedOut,

        /// <summary>We had no socket or no local address for it: waiting for the server would not help.</summary>
        NoResources,
    }

    private ServerPhase _serverPhase;
    private long _phaseExpiry;
    private bool _countedOnServer;

    /// <summary>The place in a queue.</summary>
    public QueueEntry Queue { get; }

    /// <summary>The server whose place it holds; null without one.</summary>
    public ServerState? Server { get; private protected set; }

    /// <summary>The connection to the server; null without one.</summary>
    public ServerConnection? ServerLink { get; private protected set; }

    /// <summary>The server of a cookie, a rule or the request before; null lets the algorithm choose.</summary>
    private protected ServerState? WantedServer { get; set; }

    /// <summary>Whether <see cref="WantedServer"/> is meant even while it is down.</summary>
    private protected bool IsServerForced { get; set; }

    private ServerState? Avoid { get; set; }

    private bool _leaving;

    private protected int RetriesLeft { get; set; }

    /// <summary>When the current step towards a server has to be looked at again.</summary>
    private protected long ServerStepExpiry => _phaseExpiry;

    /// <summary>Begins to look for a server.</summary>
    private protected void BeginServer()
    {
        _serverPhase = ServerPhase.Choose;
        _phaseExpiry = Never;
        _leaving = false;
    }

    /// <summary>Goes on towards a server as far as possible.</summary>
    private protected ServerStep AdvanceServer()
    {
        while (true)
        {
            switch (_serverPhase)
            {
                case ServerPhase.Choose:
                    if (!ChooseServer(out var step))
                    {
                        return step;
                    }

                    break;
                case ServerPhase.Queued:
                    if (!LeaveQueue(out step))
                    {
                        return step;
                    }

                    break;
                case ServerPhase.Connect:
                    if (!BeginConnect(out step))
                    {
                        return step;
                    }

                    break;
                case ServerPhase.Connecting:
                    if (!FinishConnect(out step))
                    {
                        return step;
                    }

                    break;
                case ServerPhase.Pause:
                    if (Thread.Loop.NowMilliseconds < _phaseExpiry)
                    {
                        return ServerStep.Wait;
                    }

                    LeavePause();
                    break;
            }
        }
    }

    /// <summary>What a hashing algorithm goes by for this stream.</summary>
    private protected abstract BalanceHash BalanceHashOf(BackendState backend);

    private bool ChooseServer(out ServerStep step)
    {
        var backend = Backend!;
        if (backend.Direct is { } direct)
        {
            direct.Served.Increment();
            backend.Served.Increment();
            TakeServer(direct);
            step = default;
            return true;
        }

        var wish = new ServerWish { Hash = BalanceHashOf(backend), Server = WantedServer, IsForced = IsServerForced, Avoid = Avoid };
        var assignment = ServerSelection.Assign(backend, Queue, wish, Thread.Loop.NowMilliseconds);
        switch (assignment.Result)
        {
            case AssignmentResult.Assigned:
                TakeServer(assignment.Server!);
                step = default;
                return true;
            case AssignmentResult.Queued:
                _serverPhase = ServerPhase.Queued;
                var timeouts = BackendProxy.Config.Timeouts;
                _phaseExpiry = After(Thread.Loop.NowMilliseconds, timeouts.Queue ?? timeouts.Connect);
                step = ServerStep.Wait;
                return false;
            case AssignmentResult.QueueFull when WantedServer is not null && (BackendProxy.Config.Options & ProxyOptions.Redispatch) != 0:
                Forsake();
                step = default;
                return true;
            case AssignmentResult.NoServer when WantedServer is not null && !IsServerForced:
                // The wanted server went down meanwhile: the algorithm chooses.
                WantedServer = null;
                step = default;
                return true;
            default:
                BackendCounters!.ConnectionErrors++;
                Log.End(TerminationCause.ServerAbort, assignment.Result == AssignmentResult.QueueFull ? TerminationPhase.Queue : TerminationPhase.Connect);
                step = ServerStep.Failed;
                return false;
        }
    }

    private bool LeaveQueue(out ServerStep step)
    {
        step = ServerStep.Wait;
        switch (ServerSelection.Settle(Backend!, Queue))
        {
            case QueueEntryState.Granted:
                TakeServer(Queue.Server!);
                return true;
            case QueueEntryState.Displaced:
                WantedServer = null;
                _serverPhase = ServerPhase.Choose;
                return true;
        }

        if (Thread.Loop.NowMilliseconds < _phaseExpiry)
        {
            return false;
        }

        ServerSelection.Abandon(Backend!, Queue, Thread.Loop);
        BackendCounters!.ConnectionErrors++;
        Log.QueueMicroseconds = Thread.Loop.NowMicroseconds;
        Log.End(TerminationCause.ServerTimeout, TerminationPhase.Queue);
        step = ServerStep.Failed;
        return false;
    }

    private void TakeServer(ServerState server)
    {
        Server = server;
        Subject.Server = server;
        if (Log.QueueMicroseconds < 0)
        {
            Log.QueueMicroseconds = Thread.Loop.NowMicroseconds;
        }

        if (_leaving)
        {
            CountLeaving(server);
        }

        if (WantedServer is null)
        {
            server.Counters[Thread.Index].Chosen++;
            BackendCounters!.Chosen++;
        }

        CountOnServer(server);
        _serverPhase = ServerPhase.Connect;
    }

    /// <summary>A retry that chose anew is a redispatch of the server before, or a mere retry where the algorithm led to the same one.</summary>
    private void CountLeaving(ServerState server)
    {
        _leaving = false;
        var before = Avoid!.Counters[Thread.Index];
        if (ReferenceEquals(server, Avoid))
        {
            before.Retries++;
            BackendCounters!.Retries++;
            return;
        }

        before.Redispatches++;
        BackendCounters!.Redispatches++;
        Log.Redispatched = true;
    }

    private void CountOnServer(ServerState server)
    {
        server.Sessions.Increment();
        _countedOnServer = true;
        var counters = server.Counters[Thread.Index];
        counters.Sessions++;
        var rate = server.SessionRate.Add(Thread.Loop.NowMilliseconds);
        if (rate > server.SessionRateMaximum)
        {
            server.SessionRateMaximum = rate;
        }

        server.LastSessionSeconds = Thread.Loop.WallMicroseconds / 1_000_000;
    }

    /// <summary>Whether the client is sent to the server's own address instead (<c>redir</c>).</summary>
    private protected virtual bool SendsClientTo(ServerState server) => false;

    private bool BeginConnect(out ServerStep step)
    {
        var server = Server!;
        if (SendsClientTo(server))
        {
            Log.End(TerminationCause.Local, TerminationPhase.Connect);
            step = ServerStep.Failed;
            return false;
        }

        var traits = ConnectionTraits.Of(server, this);
        if ((Session.TakeKept(server, traits) ?? TakeIdle(server, traits)) is { } idle)
        {
            idle.Connection.Meter = BackendCounters?.Wire;
            idle.Stream = this;
            idle.EnterUse();
            ServerLink = idle;
            server.Counters[Thread.Index].Reuses++;
            BackendCounters!.Reuses++;
            Log.ConnectMicroseconds = Thread.Loop.NowMicroseconds;
            ServerActivity = Thread.Loop.NowMilliseconds;
            step = ServerStep.Connected;
            return false;
        }

        var link = Thread.TakeServerConnection();
        link.Begin(server, this, traits);
        link.Connection.Meter = BackendProxy.Config.Mode == ProxyMode.Http ? BackendCounters?.Wire : null;
        ServerLink = link;
        var address = server.Address;
        var port = address.Port;
        if (!ConnectionTraits.HasHost(server))
        {
            // Without an address of its own (transparent, 0.0.0.0) the connection goes where the client, or a rule, wanted to go.
            address = Subject.Destination;
            if (port != 0)
            {
                address.SetPort(port);
            }
        }

        if (server.PortIsOffset)
        {
            address.SetPort((Subject.Destination.Port + port) & 0xffff);
        }

        var error = SourceAddresses.Connect(Thread.Loop, server, link, address, SourceAddresses.Of(server, this), HasFirstWord);
        if (error != 0)
        {
            if (error == Sys.Errno.Emfile)
            {
                Thread.Engine.Events.OutOfDescriptors(BackendProxy);
            }
            else if (error < 0)
            {
                Thread.Engine.Events.CannotBindSource(BackendProxy);
            }

            return ConnectFailed(error is < 0 or Sys.Errno.Emfile ? ConnectFailure.NoResources : ConnectFailure.Refused, out step);
        }

        server.Counters[Thread.Index].Connects++;
        BackendCounters!.Connects++;
        _serverPhase = ServerPhase.Connecting;
        _phaseExpiry = After(Thread.Loop.NowMilliseconds, BackendProxy.Config.Timeouts.Connect);
        step = default;
        return true;
    }

    /// <summary>Whether something is there to be sent to a server as soon as the connection stands.</summary>
    private protected virtual bool HasFirstWord => Session.End.HasInput;

    /// <summary>Takes an idle connection that may carry this stream; null where there is none.</summary>
    private protected abstract ServerConnection? TakeIdle(ServerState server, long traits);

    private bool FinishConnect(out ServerStep step)
    {
        var connection = ServerLink!.Connection;
        if (connection.Error != 0)
        {
            return ConnectFailed(ConnectFailure.Refused, out step);
        }

        if (connection.IsConnecting)
        {
            if (Thread.Loop.NowMilliseconds >= _phaseExpiry)
            {
                return ConnectFailed(ConnectFailure.TimedOut, out step);
            }

            step = ServerStep.Wait;
            return false;
        }

        if (Server!.Config.SendProxyVersion != 0)
        {
            ProxyHeaders.Write(ServerLink.End, this, Server.Config.SendProxyVersion);
        }

        Observe(TrafficSign.Connected);
        Log.ConnectMicroseconds = Thread.Loop.NowMicroseconds;
        ServerActivity = Thread.Loop.NowMilliseconds;
        _phaseExpiry = Never;
        step = ServerStep.Connected;
        return false;
    }

    /// <summary>Tells what the traffic shows of the server, where that is asked for (<c>observe</c>).</summary>
    private protected void Observe(TrafficSign sign)
    {
        if (Server is { Config.Observe: not ObserveMode.None } server)
        {
            Thread.Engine.Observer.Notice(server, sign, Thread.Loop.WallMicroseconds);
        }
    }

    /// <summary>A connection failed: tries again, elsewhere where the configuration allows it, or gives up.</summary>
    private bool ConnectFailed(ConnectFailure failure, out ServerStep step)
    {
        Observe(TrafficSign.NotConnected);
        CloseServerLink(reset: true);
        var cause = failure == ConnectFailure.TimedOut ? TerminationCause.ServerTimeout : TerminationCause.ServerAbort;
        return TryAgain(cause, TerminationPhase.Connect, out step, pauses: failure == ConnectFailure.Refused);
    }

    /// <summary>Takes another attempt, to the same server after a pause or to another one at once.</summary>
    /// <returns>True where the way goes on at once.</returns>
    private bool TryAgain(TerminationCause cause, TerminationPhase phase, out ServerStep step, bool pauses = true)
    {
        var server = Server!;
        if (RetriesLeft <= 0 || (phase == TerminationPhase.Connect && (Backend!.Config.RetryOn & RetryOn.ConnectionFailure) == 0))
        {
            server.Counters[Thread.Index].ConnectionErrors++;
            BackendCounters!.ConnectionErrors++;

            // The place is held until the end of the stream: the log line names the server that failed.
            Log.End(cause, phase);
            step = ServerStep.Failed;
            return false;
        }

        RetriesLeft--;
        Log.Retries++;
        if (RetryPolicy.ChoosesAnew(Backend!, WantedServer is not null, IsServerForced, RetriesLeft))
        {
            ReleaseServer();
            Avoid = server;
            Forsake();
            _leaving = true;
            _serverPhase = ServerPhase.Choose;
            step = default;
            return true;
        }

        server.Counters[Thread.Index].Retries++;
        BackendCounters!.Retries++;
        _serverPhase = ServerPhase.Pause;
        var pause = pauses && cause != TerminationCause.ServerTimeout ? RetryPolicy.Pause(Backend!) : 0;
        _phaseExpiry = Thread.Loop.NowMilliseconds + pause;
        step = ServerStep.Wait;
        return pause == 0;
    }

    /// <summary>After the pause: to the same server, or to another one where it went down meanwhile.</summary>
    private void LeavePause()
    {
        var server = Server!;
        _serverPhase = ServerPhase.Connect;
        // Each attempt counts as a session of the server.
        server.Counters[Thread.Index].Sessions++;
        if (!RetryPolicy.LeavesAfterPause(server, IsServerForced))
        {
            return;
        }

        // What was counted as a retry when the pause began turns out to be a redispatch.
        server.Counters[Thread.Index].Retries--;
        BackendCounters!.Retries--;
        ReleaseServer();
        Avoid = server;
        Forsake();
        _leaving = true;
        _serverPhase = ServerPhase.Choose;
    }

    /// <summary>The wanted server is given up: the algorithm chooses from here on.</summary>
    private protected virtual void Forsake()
    {
        WantedServer = null;
        IsServerForced = false;
    }

    /// <summary>Sends the request again after the server failed it: to the same server or another one, without a pause.</summary>
    private protected void RetryAtOnce(TerminationCause cause)
    {
        // The original counts such a retry twice: when it begins, and as one of connections.
        var server = Server!;
        server.Counters[Thread.Index].Retries++;
        BackendCounters!.Retries++;
        if (TryAgain(cause, TerminationPhase.Headers, out _))
        {
            return;
        }

        // Without a pause to the same server: each attempt counts as a session of it.
        server.Counters[Thread.Index].Sessions++;
        _serverPhase = ServerPhase.Connect;
    }

    /// <summary>Gives the place on the server back.</summary>
    private protected void ReleaseServer()
    {
        if (Server is not { } server)
        {
            return;
        }

        if (_countedOnServer)
        {
            _countedOnServer = false;
            server.Sessions.Decrement();
        }

        Server = null;
        ServerSelection.Release(server, Thread.Loop);
    }

    /// <summary>Leaves whatever queue it waits in.</summary>
    private protected void AbandonQueue()
    {
        if (_serverPhase == ServerPhase.Queued && Backend is not null)
        {
            ServerSelection.Abandon(Backend, Queue, Thread.Loop);
            _serverPhase = ServerPhase.Choose;
        }
    }

    /// <summary>Whether it waits for a place.</summary>
    private protected bool IsInQueue => _serverPhase == ServerPhase.Queued;

    /// <summary>Closes the connection to the server.</summary>
    private protected void CloseServerLink(bool reset)
    {
        if (ServerLink is { } link)
        {
            ServerLink = null;
            link.Close(reset);
        }
    }
}

using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>A TCP connection through the load balancer: bytes in both directions, unseen.</summary>
public sealed partial class TcpStream : Stream
{
    private enum TcpPhase
    {
        Done,
        Rules,
        Server,
        Forward,
    }

    private TcpPhase _phase;
    private bool _requestEnded;
    private bool _logged;
    private bool _responseEnded;
    private long _deadline;

    internal TcpStream(ProxyThread thread)
        : base(thread)
    {
    }

    internal void Start(Session session)
    {
        Attach(session);
        session.End.SetInputFraming(BodyFraming.Tunnel, 0);
        session.End.WroteHead(0, BodyFraming.Tunnel, 0);
        _requestEnded = _responseEnded = false;
        Log.IdleMilliseconds = 0;
        Log.RequestMicroseconds = Thread.Loop.NowMicroseconds;
        Thread.Engine.Trace?.Accepted(this);
        BeginRules();
        _logged = false;
        WriteEarlyLog(LogMoments.Request);
        _phase = TcpPhase.Rules;
        Run(Thread.Loop);
    }

    private protected override ServerConnection? TakeIdle(ServerState server, long traits) => null;

    private protected override BalanceHash BalanceHashOf(BackendState backend) => backend.BalanceKey.Algorithm switch
    {
        BalanceAlgorithm.Source => backend.BalanceKey.OfAddress(Subject.Source.AddressBytes),
        BalanceAlgorithm.Hash => HashOfSample(backend),
        BalanceAlgorithm.RdpCookie => backend.BalanceKey.OfRdpCookie(Session.End.Input),
        _ => BalanceHash.None,
    };

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        _deadline = Never;
        while (_phase != TcpPhase.Done && Step(loop))
        {
        }

        if (_phase != TcpPhase.Done)
        {
            loop.SetDeadline(this, _deadline);
        }
    }

    /// <returns>True where there is more to do at once.</returns>
    private bool Step(Loop loop)
    {
        switch (_phase)
        {
            case TcpPhase.Rules:
                if (!PassRules(loop, out var goOn))
                {
                    return goOn;
                }

                BeginServer();
                _phase = TcpPhase.Server;
                return true;
            case TcpPhase.Server:
                return ReachServer(loop);
            case TcpPhase.Forward:
                return Forward(loop);
            default:
                return false;
        }
    }

    private bool ReachServer(Loop loop)
    {
        switch (AdvanceServer())
        {
            case ServerStep.Connected:
                Subject.KeepServerAddresses();
                var end = ServerLink!.End;
                end.SetInputFraming(BodyFraming.Tunnel, 0);
                end.WroteHead(0, BodyFraming.Tunnel, 0);
                Log.ResponseMicroseconds = loop.NowMicroseconds;
                if ((Frontend.Config.Options & ProxyOptions.LogAsap) != 0)
                {
                    Log.AsSoonAsPossible = true;
                    WriteNow();
                }
                else
                {
                    WriteEarlyLog(LogMoments.Response);
                }

                _phase = TcpPhase.Forward;
                ClientActivity = loop.NowMilliseconds;
                return true;
            case ServerStep.Failed:
                End(reset: false);
                return false;
            default:
                if (ClientGone(loop))
                {
                    return false;
                }

                _deadline = ServerStepExpiry;
                return false;
        }
    }

    /// <summary>A client that is gone while we wait for a server need not be served.</summary>
    private bool ClientGone(Loop loop)
    {
        var client = Session.Client;
        if (!client.HangUpSeen || (client.Error == 0 && (BackendProxy.Config.Options & ProxyOptions.AbortOnClose) == 0))
        {
            return false;
        }

        _ = Session.End.Fill();
        if (client.Error == 0 && !client.ReadClosed)
        {
            return false;
        }

        Log.End(TerminationCause.ClientAbort, IsInQueue ? TerminationPhase.Queue : TerminationPhase.Connect);
        End(reset: false);
        return true;
    }

    private bool Forward(Loop loop)
    {
        var client = Session.End;
        var server = ServerLink!.End;
        var again = false;
        var readsClient = false;
        var readsServer = false;
        var writesClient = false;
        var writesServer = false;
        if (!_requestEnded)
        {
            var status = Relay.Move(client, server, Thread, out var moved);
            if (moved > 0)
            {
                Log.BytesIn += moved;
                CountBytes(moved, 0);
                MovedToServer(loop.NowMilliseconds);
            }

            switch (status)
            {
                case RelayStatus.Ended:
                    _requestEnded = true;
                    server.Connection.ShutdownWrite();
                    break;
                case RelayStatus.SourceFailed:
                    return Broken(TerminationCause.ClientAbort);
                case RelayStatus.SinkFailed:
                    return Broken(TerminationCause.ServerAbort);
                case RelayStatus.Yield:
                    again = true;
                    break;
                case RelayStatus.WaitSource:
                    readsClient = true;
                    break;
                case RelayStatus.WaitSink:
                    writesServer = true;
                    break;
            }
        }

        if (!_responseEnded && !_responsePassed)
        {
            readsServer = true;
            if (!PassResponseRules(loop, out var more))
            {
                return more;
            }
        }

        if (!_responseEnded && _responsePassed)
        {
            var status = Relay.Move(server, client, Thread, out var moved);
            if (moved > 0)
            {
                Log.BytesOut += moved;
                CountBytes(0, moved);
                MovedToClient(loop.NowMilliseconds);
            }

            switch (status)
            {
                case RelayStatus.Ended:
                    _responseEnded = true;
                    client.Connection.ShutdownWrite();
                    break;
                case RelayStatus.SourceFailed:
                    return Broken(TerminationCause.ServerAbort);
                case RelayStatus.SinkFailed:
                    return Broken(TerminationCause.ClientAbort);
                case RelayStatus.Yield:
                    again = true;
                    break;
                case RelayStatus.WaitSource:
                    readsServer = true;
                    break;
                case RelayStatus.WaitSink:
                    writesClient = true;
                    break;
            }
        }

        if (_requestEnded && _responseEnded)
        {
            End(reset: false);
            return false;
        }

        if (again)
        {
            loop.Wake(this);
            return false;
        }

        return CheckTimeouts(loop, (readsClient, writesClient), (readsServer, writesServer));
    }

    private bool CheckTimeouts(Loop loop, (bool Reads, bool Writes) client, (bool Reads, bool Writes) server)
    {
        var timeouts = BackendProxy.Config.Timeouts;
        var clientWait = timeouts.Tunnel ?? Frontend.Config.Timeouts.Client;
        var serverWait = timeouts.Tunnel ?? timeouts.Server;
        if (_requestEnded || _responseEnded)
        {
            // One direction is closed: the shorter times of half-closed connections apply.
            clientWait = Frontend.Config.Timeouts.ClientFin ?? clientWait;
            serverWait = timeouts.ServerFin ?? serverWait;
        }

        var clientExpiry = ExpiryOf(client.Reads, client.Writes, ClientActivity, ClientWritten, clientWait);
        var serverExpiry = ExpiryOf(server.Reads, server.Writes, ServerActivity, ServerWritten, serverWait);
        if (loop.NowMilliseconds >= clientExpiry)
        {
            if (_requestEnded)
            {
                return Broken(TerminationCause.ClientTimeout);
            }

            // A silent client's direction is closed; the server may still speak, for its own time.
            Log.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
            _requestEnded = true;
            ServerLink!.End.Connection.ShutdownWrite();
            if (_responseEnded)
            {
                End(reset: false);
                return false;
            }
        }

        if (loop.NowMilliseconds >= serverExpiry)
        {
            return Broken(TerminationCause.ServerTimeout);
        }

        _deadline = Math.Min(clientExpiry, serverExpiry);
        if (!_responsePassed && !_responseEnded)
        {
            // The rules of the server's first bytes are run at the end of their time, whether any have come or not.
            _deadline = Math.Min(_deadline, _responseInspectUntil);
        }

        return false;
    }

    private bool Broken(TerminationCause cause)
    {
        if (cause == TerminationCause.ClientAbort)
        {
            CountClientAbort();
        }
        else if (cause == TerminationCause.ServerAbort)
        {
            CountServerAbort();
        }

        Log.End(cause, TerminationPhase.Data);
        End(reset: false);
        return false;
    }

    /// <inheritdoc/>
    public override void Kill(TerminationCause cause)
    {
        if (_phase == TcpPhase.Done)
        {
            return;
        }

        if (_phase is not (TcpPhase.Forward or TcpPhase.Server))
        {
            // What waits for the client goes on waiting, and shows the cause when it ends.
            Log.End(cause, TerminationPhase.None);
            return;
        }

        Log.End(cause, _phase == TcpPhase.Forward ? TerminationPhase.None : IsInQueue ? TerminationPhase.Queue : TerminationPhase.Connect);
        End(reset: false);
    }

    private void End(bool reset)
    {
        _phase = TcpPhase.Done;
        Thread.Engine.Trace?.Ended(this);
        var loop = Thread.Loop;
        loop.Cancel(this);
        Log.CloseMicroseconds = loop.NowMicroseconds;
        AbandonQueue();
        CaptureLoad();
        if (Backend is null || ServerLink is null)
        {
            // What rules have looked at was read, though nobody gets it.
            Log.BytesIn = Session.End.Input.Length;
            CountBytes(Log.BytesIn, 0);
        }

        CloseServerLink(reset || Log.Cause == TerminationCause.ClientAbort);
        if (!_logged && (Log.BytesIn > 0 || (Frontend.Config.Options & ProxyOptions.DontLogNull) == 0))
        {
            Logger?.Write(this);
        }

        CountTimes();
        ReleaseServer();
        LeaveBackend();
        var session = Session;
        Thread.Give(this);
        session.StreamEnded(keepAlive: false, reset);
    }

    private StreamLogger? Logger => Frontend.Logger;

    private void WriteEarlyLog(LogMoments moment)
    {
        if (Logger is { } logger && (logger.Moments & moment) != 0 && !_logged)
        {
            WriteNow();
        }
    }

    private void WriteNow()
    {
        _logged = true;
        Log.CloseMicroseconds = Thread.Loop.NowMicroseconds;
        CaptureLoad();
        Logger?.Write(this);
    }
}

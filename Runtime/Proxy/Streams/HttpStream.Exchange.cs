using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Both messages under way: the request to the server, the response to the client, each at its own pace.</summary>
public sealed partial class HttpStream
{
    private bool _requestSent;
    private bool _requestStalled;
    private bool _keepClient;
    private bool _keepServer;
    private bool _responseForwarded;
    private bool _inTunnel;
    private long _headBytesIn;

    private bool ReachServer(Loop loop)
    {
        switch (AdvanceServer())
        {
            case ServerStep.Connected:
                Subject.KeepServerAddresses();
                return SendRequestHead(loop);
            case ServerStep.Failed when Log.Cause == TerminationCause.Local && Server is { } server:
                return AnswerRedirect(server);
            case ServerStep.Failed:
                return AnswerError(Log.Cause == TerminationCause.ServerTimeout && Log.Phase == TerminationPhase.Headers ? 504 : 503);
            default:
                if (ClientGaveUp(loop))
                {
                    return true;
                }

                _deadline = ServerStepExpiry;
                return false;
        }
    }

    /// <summary>With <c>option abortonclose</c> in both sections a client that left while we wait for a server is neither served nor answered.</summary>
    private bool ClientGaveUp(Loop loop)
    {
        if (!HasClientLeft())
        {
            return false;
        }

        if (IsInQueue)
        {
            Log.QueueMicroseconds = loop.NowMicroseconds;
        }

        Log.End(TerminationCause.ClientAbort, IsInQueue ? TerminationPhase.Queue : TerminationPhase.Connect);
        CountClientAbort();
        EndStream(keepClient: false);
        return true;
    }

    /// <summary>
    /// Whether the client closed or reset, as far as that is looked for: the frontend's <c>option abortonclose</c> lets its connection be
    /// read while the server works, the backend's lets the stream care (cases abortonclose/*, protocol/client-*-abortonclose).
    /// </summary>
    private bool HasClientLeft()
    {
        var client = Session.Client;
        if (!client.HangUpSeen || (Frontend.Config.Options & BackendProxy.Config.Options & ProxyOptions.AbortOnClose) == 0)
        {
            return false;
        }

        if (Session.End.InputEnded)
        {
            _ = Session.End.Fill();
        }

        return client.Error != 0 || client.ReadClosed;
    }

    private bool SendRequestHead(Loop loop)
    {
        KeepForRetries();
        HasTakenResponse = false;
        var link = ServerLink!;
        var mode = ConnectionModeOf();
        link.Requests++;
        _keepServer = mode == HttpConnectionMode.KeepAlive;
        _inTunnel = false;
        var close = !_keepServer && (ProxyOptionsOf() & ProxyOptions.PretendKeepAlive) == 0;
        var options = new Http1WriteOptions { Connection = Http1Connection.ForRequest(Request, ref close), CaseAdjust = ServerCase };
        _keepServer &= !close;
        // The server learns its own name in the place of what the client said (http-send-name-header).
        if (BackendProxy.HeaderNames.ServerName is { } nameHeader && !Request.Set(nameHeader, Names.Of(Server!)))
        {
            Log.End(TerminationCause.Internal, TerminationPhase.Headers);
            return AnswerError(500);
        }

        var end = link.End;
        end.BeginInput();
        var length = Http1Writer.WriteRequestHead(Request, end.HeadSpace(), options);
        if (length < 0)
        {
            Log.End(TerminationCause.Internal, TerminationPhase.Headers);
            return AnswerError(500);
        }

        // A CONNECT sends no body until the server has said yes: what the client sends meanwhile waits, as the next request where the server refuses.
        if (Request.Framing == BodyFraming.Tunnel)
        {
            Request.Framing = BodyFraming.None;
            Session.End.SetInputFraming(BodyFraming.None, 0);
        }

        end.WroteHead(length, Request.Framing, Request.ContentLength);
        _requestSent = false;
        HasResponse = false;
        BeginResponseContent();
        ServerActivity = loop.NowMilliseconds;
        _phase = HttpPhase.Exchange;
        return true;
    }

    /// <summary>
    /// Whether the server's connection is kept: the stricter of both sections' words. The client's goes by the frontend alone, so that a
    /// backend's <c>httpclose</c> closes no client (differential cases keepalive/front-*-back-*).
    /// </summary>
    private HttpConnectionMode ConnectionModeOf() =>
        (HttpConnectionMode)Math.Max((int)Frontend.Config.ConnectionMode, (int)BackendProxy.Config.ConnectionMode);

    private protected override bool HasFirstWord => true;

    private bool Exchange(Loop loop)
    {
        var again = false;
        if (!_requestSent && !ForwardRequest(loop, ref again))
        {
            return true;
        }

        if (_isKilled)
        {
            // It was killed while it looked for a server.
            LoseServer();
            return true;
        }

        if (!HasResponse && (!PassResponseContent(loop, headIsHere: false, out var goOn) || !ReadResponseHead(loop, out goOn)))
        {
            return goOn;
        }

        if (HasResponse && !_responseForwarded && !ForwardResponse(loop, ref again))
        {
            return true;
        }

        // A response that is complete before its request waits for the rest of it, or for the client's time-out.
        if (_responseForwarded && _requestSent)
        {
            FinishExchange();
            return true;
        }

        if (again)
        {
            loop.Wake(this);
            return false;
        }

        return CheckTimeouts(loop);
    }

    private RelayStatus _requestStatus;
    private RelayStatus _responseStatus;

    /// <returns>False where the stream changed its phase.</returns>
    private bool ForwardRequest(Loop loop, ref bool again)
    {
        var client = Session.End;
        var server = ServerLink!.End;
        var status = Relay.Move(client, server, Thread, out var moved);
        _requestStatus = status;
        if (moved > 0)
        {
            // What is sent again was counted when it came.
            var known = Math.Min(moved, _countedAlready);
            _countedAlready -= known;
            Log.BytesIn += moved - known;
            CountBytes(moved - known, 0);
            MovedToServer(loop.NowMilliseconds);
        }

        switch (status)
        {
            case RelayStatus.Ended:
                _requestSent = true;
                WroteToServer(loop.NowMilliseconds);
                if (_inTunnel)
                {
                    server.Connection.ShutdownWrite();
                }

                return true;
            case RelayStatus.Yield:
                again = true;
                return true;
            case RelayStatus.SinkFailed:
                // The server may have answered before it closed: its answer is read first.
                _requestStalled = true;
                if (_responseForwarded)
                {
                    EndStream(keepClient: false);
                    return false;
                }

                return true;
            case RelayStatus.Truncated:
            case RelayStatus.SourceFailed:
                return RequestBroken(TerminationCause.ClientAbort, 400);
            case RelayStatus.Malformed:
                return RequestBroken(TerminationCause.Proxy, 400);
            default:
                return true;
        }
    }

    private bool RequestBroken(TerminationCause cause, int status)
    {
        if (cause == TerminationCause.ClientAbort)
        {
            CountClientAbort();
        }
        else
        {
            FrontendCounters.RequestErrors++;
        }

        Log.End(cause, TerminationPhase.Data);
        if (HasResponse || cause == TerminationCause.ClientAbort)
        {
            // Nobody is left to be answered.
            EndStream(keepClient: false);
            return false;
        }

        CloseServerLink(reset: true);
        ReleaseServer();
        AnswerError(status);
        return false;
    }

    /// <returns>True where the head is here; else <paramref name="goOn"/> says whether the stream has more to do at once.</returns>
    private bool ReadResponseHead(Loop loop, out bool goOn)
    {
        goOn = true;
        var end = ServerLink!.End;
        var options = Thread.RequestOptions with
        {
            AcceptInvalid = (BackendProxy.Config.Options & ProxyOptions.AcceptInvalidResponse) != 0,
            RequestMethod = Request.KnownMethod,
        };
        while (true)
        {
            if (end.HasInput)
            {
                if (end.Scan.IsUnused)
                {
                    Response.Reset(loop.Buffers);
                }

                switch (Http1ResponseReader.Parse(end.Input, Response, options, ref end.Scan, out var consumed, out var error))
                {
                    case ParseStatus.Done:
                        ServerActivity = loop.NowMilliseconds;
                        if (Response.IsSwitchingProtocols && !(Request.HasUpgrade && Response.HasUpgrade))
                        {
                            CountResponseBytes(HtxWeight.Of(Response) + end.Input.Length - consumed);
                            // Nobody asked for another protocol, or the answer does not name it.
                            return ResponseBroken(TerminationCause.Proxy, RetryOn.JunkResponse, 502, out goOn);
                        }

                        if (Response.IsInterim)
                        {
                            if (!ForwardInterim(consumed))
                            {
                                return false;
                            }

                            continue;
                        }

                        return TakeResponse(loop, consumed, out goOn);
                    case ParseStatus.Bad:
                        CaptureBadResponse(error);
                        return ResponseBroken(TerminationCause.Proxy, RetryOn.JunkResponse, 502, out goOn);
                }
            }

            switch (end.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Wait:
                    if (_requestStalled)
                    {
                        return ResponseBroken(TerminationCause.ServerAbort, RetryOn.EmptyResponse, 502, out goOn);
                    }

                    // Nothing yet: time-outs are judged with the rest of the exchange.
                    return true;
                default:
                    return ResponseBroken(TerminationCause.ServerAbort, RetryOn.EmptyResponse, 502, out goOn);
            }
        }
    }

    /// <summary>Keeps what could not be understood for the operator.</summary>
    private void CaptureBadResponse(Http1Error error)
    {
        var number = Interlocked.Increment(ref Thread.Engine.Process.CapturedErrors) - 1;
        BackendProxy.InvalidResponse.Take(
            new CapturedError(number, Thread.Loop.WallMicroseconds, Frontend, BackendProxy, Server, Session.Client.Peer, error), ServerLink!.End.Input);
    }

    /// <summary>Sends an interim response (1xx) on as it is; HTTP/1.0 clients know none.</summary>
    private bool ForwardInterim(int consumed)
    {
        var end = ServerLink!.End;
        CountResponseBytes(HtxWeight.Of(Response));
        if (Request.IsVersion11)
        {
            var client = Session.End;
            var length = Http1Writer.WriteResponseHead(Response, client.HeadSpace(), default);
            if (length >= 0)
            {
                client.WroteHead(length, BodyFraming.None, 0);
                if (client.Flush() == EndStatus.Failed)
                {
                    Log.End(TerminationCause.ClientAbort, TerminationPhase.Headers);
                    CountClientAbort();
                    EndStream(keepClient: false);
                    return false;
                }
            }
        }

        end.Discard(consumed);
        end.BeginInput();
        return true;
    }

    private bool TakeResponse(Loop loop, int consumed, out bool goOn)
    {
        goOn = true;
        var end = ServerLink!.End;
        if (Response.Framing == BodyFraming.Chunked && BufferedBodies.BadChunk(end.Input[consumed..]) is >= 0 and var at)
        {
            // What came with the head is judged with it.
            CaptureBadResponse(new Http1Error(Http1ErrorReason.BadChunkSize, consumed + at, Http1State.ChunkSize));
            return ResponseBroken(TerminationCause.Proxy, RetryOn.JunkResponse, 502, out goOn);
        }

        end.TakeHead(consumed, Response);
        HasTakenResponse = true;
        _keepServer = _keepServer && Response.KeepAlive;
        NoticeAuthentication();
        if (MayRetryStatus(Response.Status) && RetryRequest(TerminationCause.ServerAbort, out goOn))
        {
            return false;
        }

        Observe(Response.Status < 500 ? TrafficSign.GoodResponse : TrafficSign.BadStatus);
        HasResponse = true;
        Log.ResponseMicroseconds = loop.NowMicroseconds;
        Log.Status = Response.Status;
        CountResponseBytes(HtxWeight.Of(Response));
        WroteToClient(loop.NowMilliseconds);
        return PassResponseRules(out goOn) && SendResponseHead(out goOn);
    }

    private void NoticeAuthentication()
    {
        if (Response.Status is 401 or 407
            && Response.First(Response.Status == 401 ? "www-authenticate"u8 : "proxy-authenticate"u8) is >= 0 and var index
            && (StartsWith(Response.ValueOf(index), "ntlm"u8) || StartsWith(Response.ValueOf(index), "negotiate"u8)))
        {
            Session.IsAuthenticating = true;
        }

        static bool StartsWith(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word) =>
            value.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(value[..word.Length], word);
    }

    private bool SendResponseHead(out bool goOn)
    {
        goOn = true;
        RunAfterResponse();
        var client = Session.End;
        var framing = Response.Framing;
        if (framing == BodyFraming.Tunnel)
        {
            BeginTunnel();
        }

        DecideClient(framing);
        var close = !_keepClient;
        var options = new Http1WriteOptions
        {
            Connection = Http1Connection.ForResponse(Response, Request.IsVersion11, ref close),
            CaseAdjust = ClientCase,
        };
        // A response with two framings may have been meant otherwise: nothing follows it on this connection, though nothing says so.
        _keepClient = !close && (Response.Flags & HttpFlags.LengthDropped) == 0;
        var length = Http1Writer.WriteResponseHead(Response, client.HeadSpace(), options);
        if (length < 0)
        {
            Log.End(TerminationCause.Internal, TerminationPhase.Headers);
            CloseServerLink(reset: true);
            HasResponse = false;
            goOn = AnswerError(500);
            return false;
        }

        client.WroteHead(length, framing, Response.ContentLength, last: EndsClient(framing));
        if ((Frontend.Config.Options & ProxyOptions.LogAsap) != 0)
        {
            LogNow();
        }
        else
        {
            WriteEarlyLog(LogMoments.Response);
        }

        return true;
    }

    /// <summary>Decides whether the client may send another request on this connection.</summary>
    private void DecideClient(BodyFraming framing) =>
        _keepClient = Request.KeepAlive && framing is not (BodyFraming.UntilClose or BodyFraming.Tunnel)
            && LetsClientsStay();

    /// <summary>Whether neither the frontend nor a soft stop ends connections behind a response. Asked once a response: a spread stop draws lots.</summary>
    private bool LetsClientsStay() => Frontend.Config.ConnectionMode != HttpConnectionMode.Close
        && !Thread.Engine.Process.EndsConnection(Thread.Engine.Global.CloseSpread, Thread.Loop.NowMilliseconds);

    /// <summary>Whether the end of the client's connection may leave with the response: neither side has anything left to say.</summary>
    private bool EndsClient(BodyFraming framing) => !_keepClient && framing != BodyFraming.Tunnel && Session.End.InputEnded;

    /// <summary>From here on bytes go both ways unseen: CONNECT was answered with 2xx, or the protocol was switched.</summary>
    private void BeginTunnel()
    {
        _inTunnel = true;
        _requestSent = false;
        _keepServer = false;
        Session.End.SetInputFraming(BodyFraming.Tunnel, 0);
        ServerLink!.End.WroteHead(0, BodyFraming.Tunnel, 0);

        // What the client sent meanwhile is here already: no event tells of it.
        Thread.Loop.Wake(this);
    }

    /// <returns>False where the stream changed its phase.</returns>
    private bool ForwardResponse(Loop loop, ref bool again)
    {
        var client = Session.End;
        var moved = 0L;
        var status = ServerLink is { } link ? Relay.MoveBody(link.End, client, Thread, out moved) : RelayStatus.Complete;
        if (status == RelayStatus.Complete)
        {
            LeaveServerEarly();
            status = Relay.Finish(client);
        }

        _responseStatus = status;
        if (moved > 0)
        {
            CountResponseBytes(moved);
            MovedToClient(loop.NowMilliseconds);
        }

        switch (status)
        {
            case RelayStatus.Ended:
                _responseForwarded = true;
                if (Response.Framing == BodyFraming.Chunked)
                {
                    // The mark of the end counts as one, see HtxWeight.
                    CountResponseBytes(1);
                }

                if (_inTunnel)
                {
                    client.Connection.ShutdownWrite();
                }

                return true;
            case RelayStatus.Yield:
                again = true;
                return true;
            case RelayStatus.SinkFailed:
                CountClientAbort();
                Log.End(TerminationCause.ClientAbort, TerminationPhase.Data);
                break;
            case RelayStatus.Truncated:
            case RelayStatus.SourceFailed:
                CountServerAbort();
                CountResponseError();
                Log.End(TerminationCause.ServerAbort, TerminationPhase.Data);
                break;
            case RelayStatus.Malformed:
                CountResponseError();
                Log.End(TerminationCause.ServerAbort, TerminationPhase.Data);
                break;
            default:
                return true;
        }

        EndStream(keepClient: false);
        return false;
    }

    /// <summary>
    /// The server has given all of its response: its connection is free before the client sees the end, so that the client's next request, or that of
    /// another one which heard of it, finds the connection.
    /// </summary>
    private void LeaveServerEarly()
    {
        if (ServerLink is not null && CanKeepServer())
        {
            KeepServer(withClient: false);
        }
    }

    private bool CheckTimeouts(Loop loop)
    {
        var timeouts = BackendProxy.Config.Timeouts;
        var clientWait = Frontend.Config.Timeouts.Client;
        var serverWait = Subject.ServerTimeout >= 0 ? new Ir.Duration(Subject.ServerTimeout) : timeouts.Server;
        if (_inTunnel)
        {
            var tunnel = Subject.TunnelTimeout >= 0 ? new Ir.Duration(Subject.TunnelTimeout) : timeouts.Tunnel;
            clientWait = tunnel ?? clientWait;
            serverWait = tunnel ?? serverWait;
            if (_requestSent || _responseForwarded)
            {
                clientWait = Frontend.Config.Timeouts.ClientFin ?? clientWait;
                serverWait = timeouts.ServerFin ?? serverWait;
            }
        }

        var readsClient = !_requestSent && _requestStatus == RelayStatus.WaitSource;
        var writesClient = HasResponse && !_responseForwarded && _responseStatus == RelayStatus.WaitSink;
        if (!HasResponse && !_inTunnel)
        {
            // Until the server answers its time-out alone counts, even while the client owes the rest of its body.
            readsClient = false;
        }

        var readsServer = !HasResponse || (!_responseForwarded && _responseStatus == RelayStatus.WaitSource);
        var writesServer = !_requestSent && _requestStatus == RelayStatus.WaitSink;
        var clientExpiry = ExpiryOf(readsClient, writesClient, ClientActivity, ClientWritten, clientWait);
        var serverExpiry = ExpiryOf(readsServer, writesServer, ServerActivity, ServerWritten, serverWait);
        if (loop.NowMilliseconds >= Math.Min(clientExpiry, serverExpiry))
        {
            return serverExpiry < clientExpiry || (serverExpiry == clientExpiry && !_inTunnel) ? ServerTimedOut() : ClientTimedOut(loop.NowMilliseconds >= serverExpiry);
        }

        _deadline = Math.Min(Math.Min(clientExpiry, serverExpiry), _contentPassed ? Never : _contentUntil);
        if (!HasResponse && ClientGone())
        {
            return true;
        }

        return false;
    }

    /// <summary>A client that left while the server works is noticed with <c>option abortonclose</c> alone; else its end shows when it is written to.</summary>
    private bool ClientGone()
    {
        if (!HasClientLeft())
        {
            return false;
        }

        CountClientAbort();
        if (Session.Client.Error != 0)
        {
            Log.End(TerminationCause.ClientAbort, TerminationPhase.Data);
            EndStream(keepClient: false);
            return true;
        }

        Log.End(TerminationCause.ClientAbort, TerminationPhase.Headers);
        CloseServerLink(reset: true);
        return AnswerError(400);
    }

    private bool ServerTimedOut()
    {
        if (HasResponse)
        {
            CountServerAbort();
            Log.End(TerminationCause.ServerTimeout, TerminationPhase.Data);
            EndStream(keepClient: false);
            return true;
        }

        ResponseBroken(TerminationCause.ServerTimeout, RetryOn.ResponseTimeout, 504, out var goOn);
        return goOn;
    }

    private bool ClientTimedOut(bool isServerLateToo)
    {
        Log.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
        if (HasResponse)
        {
            CountClientAbort();
            if (_inTunnel && !_requestSent && !isServerLateToo)
            {
                // A silent client's direction is closed; the server may still speak, for its own time.
                _requestSent = true;
                ServerLink!.Connection.ShutdownWrite();
                return true;
            }

            EndStream(keepClient: false);
            return true;
        }

        FrontendCounters.RequestErrors++;
        CloseServerLink(reset: true);
        ReleaseServer();
        return AnswerError(408);
    }

    /// <summary>Counts an interim response that a rule sent, by the length of its texts.</summary>
    internal void CountInterim(int texts) => CountResponseBytes(HtxWeight.OfTexts(texts));

    private void CountResponseBytes(long bytes)
    {
        Log.BytesOut += bytes;
        CountBytes(0, bytes);
    }
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>Waiting for requests over HTTP/1.</summary>
public sealed partial class Session
{
    private HttpStream? _next;

    /// <summary>When the first byte of the request that is being read came; -1 before.</summary>
    private long _firstByteMicroseconds;

    private void WaitForRequest()
    {
        End.BeginInput();
        _firstByteMicroseconds = -1;
        _phase = SessionPhase.WaitFirstByte;
        var timeouts = Proxy.Config.Timeouts;
        if (Requests > 0)
        {
            // Between requests: http-keep-alive, else http-request, else client (configuration manual 4.2).
            // The client's own time-out bounds it: an idle connection is an inactive one.
            SetTimeout(Shorter(timeouts.HttpKeepAlive ?? timeouts.HttpRequest, timeouts.Client));
            if (_thread.Engine.Process.IsStopping && _thread.Engine.Global.CloseSpread is not { Milliseconds: > 0 } && !End.HasInput && !WaitsForLastRequest)
            {
                Close();
                return;
            }
        }
        else
        {
            SetTimeout(timeouts.HttpRequest ?? timeouts.Client);
        }

        if (End.HasInput || Client.CanRead)
        {
            _thread.Loop.Wake(this);
        }
    }

    /// <summary>A soft stop leaves the connection open until a last request was answered (<c>option idle-close-on-response</c>).</summary>
    private bool WaitsForLastRequest => (Proxy.Config.Options & ProxyOptions.IdleCloseOnResponse) != 0;

    private static Ir.Duration? Shorter(Ir.Duration? one, Ir.Duration? other) =>
        one is { } first && other is { } second ? (first.Milliseconds <= second.Milliseconds ? first : second) : one ?? other;

    private void ReadRequest(Loop loop)
    {
        while (true)
        {
            if (End.HasInput && TryParse(loop))
            {
                return;
            }

            switch (End.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Wait:
                    if (Deadline <= loop.NowMilliseconds)
                    {
                        RequestTimedOut(loop);
                    }
                    else if (Deadline != Never)
                    {
                        loop.SetDeadline(this, Deadline);
                    }

                    return;
                case EndStatus.Full:
                    RefuseRequest(loop, 400, TerminationCause.Proxy);
                    return;
                default:
                    ClientLeft(loop);
                    return;
            }
        }
    }

    /// <returns>True where the session has nothing more to do for now.</returns>
    private bool TryParse(Loop loop)
    {
        if (_phase == SessionPhase.WaitFirstByte)
        {
            _phase = SessionPhase.WaitHead;
            _firstByteMicroseconds = loop.NowMicroseconds;
            _next = _thread.TakeHttpStream();
            _next.Request.Reset(loop.Buffers);
            if (Requests > 0)
            {
                var timeouts = Proxy.Config.Timeouts;
                SetTimeout(timeouts.HttpRequest ?? timeouts.Client);
            }
        }

        var options = _thread.RequestOptions with
        {
            AcceptInvalid = (Proxy.Config.Options & ProxyOptions.AcceptInvalidRequest) != 0,
        };
        var stream = _next!;
        switch (Http1RequestReader.Parse(End.Input, stream.Request, options, ref End.Scan, out var consumed, out var error))
        {
            case ParseStatus.NeedMore:
                return false;
            case ParseStatus.Bad:
                CaptureError(error);
                RefuseRequest(loop, error.Status, TerminationCause.Proxy);
                return true;
            default:
                if (stream.Request.Framing == BodyFraming.Chunked && BufferedBodies.IsBroken(End.Input[consumed..], _thread))
                {
                    // What came with the head is judged with it: no server hears of a request whose first chunk is broken.
                    if (BufferedBodies.BadChunk(End.Input[consumed..]) is >= 0 and var at)
                    {
                        CaptureError(new Http1Error(Http1ErrorReason.BadChunkSize, consumed + at, Http1State.ChunkSize));
                    }

                    RefuseRequest(loop, 400, TerminationCause.Proxy);
                    return true;
                }

                if (End.Scan.Relaxed.Reason != Http1ErrorReason.None)
                {
                    // Accepted all the same (option accept-invalid-http-request), but kept for the operator.
                    CaptureError(End.Scan.Relaxed with { State = Http1State.Done });
                }

                End.TakeHead(consumed, stream.Request);
                Requests++;
                _next = null;
                Current = stream;
                _phase = SessionPhase.Streaming;
                loop.SetDeadline(this, Never);
                stream.Start(this, _firstByteMicroseconds);
                return true;
        }
    }

    /// <summary>Keeps what could not be understood for the operator.</summary>
    internal void CaptureError(Http1Error error)
    {
        var number = Interlocked.Increment(ref _thread.Engine.Process.CapturedErrors) - 1;
        Proxy.InvalidRequest.Take(new CapturedError(number, _thread.Loop.WallMicroseconds, Proxy, null, null, Client.Peer, error), End.Input);
    }

    private void ClientLeft(Loop loop)
    {
        if (_phase == SessionPhase.WaitFirstByte && Requests > 0)
        {
            Close();
            return;
        }

        // A client that leaves before its first request is complete counts as a bad request, and is answered: it may still read.
        if (Client.BytesRead == 0 && (Proxy.Config.Options & ProxyOptions.IgnoreProbes) != 0)
        {
            Close();
            return;
        }

        CountRequestError();
        LogBadRequest(loop, 400, TerminationCause.ClientAbort);
        Flush(loop, Proxy.Answers.OfMux(400));
    }

    private void RequestTimedOut(Loop loop)
    {
        if (_phase == SessionPhase.WaitFirstByte && (Requests > 0 || (Proxy.Config.Options & ProxyOptions.IgnoreProbes) != 0))
        {
            Close();
            return;
        }

        CountRequestError();
        LogBadRequest(loop, 408, TerminationCause.ClientTimeout);
        Flush(loop, Proxy.Answers.OfMux(408));
    }

    private void RefuseRequest(Loop loop, int status, TerminationCause cause)
    {
        CountRequestError();
        LogBadRequest(loop, status, cause);
        Flush(loop, Proxy.Answers.OfMux(status));
    }

    private void CountRequestError()
    {
        var counters = Frontend.Counters[_thread.Index];
        counters.RequestErrors++;
        Listener.Counters[_thread.Index].RequestErrors++;
    }

    private void LogBadRequest(Loop loop, int status, TerminationCause cause)
    {
        // A request that could not be read counts as one, with the answer it got.
        var counters = Frontend.Counters[_thread.Index];
        counters.Requests++;
        counters.Responses[status / 100]++;
        Interlocked.Increment(ref _thread.Engine.Process.TotalRequests);
        Raise(ref Frontend.RequestRateMaximum, Frontend.RequestRate.Add(loop.NowMilliseconds));
        if (Client.BytesRead == 0 && (Proxy.Config.Options & ProxyOptions.DontLogNull) != 0)
        {
            return;
        }

        var stream = _next ?? _thread.TakeHttpStream();
        _next = null;
        stream.LogUnreadable(this, status, cause);
    }

    private void Flush(Loop loop, ReadOnlySpan<byte> answer)
    {
        if (_next is { } unused)
        {
            unused.GiveBack();
            _next = null;
        }

        _phase = SessionPhase.Flushing;
        End.WriteRaw(answer);
        SetTimeout(Proxy.Config.Timeouts.Client);
        FinishFlush(loop);
    }

    private void FinishFlush(Loop loop)
    {
        if (End.Flush() == EndStatus.Wait && Deadline > loop.NowMilliseconds)
        {
            loop.SetDeadline(this, Deadline);
            return;
        }

        CloseInOrder();
    }
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Sending a request again after the server failed it (<c>retry-on</c>).</summary>
public sealed partial class HttpStream
{
    // The body of a request that may be sent again, framing included, in a block of the pool; null without a body.
    private byte[]? _keptBody;
    private int _keptLength;
    private bool _canSendAgain;
    private long _countedAlready;

    /// <summary>Whether a server has ended without a word: a connection made after that stays with the client for the next try (case retries/on-all-retryable-errors).</summary>
    private bool _wasFailed;

    private void BeginRetries()
    {
        _canSendAgain = _wasFailed = _isKilled = false;
        _countedAlready = 0;
    }

    /// <summary>
    /// Keeps what is needed to send the request again, right before it is sent for the first time. The head stays in its block anyhow; a body is kept where it is
    /// here as a whole and fits into the buffer with the head, as with the original.
    /// </summary>
    private void KeepForRetries()
    {
        const RetryOn AfterSending = ~RetryOn.ConnectionFailure;
        if (_canSendAgain || (Backend!.Config.RetryOn & AfterSending) == 0 || Subject.RetryDisabled || !Session.End.TryPeekWholeBody(out var body))
        {
            return;
        }

        var tune = Thread.Engine.Global.Tune;
        if (body.Length > 0 && _headBytesIn + body.Length > tune.BufferSize - tune.MaxRewrite)
        {
            return;
        }

        if (body.Length > 0)
        {
            _keptBody = Thread.Loop.Buffers.Rent();
            body.CopyTo(_keptBody);
        }

        _keptLength = body.Length;
        _canSendAgain = true;
    }

    /// <summary>Brings the kept body back to where it is sent from.</summary>
    private bool RestoreBody()
    {
        _countedAlready = Log.BytesIn - _headBytesIn;
        return _keptLength == 0 || Session.End.TryRestoreBody(_keptBody.AsSpan(0, _keptLength), Request.Framing, Request.ContentLength);
    }

    private void DropKeptBody()
    {
        if (_keptBody is { } block)
        {
            _keptBody = null;
            Thread.Loop.Buffers.Return(block);
        }
    }

    private bool MayRetryStatus(int status)
    {
        var wanted = status switch
        {
            401 => RetryOn.Status401,
            403 => RetryOn.Status403,
            404 => RetryOn.Status404,
            408 => RetryOn.Status408,
            425 => RetryOn.Status425,
            500 => RetryOn.Status500,
            501 => RetryOn.Status501,
            502 => RetryOn.Status502,
            503 => RetryOn.Status503,
            504 => RetryOn.Status504,
            _ => RetryOn.None,
        };
        return (Backend!.Config.RetryOn & wanted) != 0 && RetriesLeft > 0;
    }

    /// <summary>The server failed before a whole head of a response came.</summary>
    /// <returns>Always false: there is no response; <paramref name="goOn"/> says whether there is more to do at once.</returns>
    private bool ResponseBroken(TerminationCause cause, RetryOn reason, int status, out bool goOn)
    {
        Observe(reason switch
        {
            RetryOn.ResponseTimeout => TrafficSign.ReadTimeout,
            RetryOn.JunkResponse => TrafficSign.InvalidResponse,
            _ => TrafficSign.BrokenPipe,
        });
        // What was broken counts at each try, a mere end or a time-out once nothing more is tried (cases retries/on-*).
        var isReset = reason == RetryOn.EmptyResponse && ServerLink!.Connection.Error != 0;
        if (isReset || reason == RetryOn.JunkResponse)
        {
            CountResponseError();
        }

        if ((Backend!.Config.RetryOn & reason) != 0 && RetriesLeft > 0 && RetryRequest(cause, out goOn))
        {
            _wasFailed |= reason == RetryOn.EmptyResponse;
            return false;
        }

        if (reason == RetryOn.EmptyResponse && Session.Requests > 1 && !ServerLink!.End.HasInput)
        {
            // A server that ends without a word leaves a client that was served before to try again by itself: its connection is closed
            // without an answer and without a log line (cases keepalive/failed-second-*).
            _logged = true;
            EndStream(keepClient: false);
            goOn = false;
            return false;
        }

        if (reason != RetryOn.JunkResponse)
        {
            CountResponseError();
        }

        Log.End(cause, TerminationPhase.Headers);
        goOn = AnswerError(status);
        return false;
    }

    private void CountResponseError()
    {
        ServerCounters!.ResponseErrors++;
        BackendCounters!.ResponseErrors++;
    }

    private bool RetryRequest(TerminationCause cause, out bool goOn)
    {
        goOn = true;
        if (!_canSendAgain || _inTunnel || !RestoreBody())
        {
            return false;
        }

        PartFromServer();
        RetryAtOnce(cause);
        _phase = HttpPhase.Server;
        return true;
    }

    /// <summary>Leaves the server's connection for others where the whole response has come over it; else closes it.</summary>
    private void PartFromServer()
    {
        if (ServerLink is { End: var end } && HasTakenResponse)
        {
            end.DropBodySoFar();
            if (CanKeepServer())
            {
                KeepServer(withClient: _wasFailed);
                return;
            }
        }

        CloseServerLink(reset: true);
    }

    /// <summary>Whether the head of a final response was taken from the present server connection.</summary>
    private bool HasTakenResponse { get; set; }
}

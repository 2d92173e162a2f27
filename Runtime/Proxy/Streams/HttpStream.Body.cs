using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Waiting for a request's body before a decision (<c>option http-buffer-request</c>, <c>http-request wait-for-body</c>, algorithms that look into it).</summary>
public sealed partial class HttpStream
{
    // A client that left while its body was waited for: the rules still run, no server is looked for.
    private bool _clientLeft;

    // The whole body is here and was waited for.
    private bool _sawBody;

    /// <summary>Whether the present section waits by itself. The frontend's option goes before its rules, the backend's before the backend's.</summary>
    private bool WantsBody() => _stage == RuleStage.FrontendBody
        ? (Frontend.Config.Options & ProxyOptions.BufferRequest) != 0
        : (BackendProxy.Config.Options & ProxyOptions.BufferRequest) != 0 || Backend!.BalanceKey.WantsBody;

    /// <summary>How long a section waits by itself: its own time for requests, else the client's.</summary>
    private Ir.Duration? Patience() => BackendProxy.Config.Timeouts.HttpRequest ?? Frontend.Config.Timeouts.Client;

    /// <summary>Waits until enough of the body is here, the buffer is full, or the time is over.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="patience">At most so long; null for ever.</param>
    /// <param name="atLeast">So many bytes are enough; 0 all.</param>
    /// <param name="goOn">Where the stream does not go on with its rules: whether it has more to do at once.</param>
    /// <returns>True where there is nothing more to wait for.</returns>
    private bool WaitForBody(Loop loop, Ir.Duration? patience, long atLeast, out bool goOn)
    {
        goOn = true;
        var end = Session.End;
        if (end.HasWholeBody || _clientLeft)
        {
            _sawBody = !_clientLeft;
            return !RefuseBrokenBody(ref goOn);
        }

        if (_bodyExpiry == Never)
        {
            _bodyExpiry = After(loop.NowMilliseconds, patience);
        }

        if (Request.ExpectContinue && Request.IsVersion11 && !SendContinue())
        {
            _clientLeft = true;
        }

        while (!_clientLeft && !end.HasWholeBody && (atLeast == 0 || end.BodySoFar.Length < atLeast))
        {
            switch (end.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Wait when loop.NowMilliseconds < _bodyExpiry:
                    _deadline = _bodyExpiry;
                    goOn = false;
                    return false;
                case EndStatus.Wait:
                    return BodyFailed(TerminationCause.ClientTimeout, 408);
                case EndStatus.Full:
                    return BodyArrived(loop);
                default:
                    _clientLeft = true;
                    break;
            }
        }

        return !RefuseBrokenBody(ref goOn) && BodyArrived(loop);
    }

    // To the log the request is complete when what was waited for is here.
    private bool BodyArrived(Loop loop)
    {
        _bodyExpiry = Never;
        _sawBody = !_clientLeft;
        Log.RequestMicroseconds = loop.NowMicroseconds;
        return true;
    }

    private bool RefuseBrokenBody(ref bool goOn)
    {
        if (Session.End.InputFraming != BodyFraming.Chunked || BufferedBodies.BadChunk(Session.End.Input) < 0)
        {
            return false;
        }

        goOn = true;
        BodyFailed(TerminationCause.Proxy, 400);
        return true;
    }

    private bool BodyFailed(TerminationCause cause, int status)
    {
        // To the log the request was never complete.
        Log.RequestMicroseconds = -1;
        Log.End(cause, TerminationPhase.Request);
        FrontendCounters.RequestErrors++;
        AnswerError(status);
        return false;
    }

    /// <summary>Asks the client for the body that it holds back (<c>Expect: 100-continue</c>); the server need not be asked any more.</summary>
    /// <returns>False where the client is gone.</returns>
    private bool SendContinue()
    {
        Request.Remove(KnownHeader.Expect);
        Request.Flags &= ~HttpFlags.ExpectContinue;
        return WriteContinue();
    }

    /// <summary>Sends the interim answer, which counts in the log like any other response.</summary>
    /// <returns>False where the client is gone.</returns>
    private bool WriteContinue()
    {
        var message = "HTTP/1.1 100 Continue\r\n\r\n"u8;
        Response.Reset(Thread.Loop.Buffers);
        Http1ResponseReader.Parse(message, Response, Thread.RequestOptions, out _, out _);
        CountResponseBytes(HtxWeight.Of(Response));
        Response.Reset(Thread.Loop.Buffers);
        Session.End.WriteRaw(message);
        return Session.End.Flush() != EndStatus.Failed;
    }
}

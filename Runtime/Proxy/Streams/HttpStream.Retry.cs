using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Sending a request again after the server failed it (<c>retry-on</c>).</summary>
public sealed partial class HttpStream
{
    /// <summary>Whether nothing of the request is lost: its head is kept, and no body was sent on.</summary>
    private bool CanSendAgain => !Subject.RetryDisabled && Session.End.InputEnded && Session.End.BodyBytesIn == 0 && !_inTunnel;

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
    private bool ResponseBroken(TerminationCause cause, RetryOn reason, int status, out bool goOn, bool counted = false)
    {
        Observe(reason switch
        {
            RetryOn.ResponseTimeout => TrafficSign.ReadTimeout,
            RetryOn.JunkResponse => TrafficSign.InvalidResponse,
            _ => TrafficSign.BrokenPipe,
        });
        if ((Backend!.Config.RetryOn & reason) != 0 && RetriesLeft > 0 && RetryRequest(cause, out goOn))
        {
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

        if (!counted)
        {
            ServerCounters!.ResponseErrors++;
            BackendCounters!.ResponseErrors++;
        }

        Log.End(cause, TerminationPhase.Headers);
        goOn = AnswerError(status);
        return false;
    }

    private bool RetryRequest(TerminationCause cause, out bool goOn)
    {
        goOn = true;
        if (!CanSendAgain)
        {
            return false;
        }

        CloseServerLink(reset: true);
        RetryAtOnce(cause);
        _phase = HttpPhase.Server;
        return true;
    }
}

using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The rules that look at a server's first bytes (<c>tcp-response content</c>), in mode http.</summary>
/// <remarks>
/// They run as soon as the connection to the server stands, before there is a response: what asks for one finds none, unless an inspection delay lets the
/// rules wait for it.
/// </remarks>
public sealed partial class HttpStream
{
    private bool _contentPassed;
    private long _contentUntil;

    private void BeginResponseContent()
    {
        _contentPassed = BackendProxy.Rules.TcpResponseContent.IsEmpty;
        _contentUntil = Never;
    }

    /// <returns>False where the stream is over, or has something else to do.</returns>
    private bool PassResponseContent(Loop loop, bool headIsHere, out bool goOn)
    {
        goOn = true;
        if (_contentPassed)
        {
            return true;
        }

        BeginInspection(ref _contentUntil, BackendProxy.Config.Rules.TcpResponseInspectDelay);
        Subject.Response = headIsHere ? Response : null;
        Subject.IsResponse = true;
        Subject.MissedResponse = false;
        var place = 0;
        var outcome = BackendProxy.Rules.TcpResponseContent.Run(Subject, ref place).Outcome;
        Subject.IsResponse = headIsHere;
        var mayChange = Subject.MissedResponse || outcome is RuleOutcome.WaitMoreData or RuleOutcome.WaitBody;
        if (mayChange && !headIsHere && loop.NowMilliseconds < _contentUntil)
        {
            return true;
        }

        _contentPassed = true;
        switch (outcome)
        {
            case RuleOutcome.Continue or RuleOutcome.Stop or RuleOutcome.WaitBody or RuleOutcome.WaitMoreData:
                return true;
            case RuleOutcome.LeaveServer when headIsHere:
                // The response goes on; its connection carries no other.
                _keepServer = false;
                return true;
            case RuleOutcome.LeaveServer:
                CountResponseError();
                Log.End(TerminationCause.ServerAbort, TerminationPhase.Headers);
                CloseServerLink(reset: false);
                goOn = AnswerError(502);
                return false;
            default:
                RefuseContent(outcome, isResponse: true);
                break;
        }

        // Nobody is answered. What has come counts all the same.
        Log.ResponseMicroseconds = -1;
        if (headIsHere)
        {
            CountResponseBytes(ServerLink!.End.BodySoFar.Length);
        }
        else
        {
            Log.Status = -1;
        }

        CloseServerLink(reset: headIsHere && outcome == RuleOutcome.SilentDrop);
        EndStream(keepClient: false);
        goOn = false;
        return false;
    }
}

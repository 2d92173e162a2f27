using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The rules that look at the first bytes of a connection (<c>tcp-request content</c>, <c>tcp-response content</c>).</summary>
public sealed partial class TcpStream
{
    private bool _inBackend;
    private int _resumeAt;
    private long _inspectUntil;
    private bool _responsePassed;
    private int _responseResumeAt;
    private long _responseInspectUntil;

    private void BeginRules()
    {
        _inBackend = false;
        _resumeAt = _responseResumeAt = 0;
        _inspectUntil = _responseInspectUntil = Never;
        _responsePassed = false;
    }

    /// <summary>Runs the rules as far as the bytes that have come allow.</summary>
    private bool PassRules(Loop loop, out bool goOn)
    {
        goOn = true;
        while (true)
        {
            var proxy = _inBackend ? BackendProxy : Frontend;
            if (!proxy.Rules.TcpRequestContent.IsEmpty && !PassSet(loop, proxy, out goOn))
            {
                return false;
            }

            if (_inBackend)
            {
                return true;
            }

            _inBackend = true;
            _resumeAt = 0;
            _inspectUntil = Never;
            if (!ChooseBackend())
            {
                End(reset: false);
                goOn = false;
                return false;
            }

            if (ReferenceEquals(BackendProxy, Frontend))
            {
                return true;
            }
        }
    }

    private bool PassSet(Loop loop, State.ProxyState proxy, out bool goOn)
    {
        goOn = true;
        BeginInspection(ref _inspectUntil, proxy.Config.Rules.TcpRequestInspectDelay);
        Subject.IsBufferFinal = loop.NowMilliseconds >= _inspectUntil || Session.Client.ReadClosed;
        var verdict = proxy.Rules.TcpRequestContent.Run(Subject, ref _resumeAt);
        switch (verdict.Outcome)
        {
            case RuleOutcome.Continue or RuleOutcome.Stop:
                return true;
            case RuleOutcome.WaitMoreData or RuleOutcome.WaitBody:
                switch (Session.End.Fill())
                {
                    case EndStatus.Progress:
                        return false;
                    case EndStatus.Wait:
                        if (loop.NowMilliseconds >= _inspectUntil)
                        {
                            return false;
                        }

                        _deadline = _inspectUntil;
                        goOn = false;
                        return false;
                    default:
                        // No more bytes will come: what is there decides.
                        _inspectUntil = loop.NowMilliseconds;
                        Subject.IsBufferFinal = true;
                        return false;
                }

            default:
                RefuseContent(verdict.Outcome, isResponse: false);
                End(reset: false);
                goOn = false;
                return false;
        }
    }

    /// <summary>Runs the backend's rules of the server's first bytes; false where the stream waits or is over.</summary>
    private bool PassResponseRules(Loop loop, out bool goOn)
    {
        goOn = false;
        var rules = BackendProxy.Rules.TcpResponseContent;
        if (rules.IsEmpty)
        {
            _responsePassed = true;
            return true;
        }

        BeginInspection(ref _responseInspectUntil, BackendProxy.Config.Rules.TcpResponseInspectDelay);
        var status = ServerLink!.End.Fill();
        Subject.IsResponse = true;
        Subject.IsBufferFinal = loop.NowMilliseconds >= _responseInspectUntil || status is not (EndStatus.Progress or EndStatus.Wait);
        var outcome = rules.Run(Subject, ref _responseResumeAt).Outcome;
        switch (outcome)
        {
            case RuleOutcome.Continue or RuleOutcome.Stop:
                _responsePassed = true;
                return true;
            case RuleOutcome.WaitMoreData:
                return true;
            case RuleOutcome.LeaveServer:
                // The client gets what has come, and then the end.
                CountResponseSoFar();
                _ = Session.End.WriteRaw(ServerLink.End.Input);
                _ = Session.End.Flush();
                End(reset: false);
                return false;
            default:
                CountResponseSoFar();
                RefuseContent(outcome, isResponse: true);
                End(reset: false);
                return false;
        }
    }

    // What has come counts, though nobody may get it.
    private void CountResponseSoFar()
    {
        Log.BytesOut += ServerLink!.End.Input.Length;
        CountBytes(0, ServerLink.End.Input.Length);
    }
}

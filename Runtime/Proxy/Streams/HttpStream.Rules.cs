using System.Buffers;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The rules of requests and responses, in the original's order.</summary>
public sealed partial class HttpStream
{
    /// <summary>How far the request's rules have come.</summary>
    private enum RuleStage
    {
        FrontendContent,
        FrontendBody,
        Monitor,
        FrontendRequest,
        FrontendService,
        FrontendRedirect,
        Backend,
        BackendBody,
        BackendContent,
        BackendRequest,
        BackendService,
        BackendRedirect,
        Done,
    }

    private RuleStage _stage;
    private int _resumeAt;
    private long _bodyExpiry;
    private bool _tarpitOwnAnswer;

    private void BeginRules()
    {
        _stage = RuleStage.FrontendContent;
        _resumeAt = 0;
        _bodyExpiry = Never;
        _clientLeft = _sawBody = false;
        _tarpitOwnAnswer = false;
        Subject.Request = Request;
        CaptureHeaders(Subject.RequestCaptures, Frontend.HeaderNames.RequestCaptures, Request);

        // A request that was read shows the list of the response's captures as well, be there a response or not.
        Subject.ResponseCaptures.IsActive = true;
        CaptureCookie(Request, KnownHeader.Cookie, ref _requestCookie, out _requestCookieLength);
        _responseCookieLength = 0;
    }

    /// <summary>Runs the request's rules as far as they go.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="goOn">Where they do not end with a server to look for: whether the stream has more to do at once.</param>
    /// <returns>True when all have let the request pass.</returns>
    private bool PassRules(Loop loop, out bool goOn)
    {
        goOn = true;
        while (_stage != RuleStage.Done)
        {
            if (_stage == RuleStage.Backend)
            {
                if (!ChooseBackend())
                {
                    goOn = AnswerError(503);
                    return false;
                }

                BackendCounters!.Requests++;
                _stage = RuleStage.BackendBody;
                continue;
            }

            if (_stage is RuleStage.FrontendBody or RuleStage.BackendBody)
            {
                if (WantsBody() && !WaitForBody(loop, Patience(), atLeast: 0, out goOn))
                {
                    return false;
                }

                _stage = _stage == RuleStage.BackendBody && ReferenceEquals(BackendProxy, Frontend) ? RuleStage.Done : _stage + 1;
                continue;
            }

            if (_stage is RuleStage.Monitor or RuleStage.FrontendService or RuleStage.BackendService)
            {
                if (_stage == RuleStage.Monitor ? !PassMonitor(out goOn) : !PassService(_stage < RuleStage.Backend ? Frontend : BackendProxy, out goOn))
                {
                    return false;
                }

                _stage++;
                continue;
            }

            var rules = (_stage < RuleStage.Backend ? Frontend : BackendProxy).Rules;
            var set = _stage switch
            {
                RuleStage.FrontendContent or RuleStage.BackendContent => rules.TcpRequestContent,
                RuleStage.FrontendRequest or RuleStage.BackendRequest => rules.HttpRequest,
                _ => rules.Redirect,
            };
            if (!set.IsEmpty)
            {
                var verdict = set.Run(Subject, ref _resumeAt);
                if (verdict.Outcome == RuleOutcome.WaitBody)
                {
                    if (!WaitForBody(loop, new Ir.Duration(verdict.WaitMilliseconds), verdict.AtLeast, out goOn))
                    {
                        return false;
                    }

                    // The rule runs again and finds that there is nothing to wait for.
                    Subject.IsBodyWaitOver = true;
                    continue;
                }

                Subject.IsBodyWaitOver = false;
                if (verdict.Outcome is not (RuleOutcome.Continue or RuleOutcome.Stop))
                {
                    goOn = TakeVerdict(verdict.Outcome);
                    return false;
                }
            }

            if (_stage is RuleStage.FrontendRequest or RuleStage.BackendRequest && !PassHeaderNames(_stage < RuleStage.Backend ? Frontend : BackendProxy, out goOn))
            {
                return false;
            }

            _resumeAt = 0;
            _stage++;
        }

        return true;
    }

    /// <summary>Takes headers away whose names are unusual, or refuses the request for them (<c>option http-restrict-req-hdr-names</c>).</summary>
    private bool PassHeaderNames(ProxyState proxy, out bool goOn)
    {
        goOn = true;
        var options = proxy.Config.Options;
        if ((options & (ProxyOptions.RestrictHeaderNamesDelete | ProxyOptions.RestrictHeaderNamesReject)) == 0)
        {
            return true;
        }

        for (var index = 0; index < Request.FieldCount; index++)
        {
            if (Request.Field(index).Removed || !Request.NameOf(index).ContainsAnyExcept(UsualNameBytes))
            {
                continue;
            }

            if ((options & ProxyOptions.RestrictHeaderNamesReject) != 0)
            {
                RefuseRequest();
                goOn = AnswerError(403);
                return false;
            }

            Request.RemoveAt(index);
        }

        return true;
    }

    private static readonly SearchValues<byte> UsualNameBytes = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Answers a health monitor's question (<c>monitor-uri</c>); nobody else sees it, not even the log.</summary>
    private bool PassMonitor(out bool goOn)
    {
        goOn = true;
        if (Frontend.Frontend!.MonitorUri is not { } uri || !IsMonitor(uri))
        {
            return true;
        }

        _logged = true;
        FrontendCounters.Intercepted++;
        Log.End(TerminationCause.Local, TerminationPhase.Request);
        foreach (var condition in Frontend.Rules.MonitorFail)
        {
            if (condition.Holds(Subject))
            {
                goOn = AnswerError(503);
                return false;
            }
        }

        goOn = AnswerError(200);
        return false;
    }

    // A path is looked for in absolute targets too, with the query behind it; anything else must be the whole target.
    private bool IsMonitor(ReadOnlySpan<byte> wanted)
    {
        var target = Request.Span(Request.Uri);
        return (wanted is [(byte)'/', ..] ? UriParts.PathAndQuery(target) : target).SequenceEqual(wanted);
    }

    /// <summary>Lets an internal service of a section take the request over (the statistics page).</summary>
    private bool PassService(ProxyState proxy, out bool goOn)
    {
        goOn = true;
        if (proxy.Service is not { } service || !service.Wants(this))
        {
            return true;
        }

        goOn = BeginService(service, proxy);
        return false;
    }

    private bool TakeVerdict(RuleOutcome outcome)
    {
        switch (outcome)
        {
            case RuleOutcome.Deny:
                RefuseRequest();
                return AnswerRule();
            case RuleOutcome.Tarpit:
                CountDeniedRequest();
                _tarpitOwnAnswer = true;
                return EnterTarpit(Subject.Answer.Status);
            case RuleOutcome.Answer:
                Log.End(TerminationCause.Local, TerminationPhase.Request);
                CountIntercepted();
                return AnswerRule();
            case RuleOutcome.Reject or RuleOutcome.SilentDrop:
                if (_stage != RuleStage.BackendContent || outcome == RuleOutcome.SilentDrop)
                {
                    // A backend's rules of content see a request that was read.
                    ForgetRequestLine();
                }

                RefuseContent(outcome, isResponse: false);
                EndStream(keepClient: false);
                return false;
            default:
                FrontendCounters.InternalErrors++;
                Log.RequestMicroseconds = -1;
                Log.End(TerminationCause.Proxy, TerminationPhase.Request);
                return AnswerError(500);
        }
    }

    private void CountIntercepted()
    {
        if (BackendCounters is null)
        {
            FrontendCounters.Intercepted++;
        }
    }

    /// <summary>Answers with what a rule made.</summary>
    private bool AnswerRule()
    {
        var answer = Subject.Answer;
        return answer.Kind == RuleAnswerKind.Message
            ? AnswerMessage(answer.Message, answer.Status, answer.Challenge)
            : AnswerError(answer.Status, answer.Challenge);
    }

    /// <summary>Runs the rules of a server's response; false where the response is not sent.</summary>
    private bool PassResponseRules(out bool goOn)
    {
        goOn = true;
        Thread.Engine.Trace?.Response(this);
        Subject.Response = Response;
        Subject.IsResponse = true;
        Subject.Server = Server;
        Subject.RequestVariables.Clear();
        CaptureHeaders(Subject.ResponseCaptures, Frontend.HeaderNames.ResponseCaptures, Response);
        CaptureCookie(Response, KnownHeader.SetCookie, ref _responseCookie, out _responseCookieLength);
        if (!PassResponseContent(Thread.Loop, headIsHere: true, out goOn))
        {
            return false;
        }

        CountStatus(ServerCounters!);
        if (!PassResponseSet(BackendProxy.Rules.HttpResponse, out goOn))
        {
            return false;
        }

        return (ReferenceEquals(BackendProxy, Frontend) || PassResponseSet(Frontend.Rules.HttpResponse, out goOn)) && WritePersistence(out goOn);
    }

    private bool PassResponseSet(RuleSet set, out bool goOn)
    {
        goOn = true;
        if (set.IsEmpty)
        {
            return true;
        }

        var place = 0;
        var verdict = set.Run(Subject, ref place);
        switch (verdict.Outcome)
        {
            case RuleOutcome.Continue or RuleOutcome.Stop or RuleOutcome.WaitBody or RuleOutcome.WaitMoreData:
                return true;
            case RuleOutcome.Deny:
                RefuseResponse(TerminationPhase.Headers);
                goOn = AnswerRule();
                return false;
            case RuleOutcome.Answer:
                Log.End(TerminationCause.Local, TerminationPhase.Headers);
                goOn = AnswerRule();
                return false;
            case RuleOutcome.Reject:
                RefuseResponse(TerminationPhase.Headers);
                goOn = AnswerError(502);
                return false;
            case RuleOutcome.SilentDrop:
                RefuseResponse(TerminationPhase.Headers);
                Session.EndSilently();
                EndStream(keepClient: false);
                goOn = false;
                return false;
            default:
                FrontendCounters.InternalErrors++;
                Log.End(TerminationCause.Internal, TerminationPhase.Headers);
                goOn = AnswerError(500);
                return false;
        }
    }

    /// <summary>Runs the rules that see every response, those made here too. They cannot stop it.</summary>
    private void RunAfterResponse()
    {
        Subject.Response = Response;
        Subject.IsResponse = true;
        var place = 0;
        BackendProxy.Rules.HttpAfterResponse.Run(Subject, ref place);
        if (!ReferenceEquals(BackendProxy, Frontend))
        {
            place = 0;
            Frontend.Rules.HttpAfterResponse.Run(Subject, ref place);
        }

        Log.Status = Response.Status;
    }

    /// <summary>Keeps the values of headers for the log (<c>capture request header</c>): the last line of each name.</summary>
    private static void CaptureHeaders(CaptureStore captures, byte[]?[] wanted, HttpHead head)
    {
        if (wanted.Length == 0)
        {
            return;
        }

        captures.IsActive = true;
        for (var slot = 0; slot < wanted.Length; slot++)
        {
            if (wanted[slot] is { } name && head.Last(name) is >= 0 and var index)
            {
                captures.Set(slot, head.ValueOf(index));
            }
        }
    }
}

/// <summary>Closing without a word to the peer (<c>silent-drop</c>).</summary>
internal static class SilentDrop
{
    /// <summary>A socket in repair mode sends nothing when it is closed; that needs a capability, and without it the peer gets a reset.</summary>
    public static void Prepare(int descriptor)
    {
        // What came is acknowledged first: the client's system would send it again, and learn by a reset that nobody is there.
        RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpQuickAck, 1);
        if (RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpRepair, 1) != 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.IpLevel, SocketOption.IpTtl, 1);
        }
    }
}

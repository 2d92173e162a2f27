using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Requests that an internal service answers.</summary>
public sealed partial class HttpStream
{
    private StreamService? _service;

    /// <summary>The service that answers; null where a server does.</summary>
    public StreamService? Service => _service;

    /// <summary>The section whose service was asked.</summary>
    public ProxyState ServiceProxy { get; private set; } = null!;

    private bool BeginService(StreamService service, ProxyState proxy)
    {
        _service = service;
        ServiceProxy = proxy;
        // The service is a server that is reached at once.
        Log.QueueMicroseconds = Log.ConnectMicroseconds = Thread.Loop.NowMicroseconds;
        if (service.Refuses(this, out var refusal))
        {
            Log.End(TerminationCause.Local, TerminationPhase.Request);
            return AnswerRefusal(refusal);
        }

        CountIntercepted();
        if (Request.First("expect"u8) >= 0 && Request.IsVersion11 && service.NeedsBody(this) && !Session.End.HasInput)
        {
            // The client waits for this before it sends the body.
            WriteContinue();
        }

        _phase = HttpPhase.Service;
        return true;
    }

    /// <summary>
    /// Answers as the service's own rules say. The connection ends with it, and to the log and the counters the client broke off: the original has a second
    /// answer, 400, ready behind the first, which reaches nobody but counts (cases counters/denied-page*).
    /// </summary>
    private bool AnswerRefusal(ReadOnlyMemory<byte> answer)
    {
        if (Log.Cause == TerminationCause.Local)
        {
            CountIntercepted();
        }
        else
        {
            CountDeniedRequest();
        }

        if (!AnswerMessage(answer, 400))
        {
            return false;
        }

        _keepClient = false;
        Log.Status = 400;
        var owner = BackendProxy.Answers.Owns(400) ? BackendProxy : Frontend;
        CountResponseBytes(WeightOf(owner.Answers.Of(400)));
        if (NearBackendCounters is { } backend)
        {
            backend.ClientAborts += 2;
        }

        return true;
    }

    private long WeightOf(ReadOnlyMemory<byte> message)
    {
        var head = Thread.Trailers;
        head.Reset(Thread.Loop.Buffers);
        var known = Http1ResponseReader.Parse(message.Span, head, Thread.RequestOptions, out var consumed, out _) == ParseStatus.Done;
        var weight = !known ? 0 : HtxWeight.Of(head)
            + ((head.Flags & HttpFlags.ConnectionClose) != 0 ? "connection".Length + "close".Length : 0)
            + (Request.KnownMethod == KnownMethod.Head ? 0 : message.Length - consumed);
        head.Release();
        return weight;
    }

    private bool RunService(Loop loop)
    {
        var end = Session.End;
        if (_service!.NeedsBody(this))
        {
            while (!end.HasWholeBody)
            {
                switch (end.Fill())
                {
                    case EndStatus.Progress:
                        continue;
                    case EndStatus.Wait when loop.NowMilliseconds < ClientExpiry:
                        _deadline = ClientExpiry;
                        return false;
                    case EndStatus.Wait:
                        Log.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
                        return AnswerError(408);
                    case EndStatus.Full:
                        break;
                    default:
                        CountClientAbort();
                        Log.End(TerminationCause.ClientAbort, TerminationPhase.Data);
                        return AnswerError(400);
                }

                break;
            }
        }

        var answer = _service.Answer(this, end.BodySoFar);
        DropBody();
        Log.End(TerminationCause.Local, TerminationPhase.Request);
        return AnswerMessage(answer, 200);
    }
}

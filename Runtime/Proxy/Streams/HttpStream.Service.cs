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
        FrontendCounters.Intercepted++;
        if (!ReferenceEquals(proxy, Frontend))
        {
            BackendCounters!.Intercepted++;
        }

        if (Request.First("expect"u8) >= 0 && Request.IsVersion11 && service.NeedsBody(this) && !Session.End.HasInput)
        {
            // The client waits for this before it sends the body.
            Session.End.WriteRaw("HTTP/1.1 100 Continue\r\n\r\n"u8);
            Session.End.Flush();
        }

        _phase = HttpPhase.Service;
        return true;
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
        end.DropBodySoFar();
        Log.End(TerminationCause.Local, TerminationPhase.Request);
        return AnswerMessage(answer, 200);
    }
}

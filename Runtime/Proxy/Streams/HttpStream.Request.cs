using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>What is decided about a request before a server is looked for.</summary>
public sealed partial class HttpStream
{
    private bool RunRules(Loop loop)
    {
        if (!PassRules(loop, out var goOn))
        {
            return goOn;
        }

        if (!AddUniqueId() || !AddAddressHeaders() || !ReadPersistence())
        {
            FrontendCounters.FailedRewrites++;
            Log.End(TerminationCause.Proxy, TerminationPhase.Request);
            return AnswerError(500);
        }

        Queue.PriorityClass = Subject.PriorityClass;
        Queue.PriorityOffset = Subject.PriorityOffset;
        if ((ProxyOptionsOf() & ProxyOptions.BufferRequest) != 0)
        {
            _phase = HttpPhase.WaitBody;
            return true;
        }

        BeginServer();
        _phase = HttpPhase.Server;
        return true;
    }

    /// <summary>Switches of either section.</summary>
    private ProxyOptions ProxyOptionsOf() => Frontend.Config.Options | BackendProxy.Config.Options;

    /// <summary>Adds the headers of <c>option forwardfor</c> and <c>option originalto</c>; the backend's words go before the frontend's.</summary>
    private bool AddAddressHeaders()
    {
        return AddAddressHeader(BackendProxy.Config.ForwardFor ?? Frontend.Config.ForwardFor, Subject.Source)
            && ((BackendProxy.Config.OriginalTo ?? Frontend.Config.OriginalTo) is not { } original || AddAddressHeader(original, Subject.Destination));
    }

    private bool AddUniqueId() => Frontend.UniqueIdHeader is not { } name || Subject.UniqueId.IsEmpty || Request.Add(name, Subject.UniqueId);

    private bool AddAddressHeader(AddressHeaderConfig? config, in Sys.Sockets.SocketAddress128 address)
    {
        if (config is null || address.AddressBytes.IsEmpty || (config.Except is { } except && AddressBlocks.Contains(except, address.AddressBytes)))
        {
            return true;
        }

        Span<byte> name = stackalloc byte[128];
        var length = System.Text.Encoding.ASCII.GetBytes(config.Header.AsSpan()[..Math.Min(128, config.Header.Length)], name);
        System.Text.Ascii.ToLowerInPlace(name[..length], out _);
        if (config.IfNone && Request.First(name[..length]) >= 0)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[64];
        return Request.Add(name[..length], text[..address.FormatAddress(text)]);
    }

    /// <summary>Waits until the body is here, the buffer is full, or its time is over (<c>option http-buffer-request</c>).</summary>
    private bool WaitForBody(Loop loop)
    {
        var end = Session.End;
        var expiry = After(Log.RequestMicroseconds / 1000, Frontend.Config.Timeouts.HttpRequest ?? Frontend.Config.Timeouts.Client);
        while (!end.HasWholeBody)
        {
            switch (end.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Wait:
                    if (loop.NowMilliseconds >= expiry)
                    {
                        Log.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
                        FrontendCounters.RequestErrors++;
                        return AnswerError(408);
                    }

                    _deadline = expiry;
                    return false;
                case EndStatus.Full:
                    goto Ready;
                default:
                    Log.End(TerminationCause.ClientAbort, TerminationPhase.Data);
                    FrontendCounters.RequestErrors++;
                    return AnswerError(400);
            }
        }

    Ready:
        BeginServer();
        _phase = HttpPhase.Server;
        return true;
    }

    private bool HoldInTarpit(Loop loop)
    {
        if (loop.NowMilliseconds < _tarpitUntil)
        {
            _deadline = _tarpitUntil;
            return false;
        }

        return _tarpitOwnAnswer ? AnswerRule() : AnswerError(_tarpitStatus);
    }

    private long _tarpitUntil;
    private int _tarpitStatus;

    /// <summary>Holds the client for the tarpit's time, then answers.</summary>
    private bool EnterTarpit(int status)
    {
        var timeouts = BackendProxy.Config.Timeouts;
        _tarpitStatus = status;
        _tarpitUntil = After(Thread.Loop.NowMilliseconds, timeouts.Tarpit ?? timeouts.Connect);
        Log.End(TerminationCause.Proxy, TerminationPhase.Tarpit);
        _phase = HttpPhase.Tarpit;
        return true;
    }
}

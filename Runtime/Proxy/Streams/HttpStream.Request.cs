using Dropin.Runtime.Ir.Proxy;
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

        if (_clientLeft)
        {
            CountClientAbort();
            Log.End(TerminationCause.ClientAbort, TerminationPhase.Request);
            EndStream(keepClient: false);
            return false;
        }

        if (!AddUniqueId() || !AddAddressHeaders() || !ReadPersistence())
        {
            FrontendCounters.FailedRewrites++;
            Log.End(TerminationCause.Proxy, TerminationPhase.Request);
            return AnswerError(500);
        }

        Queue.PriorityClass = Subject.PriorityClass;
        Queue.PriorityOffset = Subject.PriorityOffset;
        BeginServer();
        _phase = HttpPhase.Server;
        return true;
    }

    /// <summary>Switches of either section.</summary>
    private ProxyOptions ProxyOptionsOf() => Frontend.Config.Options | BackendProxy.Config.Options;

    /// <summary>Adds the headers of <c>option forwardfor</c> and <c>option originalto</c>.</summary>
    private bool AddAddressHeaders() =>
        AddAddressHeader(Frontend.Config.ForwardFor, BackendProxy.Config.ForwardFor, BackendProxy.HeaderNames.ForwardFor ?? Frontend.HeaderNames.ForwardFor, Subject.Source)
            && AddAddressHeader(
                Frontend.Config.OriginalTo, BackendProxy.Config.OriginalTo, BackendProxy.HeaderNames.OriginalTo ?? Frontend.HeaderNames.OriginalTo, Subject.Destination);

    private bool AddUniqueId() => Frontend.HeaderNames.UniqueId is not { } name || Subject.UniqueId.IsEmpty || Request.Add(name, Subject.UniqueId);

    /// <summary>
    /// One header, of both sections' words: the backend's name goes before the frontend's, an exception of either is one, and
    /// <c>if-none</c> holds back only where neither section adds always.
    /// </summary>
    private bool AddAddressHeader(AddressHeaderConfig? front, AddressHeaderConfig? back, byte[]? name, in Sys.Sockets.SocketAddress128 address)
    {
        if (name is null || address.AddressBytes.IsEmpty || IsExcepted(front, address) || IsExcepted(back, address))
        {
            return true;
        }

        if ((front?.IfNone ?? true) && (back?.IfNone ?? true) && Request.First(name) >= 0)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[64];
        return Request.Add(name, text[..address.FormatAddress(text)]);
    }

    private static bool IsExcepted(AddressHeaderConfig? config, in Sys.Sockets.SocketAddress128 address) =>
        config?.Except is { } except && AddressBlocks.Contains(except, address.AddressBytes);

    private bool HoldInTarpit(Loop loop)
    {
        if (loop.NowMilliseconds < _tarpitUntil)
        {
            _deadline = _tarpitUntil;
            return false;
        }

        // The log shows the tarpit's time as time in a queue, and no time of the request.
        Log.QueueMicroseconds = loop.NowMicroseconds;
        Log.RequestMicroseconds = -1;
        return _tarpitOwnAnswer ? AnswerRule() : AnswerError(_tarpitStatus);
    }

    private long _tarpitUntil;
    private int _tarpitStatus;

    /// <summary>Holds the client for the tarpit's time, then answers.</summary>
    private bool EnterTarpit(int status)
    {
        var timeouts = BackendProxy.Config.Timeouts;
        _tarpitStatus = status;
        // A section that is no backend has no time-out of connections to fall back on: its tarpit without a time of its own holds nobody.
        var isBackend = (BackendProxy.Config.Capability & ProxyCapability.Backend) != 0;
        _tarpitUntil = After(Thread.Loop.NowMilliseconds, timeouts.Tarpit ?? (isBackend ? timeouts.Connect : new Ir.Duration(0)));
        Log.End(TerminationCause.Proxy, TerminationPhase.Tarpit);
        _phase = HttpPhase.Tarpit;
        return true;
    }
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>One HTTP request and its response. See LIFECYCLE.md beside this file.</summary>
/// <remarks>
/// The parts follow the way of a request: HttpStream.Request.cs (rules, choice of the backend), Stream.Server.cs (server,
/// queue, connection), HttpStream.Exchange.cs (both messages under way), HttpStream.Answer.cs (answers made here),
/// HttpStream.End.cs (log, counters, what becomes of the connections).
/// </remarks>
public sealed partial class HttpStream : Stream
{
    private HttpPhase _phase;
    private long _deadline;

    internal HttpStream(ProxyThread thread)
        : base(thread)
    {
    }

    private enum HttpPhase
    {
        /// <summary>Over.</summary>
        Done,

        /// <summary>Rules of the frontend, choice of the backend, rules of the backend.</summary>
        Rules,

        /// <summary>A server, a place on it, and a connection.</summary>
        Server,

        /// <summary>Both messages are under way.</summary>
        Exchange,

        /// <summary>An internal service makes the answer.</summary>
        Service,

        /// <summary>An answer made here is on its way to the client.</summary>
        Answer,

        /// <summary>The client is held until the tarpit's time is over.</summary>
        Tarpit,
    }

    /// <summary>The request's head.</summary>
    public HttpHead Request { get; } = new();

    /// <summary>The response's head; valid once it was read or made.</summary>
    public HttpHead Response { get; } = new();

    /// <summary>Whether <see cref="Response"/> holds a message.</summary>
    public bool HasResponse { get; private set; }

    /// <summary>The request line as it came, for the log; rules may change the head later.</summary>
    public ReadOnlySpan<byte> RequestLine => _requestLine.AsSpan(0, _requestLineLength);

    /// <summary>The request was ended before it was looked at as HTTP: to the log there is none.</summary>
    private void ForgetRequestLine()
    {
        Log.RequestMicroseconds = -1;
        if (_stage == RuleStage.FrontendContent)
        {
            _requestLineLength = 0;
        }
    }

    // Where the stream counts as under way; null once it is not.
    private WireMeter? _meter;
    private byte[] _requestLine = new byte[256];
    private int _requestLineLength;

    /// <summary>Takes a request whose head was read.</summary>
    internal void Start(Session session, long firstByteMicroseconds)
    {
        Attach(session);
        _meter = FrontendCounters.Wire;
        _meter.Streams++;
        var loop = Thread.Loop;
        Log.IdleMilliseconds = (int)((firstByteMicroseconds - Log.AcceptMicroseconds) / 1000) - Log.HandshakeMilliseconds;
        Log.RequestMicroseconds = loop.NowMicroseconds;
        HasResponse = false;
        _requestSent = false;
        _requestStalled = false;
        _keepClient = true;
        _responseForwarded = false;
        BeginRetries();
        _logged = false;
        _service = null;
        _headBytesIn = HtxWeight.Of(Request);
        Log.BytesIn = _headBytesIn;
        CaptureRequestLine();
        CountRequest(loop.NowMilliseconds);
        if (Thread.Engine.Trace is { } trace)
        {
            trace.Accepted(this);
            trace.Request(this);
        }

        BeginRules();
        WriteEarlyLog(LogMoments.Request);
        _phase = HttpPhase.Rules;
        Run(loop);
    }

    private void CaptureRequestLine()
    {
        var most = Thread.Engine.Global.Tune.LogUriLength;
        var method = Request.Span(Request.Method);
        var uri = Request.Span(Request.Uri);
        // A request without a version is taken for one of HTTP/1.0.
        var version = Request.Version.IsEmpty ? "HTTP/1.0"u8 : Request.Span(Request.Version);
        var length = method.Length + 1 + uri.Length + 1 + version.Length;
        if (_requestLine.Length < Math.Min(length, most))
        {
            _requestLine = new byte[Math.Max(most, 256)];
        }

        var into = _requestLine.AsSpan(0, Math.Min(_requestLine.Length, most));
        var used = 0;
        Append(method, into, ref used);
        Append(" "u8, into, ref used);
        Append(uri, into, ref used);
        Append(" "u8, into, ref used);
        Append(version, into, ref used);

        _requestLineLength = used;

        static void Append(ReadOnlySpan<byte> bytes, Span<byte> into, ref int used)
        {
            bytes = bytes[..Math.Min(bytes.Length, into.Length - used)];
            bytes.CopyTo(into[used..]);
            used += bytes.Length;
        }
    }

    private void CountRequest(long now)
    {
        Interlocked.Increment(ref Thread.Engine.Process.TotalRequests);
        FrontendCounters.Requests++;
        var frontend = Frontend.Frontend!;
        var rate = frontend.RequestRate.Add(now);
        if (rate > frontend.RequestRateMaximum)
        {
            frontend.RequestRateMaximum = rate;
        }
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        _deadline = Never;
        while (_phase != HttpPhase.Done && Step(loop))
        {
        }

        if (_phase != HttpPhase.Done)
        {
            loop.SetDeadline(this, _deadline);
        }
    }

    /// <returns>True where there is more to do at once.</returns>
    private bool Step(Loop loop) => _phase switch
    {
        HttpPhase.Rules => RunRules(loop),
        HttpPhase.Server => ReachServer(loop),
        HttpPhase.Exchange => Exchange(loop),
        HttpPhase.Service => RunService(loop),
        HttpPhase.Answer => SendAnswer(loop),
        HttpPhase.Tarpit => HoldInTarpit(loop),
        _ => false,
    };

    /// <summary>Spellings for servers that insist on them (<c>option h1-case-adjust-bogus-server</c>).</summary>
    private CaseAdjustMap? ServerCase =>
        (BackendProxy.Config.Options & ProxyOptions.CaseAdjustServer) != 0 ? Thread.Engine.HeaderCases : null;

    /// <summary>Spellings for clients that insist on them (<c>option h1-case-adjust-bogus-client</c>).</summary>
    private CaseAdjustMap? ClientCase =>
        (Frontend.Config.Options & ProxyOptions.CaseAdjustClient) != 0 ? Thread.Engine.HeaderCases : null;

    private protected override ServerConnection? TakeIdle(ServerState server, long traits)
    {
        var isFirst = Session.Requests <= 1;
        return Backend!.Config.Reuse switch
        {
            HttpReuse.Never => null,
            _ when ReferenceEquals(server, Backend.Direct) => null,
            HttpReuse.Safe when isFirst => null,
            HttpReuse.Aggressive when isFirst => Thread.Idle.Take(server, traits, unproven: false),
            _ => Thread.Idle.Take(server, traits, unproven: true),
        };
    }

    private protected override BalanceHash BalanceHashOf(BackendState backend) => backend.BalanceKey.Algorithm switch
    {
        BalanceAlgorithm.Source => backend.BalanceKey.OfAddress(Subject.Source.AddressBytes),
        BalanceAlgorithm.Hash => HashOfSample(backend),
        _ => backend.BalanceKey.OfRequest(Request, backend.BalanceKey.WantsBody ? Session.End.BodySoFar : default),
    };
}

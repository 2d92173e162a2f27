using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>
/// What rules look at and act on: one stream with its session, or a session alone (<c>tcp-request connection</c>). The engine derives one class
/// from it, keeps one object with each stream, fills it with <see cref="Begin"/> and keeps the properties below current.
/// </summary>
/// <remarks>
/// Where there is nothing (no response yet, no server, no TLS) a property is null or empty and the fetches find no value. Everything is used on the
/// stream's own thread.
/// </remarks>
public abstract class RuleSubject
{
    private SocketAddress128 _source;
    private SocketAddress128 _destination;
    private bool _hasSource;
    private bool _hasDestination;

    /// <param name="scratch">The thread's room for values.</param>
    /// <param name="processVariables">The variables of the process.</param>
    protected RuleSubject(ScratchArena scratch, ProcessVariables processVariables)
    {
        Scratch = scratch;
        ProcessVariables = processVariables;
    }

    /// <summary>The thread's room for values.</summary>
    public ScratchArena Scratch { get; }

    /// <summary>The variables of the process.</summary>
    public ProcessVariables ProcessVariables { get; }

    /// <summary>Variables of the client's connection; the engine gives every stream of a connection the same.</summary>
    public VariableStore? SessionVariables { get; set; }

    /// <summary>Variables of the request and its response.</summary>
    public VariableStore TransactionVariables { get; } = new();

    /// <summary>Variables of the request; the engine clears them when the response is processed.</summary>
    public VariableStore RequestVariables { get; } = new();

    /// <summary>Variables of the response.</summary>
    public VariableStore ResponseVariables { get; } = new();

    /// <summary>Variables of a health check; null in traffic.</summary>
    public VariableStore? CheckVariables { get; set; }

    /// <summary>The request's head; null while there is none.</summary>
    public HttpHead? Request { get; set; }

    /// <summary>The response's head; null while there is none.</summary>
    public HttpHead? Response
    {
        get
        {
            MissedResponse |= field is null;
            return field;
        }
        set;
    }

    /// <summary>Set when something asked for the response's head while there was none: what follows from it may be otherwise once it has come.</summary>
    public bool MissedResponse { get; set; }

    /// <summary>The section that took the connection.</summary>
    public required ProxyState Frontend { get; set; }

    /// <summary>The section that serves it: the frontend until one was chosen.</summary>
    public required ProxyState BackendProxy { get; set; }

    /// <summary>
    /// Whether the client takes us for a proxy and authenticates as to one: the frontend looks for that (<c>option http-use-proxy-header</c>) and the
    /// target begins with neither '/' nor '*'.
    /// </summary>
    public bool IsProxyRequest => (Frontend.Config.Options & ProxyOptions.UseProxyHeader) != 0
        && Request is { } request && request.Span(request.Uri) is not ([] or [(byte)'/', ..] or [(byte)'*', ..]);

    /// <summary>The server; null without one.</summary>
    public ServerState? Server { get; set; }

    /// <summary>What the log line will say.</summary>
    public required LogRecord Log { get; set; }

    /// <summary>Captured values of the request by slot.</summary>
    public CaptureStore RequestCaptures { get; } = new();

    /// <summary>Captured values of the response by slot.</summary>
    public CaptureStore ResponseCaptures { get; } = new();

    /// <summary>The request line as it came, cut to <c>tune.http.logurilen</c>: "GET /x HTTP/1.1".</summary>
    public virtual ReadOnlySpan<byte> RequestLine => default;

    /// <summary>The captured cookie of the request (<c>capture cookie</c>), "name=value".</summary>
    public virtual ReadOnlySpan<byte> RequestCookie => default;

    /// <summary>The captured cookie of the response.</summary>
    public virtual ReadOnlySpan<byte> ResponseCookie => default;

    /// <summary>Whether the section's rules run in a response.</summary>
    public bool IsResponse { get; set; }

    /// <summary>The loop's clock, milliseconds.</summary>
    public abstract long NowMilliseconds { get; }

    /// <summary>The loop's clock, microseconds.</summary>
    public abstract long NowMicroseconds { get; }

    /// <summary>Wall time, microseconds since 1970.</summary>
    public abstract long WallMicroseconds { get; }

    /// <summary>The number of the thread, from 0.</summary>
    public virtual int ThreadIndex => 0;

    /// <summary>The process is stopping.</summary>
    public virtual bool IsStopping => false;

    /// <summary>The client's end of its connection, as accepted or as a PROXY header said.</summary>
    public abstract ref readonly SocketAddress128 ClientAddress { get; }

    /// <summary>Our end of the client's connection.</summary>
    public abstract ref readonly SocketAddress128 LocalAddress { get; }

    /// <summary>Our end of the server's connection; empty without one.</summary>
    public virtual ref readonly SocketAddress128 ServerLocalAddress => ref s_none;

    /// <summary>The server's end of its connection; empty without one.</summary>
    public virtual ref readonly SocketAddress128 ServerAddress => ref s_none;

    private static readonly SocketAddress128 s_none;

    /// <summary>The client's address that rules and logs see (<c>set-src</c>).</summary>
    public ref readonly SocketAddress128 Source
    {
        get
        {
            if (_hasSource)
            {
                return ref _source;
            }

            return ref ClientAddress;
        }
    }

    /// <summary>The address the client wanted, that rules and logs see (<c>set-dst</c>).</summary>
    public ref readonly SocketAddress128 Destination
    {
        get
        {
            if (_hasDestination)
            {
                return ref _destination;
            }

            return ref LocalAddress;
        }
    }

    /// <summary>The listener's number.</summary>
    public virtual int ListenerId => 0;

    /// <summary>The listener's name.</summary>
    public virtual ReadOnlySpan<byte> ListenerName => default;

    /// <summary>Connections of the listener.</summary>
    public virtual int ListenerConnections => 0;

    /// <summary>What %s says without a server: "&lt;NOSRV&gt;", or the name of the service that answers, "&lt;STATS&gt;".</summary>
    public virtual ReadOnlySpan<byte> ServiceName => "<NOSRV>"u8;

    /// <summary>Log lines that the frontend has written (%lc).</summary>
    public virtual long LogCounter => 0;

    /// <summary>It is the first request of its connection.</summary>
    public virtual bool IsFirstRequest => true;

    /// <summary>A PROXY header came.</summary>
    public virtual bool HasProxyHeader => false;

    /// <summary>The host name that a PROXY protocol header told; empty where none did.</summary>
    public virtual ReadOnlySpan<byte> ProxyAuthority => default;

    /// <summary>The name of the connection that a PROXY protocol header told; empty where none did.</summary>
    public virtual ReadOnlySpan<byte> ProxyUniqueId => default;

    /// <summary>The client speaks HTTP of this major version: 1 or 2.</summary>
    public virtual int ClientHttpMajor => 1;

    /// <summary>The client's connection is encrypted.</summary>
    public virtual bool IsTls => false;

    /// <summary>A value of a TLS connection (ssl_…); false where there is none.</summary>
    public virtual bool TryGetTls(FetchKind kind, ref Sample sample) => false;

    /// <summary>Body bytes of the request that are in the buffer, without the marks of chunks.</summary>
    public virtual ReadOnlySpan<byte> RequestBody => default;

    /// <summary>The time of <c>wait-for-body</c> is over, or the buffer is full: the rule lets the request go on.</summary>
    public bool IsBodyWaitOver { get; set; }

    /// <summary>The whole body is in the buffer.</summary>
    public virtual bool IsRequestBodyComplete => true;

    /// <summary>Body bytes of the response that are in the buffer.</summary>
    public virtual ReadOnlySpan<byte> ResponseBody => default;

    /// <summary>Bytes that the client sent and nobody took yet; for TCP rules.</summary>
    public virtual ReadOnlySpan<byte> RequestBuffer => default;

    /// <summary>Bytes that the server sent and nobody took yet; for TCP rules.</summary>
    public virtual ReadOnlySpan<byte> ResponseBuffer => default;

    /// <summary>
    /// No more bytes will be waited for: the inspection time is over, the buffer is full, or the peer closed. Until then a rule that could decide
    /// differently with more bytes yields <see cref="RuleOutcome.WaitMoreData"/>.
    /// </summary>
    public bool IsBufferFinal { get; set; } = true;

    /// <summary>The request's unique id; empty where none is made (<c>unique-id-format</c>). The engine makes it when it is first asked for.</summary>
    public virtual ReadOnlySpan<byte> UniqueId => default;

    /// <summary>Milliseconds that the server may be silent; rules change it (<c>set-timeout server</c>). -1: the section's.</summary>
    public int ServerTimeout { get; set; } = -1;

    /// <summary>Milliseconds that a tunnel may be silent (<c>set-timeout tunnel</c>). -1: the section's.</summary>
    public int TunnelTimeout { get; set; } = -1;

    /// <summary>Whether a rewrite that fails ends the message (<c>strict-mode</c>).</summary>
    public bool StrictRewrites { get; set; } = true;

    /// <summary>The request is not tried again on another connection (<c>disable-l7-retry</c>).</summary>
    public bool RetryDisabled { get; set; }

    /// <summary>Class in the queue.</summary>
    public int PriorityClass { get; set; }

    /// <summary>Offset in the queue, milliseconds.</summary>
    public int PriorityOffset { get; set; }

    /// <summary>A rule expects a PROXY header on the connection (<c>expect-proxy</c>).</summary>
    public bool ExpectsProxyHeader { get; set; }

    /// <summary>The place of the rule that decided last (<c>last_rule_file</c>).</summary>
    public Ir.Source.SourceSpan LastRule { get; set; }

    /// <summary>The answer that a rule made.</summary>
    public RuleAnswer Answer { get; } = new();

    /// <summary>A value did not exist since bytes are missing that may still come.</summary>
    internal bool IsMissing { get; set; }

    /// <summary>A value that was looked at may change with more bytes.</summary>
    internal bool MayChange { get; set; }

    /// <summary>Starts with a new stream.</summary>
    public virtual void Begin()
    {
        TransactionVariables.Clear();
        RequestVariables.Clear();
        ResponseVariables.Clear();
        RequestCaptures.Clear();
        ResponseCaptures.Clear();
        Request = Response = null;
        Server = null;
        IsResponse = false;
        IsBufferFinal = true;
        IsBodyWaitOver = false;
        ServerTimeout = TunnelTimeout = -1;
        StrictRewrites = true;
        RetryDisabled = false;
        PriorityClass = PriorityOffset = 0;
        ExpectsProxyHeader = false;
        LastRule = default;
        _hasSource = _hasDestination = false;
        Answer.Clear();
    }

    /// <summary>Replaces the client's address or its port.</summary>
    public void SetSource(in SocketAddress128 address)
    {
        _source = address;
        _hasSource = true;
    }

    /// <summary>Replaces the destination's address or its port.</summary>
    public void SetDestination(in SocketAddress128 address)
    {
        _destination = address;
        _hasDestination = true;
    }

    /// <summary>Whether a rule replaced the destination.</summary>
    public bool HasOwnDestination => _hasDestination;

    /// <summary>Whether a rule replaced the source.</summary>
    public bool HasOwnSource => _hasSource;

    /// <summary>Sets the type of service of packets to the client.</summary>
    public virtual void SetTos(int value)
    {
    }

    /// <summary>Sets the mark of packets to the client.</summary>
    public virtual void SetMark(uint value)
    {
    }

    /// <summary>Sends an interim answer (103) to the client.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="texts">How many bytes its texts have, for the count of bytes.</param>
    public virtual void SendInterim(ReadOnlySpan<byte> message, int texts)
    {
    }

    /// <summary>Counts a rewrite that did not fit.</summary>
    public virtual void CountFailedRewrite()
    {
    }

    /// <summary>A random number.</summary>
    public virtual uint NextRandom() => unchecked((uint)Random.Shared.Next(int.MinValue, int.MaxValue));

    /// <summary>The variables of a scope.</summary>
    public VariableStore? VariablesOf(VariableScope scope) => scope switch
    {
        VariableScope.Session => SessionVariables,
        VariableScope.Transaction => TransactionVariables,
        VariableScope.Request => RequestVariables,
        VariableScope.Response => ResponseVariables,
        VariableScope.Check => CheckVariables,
        _ => null,
    };
}

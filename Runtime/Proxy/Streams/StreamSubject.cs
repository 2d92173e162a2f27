using System.Diagnostics.CodeAnalysis;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>A stream as rules see it. One object goes with each stream; <see cref="Attach"/> begins anew.</summary>
public sealed class StreamSubject : RuleSubject
{
    private readonly ProxyThread _thread;
    private readonly Stream? _stream;
    private Session _session = null!;
    private byte[] _uniqueId = [];
    private int _uniqueIdLength = -1;
    private SocketAddress128 _serverLocal;
    private SocketAddress128 _serverPeer;

    [SetsRequiredMembers]
    internal StreamSubject(ProxyThread thread, Stream? stream)
        : base(thread.Scratch, thread.Engine.Variables)
    {
        _thread = thread;
        _stream = stream;
        Frontend = BackendProxy = null!;
        Log = stream?.Log ?? new LogRecord();
    }

    /// <summary>Begins with a stream of a session, or with the session alone.</summary>
    internal void Attach(Session session)
    {
        _session = session;
        Frontend = BackendProxy = session.Proxy;
        SessionVariables = session.Variables;
        _uniqueIdLength = -1;
        _serverLocal = _serverPeer = default;
        Begin();
        RequestCaptures.Resize(session.Proxy.Rules.RequestCaptureLengths);
        ResponseCaptures.Resize(session.Proxy.Rules.ResponseCaptureLengths);
    }

    /// <summary>Keeps the server that failed for the log line, where no connection came to stand.</summary>
    internal void KeepServer() => Server ??= _stream!.Server;

    /// <summary>Keeps the ends of the server's connection for the log line, which is written when the connection is gone.</summary>
    internal void KeepServerAddresses()
    {
        Server = _stream!.Server;
        if (_stream.ServerLink is { } link)
        {
            _serverPeer = link.Connection.Peer.Length > 0 || Server is null ? link.Connection.Peer : Server.Address;
            if (Frontend.Rules.LogsServerSource)
            {
                // A question to the kernel: only for those who log it.
                _serverLocal = link.Connection.Local;
            }
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ServiceName => _stream is HttpStream { Service: { } service } ? service.Name : base.ServiceName;

    /// <inheritdoc/>
    public override long NowMilliseconds => _thread.Loop.NowMilliseconds;

    /// <inheritdoc/>
    public override long NowMicroseconds => _thread.Loop.NowMicroseconds;

    /// <inheritdoc/>
    public override long WallMicroseconds => _thread.Loop.WallMicroseconds;

    /// <inheritdoc/>
    public override int ThreadIndex => _thread.Index;

    /// <inheritdoc/>
    public override bool IsStopping => _thread.Engine.Process.IsStopping;

    /// <inheritdoc/>
    public override ref readonly SocketAddress128 ClientAddress => ref _session.Client.Peer;

    /// <inheritdoc/>
    public override ref readonly SocketAddress128 LocalAddress => ref _session.Client.Local;

    /// <inheritdoc/>
    public override ref readonly SocketAddress128 ServerLocalAddress
    {
        get
        {
            if (_serverLocal.Length == 0 && _stream?.ServerLink is { } link)
            {
                _serverLocal = link.Connection.Local;
            }

            return ref _serverLocal;
        }
    }

    /// <inheritdoc/>
    public override ref readonly SocketAddress128 ServerAddress => ref _serverPeer;

    /// <inheritdoc/>
    public override int ListenerId => _session.Listener.Config.Id;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ListenerName => _session.Listener.NameBytes;

    /// <inheritdoc/>
    public override int ListenerConnections => _session.Listener.Sessions.Value;

    /// <inheritdoc/>
    public override bool IsFirstRequest => _session.Requests <= 1;

    /// <inheritdoc/>
    public override bool HasProxyHeader => _session.Listener.Config.AcceptProxy;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ProxyAuthority => _session.ProxyAuthority;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ProxyUniqueId => _session.ProxyUniqueId;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> RequestLine => _stream is HttpStream http ? http.RequestLine : default;

    /// <inheritdoc/>
    public override long LogCounter => Frontend.LogCounter;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> RequestBuffer => _session.End.Input;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ResponseBuffer => _stream?.ServerLink is { } link ? link.End.Input : default;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> RequestBody => _session.End.BodySoFar;

    /// <inheritdoc/>
    public override bool IsRequestBodyComplete => _session.End.HasWholeBody;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> RequestCookie => _stream is HttpStream http ? http.CapturedRequestCookie : default;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ResponseCookie => _stream is HttpStream http ? http.CapturedResponseCookie : default;

    /// <summary>Nothing was read that a unique identifier could name.</summary>
    internal void HasNoUniqueId() => _uniqueIdLength = 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> UniqueId
    {
        get
        {
            if (_uniqueIdLength < 0)
            {
                _uniqueIdLength = 0;
                if (Frontend.Rules.UniqueIdFormat is { } format)
                {
                    if (_uniqueId.Length == 0)
                    {
                        _uniqueId = new byte[1024];
                    }

                    _uniqueIdLength = format.Write(this, _uniqueId);
                }
            }

            return _uniqueId.AsSpan(0, _uniqueIdLength);
        }
    }

    /// <inheritdoc/>
    public override void SetTos(int value)
    {
        if (ClientAddress.Family == SocketFamily.IPv6)
        {
            RawSocket.SetOption(_session.Client.Descriptor, SocketOption.Ipv6Level, SocketOption.Ipv6TrafficClass, value);
        }
        else
        {
            RawSocket.SetOption(_session.Client.Descriptor, SocketOption.IpLevel, SocketOption.IpTos, value);
        }
    }

    /// <inheritdoc/>
    public override void SetMark(uint value) => RawSocket.SetOption(_session.Client.Descriptor, SocketOption.SocketLevel, SocketOption.Mark, (int)value);

    /// <inheritdoc/>
    public override void SendInterim(ReadOnlySpan<byte> message, int texts)
    {
        if (_session.End.WriteRaw(message))
        {
            _session.End.Flush();
            (_stream as HttpStream)?.CountInterim(texts);
        }
    }

    /// <inheritdoc/>
    public override void CountFailedRewrite() => Frontend.Frontend!.Counters[_thread.Index].FailedRewrites++;

    /// <summary>The variables of a session begin anew with each connection.</summary>
    internal static VariableStore NewSessionVariables() => new();
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Tests.Haproxy.Expressions;

/// <summary>A stream that rules look at, without an engine around it.</summary>
internal sealed class TestSubject : RuleSubject
{
    public const int ListenerPort = 27013;

    private readonly BufferPool _pool = new();
    private readonly HttpHead _request = new();
    private byte[] _line = [];
    private byte[] _body = [];
    private SocketAddress128 _client = SocketAddress128.From(IPAddress.Loopback, 50000);
    private SocketAddress128 _local = SocketAddress128.From(IPAddress.Loopback, ListenerPort);

    [SetsRequiredMembers]
    public TestSubject(ProxyState frontend)
        : base(new ScratchArena(), new ProcessVariables())
    {
        Frontend = BackendProxy = frontend;
        Log = new LogRecord();
        SessionVariables = new VariableStore();
    }

    public override long NowMilliseconds => 1_000_000;

    public override long NowMicroseconds => 1_000_000_000;

    public override long WallMicroseconds => 1_700_000_000_123_456;

    public override ref readonly SocketAddress128 ClientAddress => ref _client;

    public override ref readonly SocketAddress128 LocalAddress => ref _local;

    public override int ListenerId => 1;

    public override ReadOnlySpan<byte> ListenerName => "lst"u8;

    public override ReadOnlySpan<byte> RequestLine => _line;

    public override ReadOnlySpan<byte> RequestBody => _body;

    /// <summary>Takes a whole request.</summary>
    public void Take(string request)
    {
        Begin();
        var bytes = Encoding.Latin1.GetBytes(request);
        _request.Reset(_pool);
        var scan = default(Http1ScanState);
        var status = Http1RequestReader.Parse(bytes, _request, new Http1Options(), ref scan, out var consumed, out _);
        if (status != ParseStatus.Done)
        {
            throw new InvalidOperationException($"The request is {status}.");
        }

        Request = _request;
        _line = bytes[..bytes.AsSpan().IndexOf((byte)'\r')];
        _body = bytes[consumed..];
        RequestCaptures.Resize(Frontend.Rules.RequestCaptureLengths);
        RequestCaptures.Set(0, _request.ValueOf(_request.Last("x-list"u8)));
    }
}

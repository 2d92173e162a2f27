using System.Text;
using Dropin.Runtime.Tests.Protocols.Http1;

namespace Dropin.Fuzz.Targets;

/// <summary>HTTP/1 messages: the same meaning whole and in pieces, and a written head reads back as itself. The first byte holds flags.</summary>
internal sealed class Http1Target : Target
{
    private static readonly string[] Tokens =
    [
        "\r\n", "\n", "\r", " ", "\t", ":", ",", ";", "\0", "\"", "@", "://", ":80", "%00", "\xff", "0\r\n\r\n", "ffffffffffffffff\r\n", "\r\n folded",
        "GET ", "HEAD ", "CONNECT ", "OPTIONS * ", "HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "\r\nTransfer-Encoding: chunked", "\r\nTransfer-Encoding: chunked, gzip",
        "\r\nContent-Length: 3", "\r\nContent-Length: 3, 3", "\r\nContent-Length: 18446744073709551616", "\r\nConnection: close, x", "\r\nConnection: upgrade",
        "\r\nUpgrade: websocket", "\r\nExpect: 100-continue", "\r\nHost: a", "\r\nHost: b:8080", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 204 No Content\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n", "HTTP/1.1 304 Not Modified\r\n",
    ];

    public override string Name => "http1";

    public override IEnumerable<byte[]> Seeds => WireFixture.All.Where(f => f.Input.Length is > 0 and < 2000)
        .Select(f => (byte[])[(byte)((f.IsResponse ? 1 : 0) | (f.AcceptInvalid ? 2 : 0)), .. f.Input]);

    public override IReadOnlyList<byte[]> Words { get; } = [.. Tokens.Select(Encoding.Latin1.GetBytes)];

    public override int Limit => 2048;

    public override void Check(ReadOnlySpan<byte> input)
    {
        // Two things that the oracle cannot ask: a head with as many lines as may be gets one more when it is written, and of several colons
        // at the end of an authority each writing takes one, as the original's does.
        if (input.Count((byte)'\n') > 95 || input.IndexOf(":::"u8) >= 0) return;
        Http1FuzzTarget.Check(input);
    }
}

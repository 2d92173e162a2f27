using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Http1;

public sealed class RoundTripTests
{
    [Fact]
    public void A_request_is_written_as_HAProxy_writes_it()
    {
        var pool = new BufferPool();
        var head = new HttpHead();
        head.Reset(pool);
        var wire = "GET /x?y HTTP/1.1\r\nHost: a\r\nX-A:  1 \r\nConnection: close, foo\r\n\r\n"u8;
        Http1RequestReader.Parse(wire, head, new Http1Options(), out var consumed, out _).Should().Be(ParseStatus.Done);
        consumed.Should().Be(wire.Length);
        var close = true;
        var output = new byte[1024];
        var written = Http1Writer.WriteRequestHead(head, output, new Http1WriteOptions { Connection = Http1Connection.ForRequest(head, ref close) });
        Encoding.Latin1.GetString(output, 0, written).Should().Be("GET /x?y HTTP/1.1\r\nhost: a\r\nx-a: 1\r\nconnection: foo\r\nconnection: close\r\n\r\n");
        head.KeepAlive.Should().BeFalse();
        head.Release();
        pool.Outstanding.Should().Be(0);
    }
}

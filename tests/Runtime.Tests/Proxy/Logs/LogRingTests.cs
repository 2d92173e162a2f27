using System.Buffers;
using System.Text;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Proxy.Logs;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Logs;

public sealed class LogRingTests
{
    [Fact]
    public void The_oldest_lines_make_room()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 10);
        ring.Append("abcd"u8);
        ring.Append("efgh"u8);
        ring.Append("ijkl"u8);
        Read(ring, 0).Should().Be(("efgh\nijkl\n", 3), "the line in the middle wraps round the end");
    }

    [Fact]
    public void A_reader_goes_on_where_it_was()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 100);
        ring.Append("a"u8);
        var (_, next) = Read(ring, 0);
        ring.Append("b"u8);
        Read(ring, next).Should().Be(("b\n", 2));
        ring.End.Should().Be(2);
    }

    [Fact]
    public void A_line_that_never_fits_is_counted()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 4);
        ring.Append("abcde"u8);
        ring.Dropped.Should().Be(1);
        Read(ring, 0).Should().Be(("", 0));
    }

    private static (string, long) Read(LogRing ring, long from)
    {
        var text = new ArrayBufferWriter<byte>();
        var next = ring.Read(from, text);
        return (Encoding.ASCII.GetString(text.WrittenSpan), next);
    }
}

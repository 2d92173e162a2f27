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
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 15);
        ring.Append("abcd"u8);
        ring.Append("efgh"u8);
        ring.Append("ijkl"u8);
        Read(ring, LogRingPosition.Oldest).Text.Should().Be("efgh\nijkl\n", "two lines of four bytes and two bytes each fit; the last wraps round the end");
    }

    [Theory]
    [InlineData(1, 5461)]
    [InlineData(14, 1023)]
    [InlineData(239, 67)]
    [InlineData(999, 16)]
    public void As_many_lines_fit_as_in_the_original(int length, int count)
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 16384, 16384);
        var line = new byte[length];
        Array.Fill(line, (byte)'a');
        for (var i = 0; i < count * 3; i++)
        {
            ring.Append(line);
        }

        Read(ring, LogRingPosition.Oldest).Text.Length.Should().Be(count * (length + 1));
    }

    [Fact]
    public void A_reader_goes_on_where_it_was()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 100);
        ring.Append("a"u8);
        var next = Read(ring, LogRingPosition.Oldest).Next;
        ring.Append("b"u8);
        Read(ring, next).Should().Be(("b\n", ring.End));
    }

    [Fact]
    public void A_reader_that_was_too_slow_is_told()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 15);
        var start = ring.End;
        ring.Append("abcd"u8);
        ring.Append("efgh"u8);
        ring.Append("ijkl"u8);
        Read(ring, start).Text.Should().Be("1 event dropped\nefgh\nijkl\n");
    }

    [Fact]
    public void A_line_that_never_fits_is_counted_and_told_before_the_next()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 24);
        ring.Append("abcdefghijklmnopqrstuvw"u8);
        ring.Dropped.Should().Be(1);
        Read(ring, LogRingPosition.Oldest).Text.Should().BeEmpty();
        ring.Append("ab"u8);
        ring.Dropped.Should().Be(0);
        Read(ring, LogRingPosition.Oldest).Text.Should().Be("1 event dropped\nab\n");
    }

    [Fact]
    public void A_waiting_reader_is_called_once()
    {
        var ring = new LogRing("r", "", LogLineFormat.Raw, 100, 100);
        var calls = 0;
        void Count() => calls++;
        var start = ring.End;
        ring.CallAtNext(start, Count).Should().BeTrue();
        ring.Append("a"u8);
        ring.Append("b"u8);
        calls.Should().Be(1);
        ring.CallAtNext(start, Count).Should().BeFalse("there are lines already");
        ring.CallAtNext(ring.End, Count).Should().BeTrue();
        ring.ForgetCall(Count);
        ring.Append("c"u8);
        calls.Should().Be(1);
    }

    private static (string Text, LogRingPosition Next) Read(LogRing ring, LogRingPosition from)
    {
        var text = new ArrayBufferWriter<byte>();
        var next = ring.Read(from, text, int.MaxValue);
        return (Encoding.ASCII.GetString(text.WrittenSpan), next);
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Text;
using Dropin.Runtime.Protocols.ProxyProtocol;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.ProxyProtocol;

/// <summary>What the original takes for a PROXY protocol header, found by sending it each of these (cases listen/accept-proxy-* are the same on the wire).</summary>
public class ProxyHeaderReaderTests
{
    private const string Request = "GET / HTTP/1.1\r\n\r\n";

    [Theory]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", "1.2.3.4:1111 5.6.7.8:2222")]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 \r\n", "1.2.3.4:1111 5.6.7.8:0")]
    [InlineData("PROXY TCP4 1.2 5.6.7.8 1 2\r\n", "1.2.0.0:1 5.6.7.8:2")]
    [InlineData("PROXY TCP4 1..3.999 5.6.7.8 99999 2\r\n", "1.0.6.231:34463 5.6.7.8:2")]
    [InlineData("PROXY TCP4 ... 01.02.03. 65536 0001\r\n", "0.0.0.0:0 1.2.3.0:1")]
    [InlineData("PROXY TCP6 ::1 1:2:3:4:5:6:7:8 1111 2222\r\n", "[::1]:1111 [1:2:3:4:5:6:7:8]:2222")]
    [InlineData("PROXY TCP6 ::ffff:1.2.3.4 ::2  1 what else\r\n", "[::ffff:1.2.3.4]:0 [::2]:1")]
    [InlineData("PROXY UNKNOWN\r\n", "none")]
    public void Text_that_is_taken(string header, string expected) => Read(header + Request).Should().Be((ProxyHeaderStatus.Done, expected, header.Length));

    [Theory]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222 \r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4.5 5.6.7.8 1111 2222\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4. 5.6.7.8 1111 2222\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4  5.6.7.8 1111 2222\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 +1 2222\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP6 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP6 ::1%lo ::2 1 2\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP6 [::1] ::2 1 2\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY TCP6 ::1 ::2 1\r\n", ProxyHeaderStatus.Invalid)]
    [InlineData("PROXY UNKNOWN \r\n", ProxyHeaderStatus.UnknownProtocol)]
    [InlineData("PROXY TCP5 1.2.3.4\r\n", ProxyHeaderStatus.UnknownProtocol)]
    [InlineData("PROXY TCP4\r\n", ProxyHeaderStatus.UnknownProtocol)]
    [InlineData("PROXY\r\n", ProxyHeaderStatus.NotAHeader)]
    [InlineData("proxy TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderStatus.NotAHeader)]
    public void Text_that_is_refused(string header, ProxyHeaderStatus expected) => Read(header + Request).Status.Should().Be(expected);

    [Fact]
    public void A_header_in_pieces_is_none()
    {
        const string Header = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
        for (var length = 1; length < Header.Length; length++)
        {
            Read(Header[..length]).Status.Should().Be(length is 9 or 10 ? ProxyHeaderStatus.UnknownProtocol : ProxyHeaderStatus.Truncated, $"of {length} bytes");
        }

        var binary = Binary();
        for (var length = 1; length < binary.Length; length++)
        {
            ProxyHeaderReader.Read(binary.AsSpan(0, length), out _, out _).Should().Be(ProxyHeaderStatus.Truncated, $"of {length} bytes");
        }
    }

    [Theory]
    [InlineData(0x21, 0x11, ProxyHeaderStatus.Done)]
    [InlineData(0x20, 0x11, ProxyHeaderStatus.Done)]
    [InlineData(0x22, 0x11, ProxyHeaderStatus.Invalid)]
    [InlineData(0x31, 0x11, ProxyHeaderStatus.NotAHeader)]
    [InlineData(0x21, 0x00, ProxyHeaderStatus.Invalid)]
    [InlineData(0x21, 0x12, ProxyHeaderStatus.Invalid)]
    [InlineData(0x21, 0x21, ProxyHeaderStatus.Invalid)]
    public void Commands_and_families(byte command, byte family, ProxyHeaderStatus expected) =>
        ProxyHeaderReader.Read(Binary(command: command, family: family), out _, out _).Should().Be(expected);

    [Fact]
    public void Fields_are_checked()
    {
        Of(Field(4, new byte[3000])).Should().Be(ProxyHeaderStatus.Done);
        Of(Field(2, new byte[255])).Should().Be(ProxyHeaderStatus.Done);
        Of(Field(2, new byte[256])).Should().Be(ProxyHeaderStatus.Invalid);
        Of(Field(5, new byte[129])).Should().Be(ProxyHeaderStatus.Invalid);
        Of([1, 0]).Should().Be(ProxyHeaderStatus.Invalid);
        Of(Field(3, [1, 2, 3, 4])).Should().Be(ProxyHeaderStatus.Invalid);

        // The checksum of exactly this header.
        var good = Binary(fields: Field(3, new byte[4]));
        var checksum = uint.MaxValue;
        foreach (var b in good)
        {
            checksum = System.Numerics.BitOperations.Crc32C(checksum, b);
        }

        BinaryPrimitives.WriteUInt32BigEndian(good.AsSpan(good.Length - 4), ~checksum);
        ProxyHeaderReader.Read(good, out _, out _).Should().Be(ProxyHeaderStatus.Done);

        static ProxyHeaderStatus Of(byte[] fields) => ProxyHeaderReader.Read(Binary(fields: fields), out _, out _);
    }

    private static byte[] Field(byte type, byte[] value) => [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Binary(byte command = 0x21, byte family = 0x11, byte[]? fields = null)
    {
        byte[] body = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 0, 2, .. fields ?? []];
        return [.. "\r\n\r\n\0\r\nQUIT\n"u8, command, family, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static (ProxyHeaderStatus Status, string Addresses, int Consumed) Read(string text)
    {
        var status = ProxyHeaderReader.Read(Encoding.Latin1.GetBytes(text), out var header, out var consumed);
        var addresses = !header.HasAddresses ? "none"
            : $"{new IPEndPoint(new IPAddress(header.Source), header.SourcePort)} {new IPEndPoint(new IPAddress(header.Destination), header.DestinationPort)}";
        return (status, addresses, consumed);
    }
}

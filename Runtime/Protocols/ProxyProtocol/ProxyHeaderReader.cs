using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;

namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>Reads PROXY protocol headers of both versions (proxy-protocol.txt, sections 2.1 and 2.2).</summary>
public static class ProxyHeaderReader
{
    /// <summary>The longest header of version 1, line end included.</summary>
    private const int MostBytesV1 = 107;

    private const byte FieldAuthority = 0x02;

    private const byte FieldUniqueId = 0x05;

    private static ReadOnlySpan<byte> SignatureV2 => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads a header from the beginning of a connection.</summary>
    /// <param name="input">What has come so far.</param>
    /// <param name="header">The addresses, when done.</param>
    /// <param name="consumed">How many bytes the header takes, when done.</param>
    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        if (input.IsEmpty)
        {
            return ProxyHeaderStatus.NeedMore;
        }

        return input[0] == (byte)'P' ? ReadText(input, out header, out consumed) : ReadBinary(input, out header, out consumed);
    }

    private static ProxyHeaderStatus ReadText(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var begin = "PROXY "u8;
        if (!input.StartsWith(begin[..Math.Min(begin.Length, input.Length)]))
        {
            return ProxyHeaderStatus.Bad;
        }

        var end = input.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return input.Length >= MostBytesV1 ? ProxyHeaderStatus.Bad : ProxyHeaderStatus.NeedMore;
        }

        consumed = end + 2;
        var line = input[begin.Length..end];
        if (line.StartsWith("UNKNOWN"u8))
        {
            return ProxyHeaderStatus.Done;
        }

        var isV4 = line.StartsWith("TCP4 "u8);
        if (!isV4 && !line.StartsWith("TCP6 "u8))
        {
            return ProxyHeaderStatus.Bad;
        }

        line = line[5..];
        var length = isV4 ? 4 : 16;
        // The caller copies the addresses before the next header is read.
        Span<byte> addresses = s_addresses ??= new byte[32];
        if (!TakeAddress(ref line, addresses[..length]) || !TakeAddress(ref line, addresses.Slice(16, length))
            || !TakePort(ref line, out var sourcePort) || !TakePort(ref line, out var destinationPort) || !line.IsEmpty)
        {
            return ProxyHeaderStatus.Bad;
        }

        header = new ProxyHeader
        {
            HasAddresses = true,
            Source = s_addresses.AsSpan(0, length),
            Destination = s_addresses.AsSpan(16, length),
            SourcePort = sourcePort,
            DestinationPort = destinationPort,
        };
        return ProxyHeaderStatus.Done;
    }

    [ThreadStatic]
    private static byte[]? s_addresses;

    private static bool TakeAddress(ref ReadOnlySpan<byte> line, Span<byte> into)
    {
        var blank = line.IndexOf((byte)' ');
        if (blank <= 0 || !IPAddress.TryParse(line[..blank], out var address) || !address.TryWriteBytes(into, out var written) || written != into.Length)
        {
            return false;
        }

        line = line[(blank + 1)..];
        return true;
    }

    private static bool TakePort(ref ReadOnlySpan<byte> line, out int port)
    {
        if (!Utf8Parser.TryParse(line, out port, out var used) || port is < 0 or > 65535)
        {
            return false;
        }

        line = line[used..];
        if (!line.IsEmpty)
        {
            if (line[0] != (byte)' ')
            {
                return false;
            }

            line = line[1..];
        }

        return true;
    }

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var signature = SignatureV2;
        if (!input.StartsWith(signature[..Math.Min(signature.Length, input.Length)]))
        {
            return ProxyHeaderStatus.Bad;
        }

        if (input.Length < 16)
        {
            return ProxyHeaderStatus.NeedMore;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(input[14..]);
        if ((input[12] & 0xf0) != 0x20)
        {
            return ProxyHeaderStatus.Bad;
        }

        if (input.Length < 16 + length)
        {
            return ProxyHeaderStatus.NeedMore;
        }

        consumed = 16 + length;
        var command = input[12] & 0x0f;
        if (command > 1)
        {
            return ProxyHeaderStatus.Bad;
        }

        if (command == 0)
        {
            return ProxyHeaderStatus.Done;
        }

        var size = input[13] switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        if (size == 0)
        {
            return ProxyHeaderStatus.Done;
        }

        if (length < (2 * size) + 4)
        {
            return ProxyHeaderStatus.Bad;
        }

        var body = input.Slice(16, length);
        if (!TryReadFields(body[((2 * size) + 4)..], out var authority, out var uniqueId))
        {
            return ProxyHeaderStatus.Bad;
        }

        header = new ProxyHeader
        {
            HasAddresses = true,
            Authority = authority,
            UniqueId = uniqueId,
            Source = body[..size],
            Destination = body.Slice(size, size),
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(body[(2 * size)..]),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(body[((2 * size) + 2)..]),
        };
        return ProxyHeaderStatus.Done;
    }

    // Fields behind the addresses: a type, two bytes of length, a value (section 2.2.3). They must end with the header.
    private static bool TryReadFields(ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> uniqueId)
    {
        authority = default;
        uniqueId = default;
        while (!fields.IsEmpty)
        {
            if (fields.Length < 3)
            {
                return false;
            }

            var type = fields[0];
            var length = BinaryPrimitives.ReadUInt16BigEndian(fields[1..]);
            if (fields.Length < 3 + length)
            {
                return false;
            }

            var value = fields.Slice(3, length);
            switch (type)
            {
                case FieldAuthority when length > ProxyHeader.MostAuthority:
                case FieldUniqueId when length > ProxyHeader.MostUniqueId:
                    return false;
                case FieldAuthority:
                    authority = value;
                    break;
                case FieldUniqueId:
                    uniqueId = value;
                    break;
            }

            fields = fields[(3 + length)..];
        }

        return true;
    }
}

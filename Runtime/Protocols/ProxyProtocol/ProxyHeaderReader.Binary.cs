using System.Buffers.Binary;
using System.Numerics;

namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>Version 2: a signature, a length, addresses and fields.</summary>
public static partial class ProxyHeaderReader
{
    private const int FixedBytes = 16;

    private const byte FieldAuthority = 0x02;

    private const byte FieldCrc32C = 0x03;

    private const byte FieldUniqueId = 0x05;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        if (input.Length < FixedBytes)
        {
            return ProxyHeaderStatus.Truncated;
        }

        if (!input.StartsWith(Signature) || (input[12] & 0xf0) != 0x20)
        {
            return ProxyHeaderStatus.NotAHeader;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(input[14..]);
        if (input.Length < FixedBytes + length)
        {
            return ProxyHeaderStatus.Truncated;
        }

        consumed = FixedBytes + length;
        return (input[12] & 0x0f) switch
        {
            // LOCAL: the sender speaks for itself; whatever follows does not matter.
            0 => ProxyHeaderStatus.Done,
            1 => ReadProxied(input[..consumed], out header),
            _ => ProxyHeaderStatus.Invalid,
        };
    }

    private static ProxyHeaderStatus ReadProxied(ReadOnlySpan<byte> whole, out ProxyHeader header)
    {
        header = default;
        var body = whole[FixedBytes..];
        var size = whole[13] switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        if (size == 0 || body.Length < (2 * size) + 4)
        {
            return ProxyHeaderStatus.Invalid;
        }

        var isValid = TryReadFields(whole, FixedBytes + (2 * size) + 4, out var authority, out var uniqueId);
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
        return isValid ? ProxyHeaderStatus.Done : ProxyHeaderStatus.Invalid;
    }

    // Fields behind the addresses: a type, two bytes of length, a value (section 2.2.3). They must end with the header.
    private static bool TryReadFields(ReadOnlySpan<byte> whole, int at, out ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> uniqueId)
    {
        authority = default;
        uniqueId = default;
        while (at < whole.Length)
        {
            if (whole.Length - at < 3)
            {
                return false;
            }

            var type = whole[at];
            var length = BinaryPrimitives.ReadUInt16BigEndian(whole[(at + 1)..]);
            at += 3;
            if (whole.Length - at < length)
            {
                return false;
            }

            var value = whole.Slice(at, length);
            switch (type)
            {
                case FieldAuthority when length > ProxyHeader.MostAuthority:
                case FieldUniqueId when length > ProxyHeader.MostUniqueId:
                case FieldCrc32C when length != 4 || BinaryPrimitives.ReadUInt32BigEndian(value) != ChecksumWithout(whole, at):
                    return false;
                case FieldAuthority:
                    authority = value;
                    break;
                case FieldUniqueId:
                    uniqueId = value;
                    break;
            }

            at += length;
        }

        return true;
    }

    /// <summary>The CRC32c of the header, its own four bytes taken as zero (section 2.2.4).</summary>
    private static uint ChecksumWithout(ReadOnlySpan<byte> whole, int at)
    {
        var checksum = uint.MaxValue;
        for (var i = 0; i < whole.Length; i++)
        {
            checksum = BitOperations.Crc32C(checksum, i >= at && i < at + 4 ? (byte)0 : whole[i]);
        }

        return ~checksum;
    }
}

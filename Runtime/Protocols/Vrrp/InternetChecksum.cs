using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>The ones' complement checksum of RFC 1071, as adverts and IP headers carry it.</summary>
internal static class InternetChecksum
{
    /// <summary>Adds 16-bit words in network order; an odd last byte is the upper half of a word.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > 1; bytes = bytes[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.Length == 1 ? sum + ((uint)bytes[0] << 8) : sum;
    }

    /// <summary>Adds a pseudo header (RFC 5798 5.2.8): both addresses, the length, protocol 112.</summary>
    public static uint AddPseudoHeader(uint sum, RouterAddress source, RouterAddress destination, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        source.Write(bytes);
        sum = Add(sum, bytes[..source.Length]);
        destination.Write(bytes);
        return Add(sum, bytes[..destination.Length]) + (uint)length + AdvertFormat.Protocol;
    }

    /// <summary>What is written into the field: 0xffff minus the folded sum. Over a message with its checksum in place: 0.</summary>
    public static ushort Finish(uint sum)
    {
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}

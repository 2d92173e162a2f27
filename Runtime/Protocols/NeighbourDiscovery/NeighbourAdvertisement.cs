using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.NeighbourDiscovery;

/// <summary>The Ethernet frame by which a host says to all nodes that an IPv6 address is at its MAC now (RFC 4861 4.4, 7.2.6).</summary>
/// <remarks>Unsolicited, with the override flag; the address is its own source, the target link-layer address is given as an option.</remarks>
public static class NeighbourAdvertisement
{
    /// <summary>Bytes of the frame: Ethernet 14, IPv6 40, advertisement 24, option 8.</summary>
    public const int Size = 86;

    /// <summary>The EtherType.</summary>
    public const int EtherType = 0x86dd;

    private const int Payload = 32;
    private const byte Icmp6 = 58;
    private const byte Router = 0x80;
    private const byte Override = 0x20;

    /// <summary>Writes the frame.</summary>
    /// <param name="into">Room for <see cref="Size"/> bytes.</param>
    /// <param name="mac">The 6 bytes of the MAC that has the address.</param>
    /// <param name="address">The 16 bytes of the address.</param>
    /// <param name="isRouter">Whether the host forwards packets.</param>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> mac, ReadOnlySpan<byte> address, bool isRouter)
    {
        into[..Size].Clear();
        ReadOnlySpan<byte> allNodesMac = [0x33, 0x33, 0, 0, 0, 1];
        allNodesMac.CopyTo(into);
        mac.CopyTo(into[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[12..], EtherType);

        var ip = into[14..];
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], Payload);
        ip[6] = Icmp6;
        ip[7] = 255; // receivers discard what has passed a router (RFC 4861 7.1.2)
        address.CopyTo(ip[8..]);
        ReadOnlySpan<byte> allNodes = [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        allNodes.CopyTo(ip[24..]);

        var icmp = ip[40..];
        icmp[0] = 136;
        icmp[4] = (byte)(Override | (isRouter ? Router : 0));
        address.CopyTo(icmp[8..]);
        icmp[24] = 2; // target link-layer address
        icmp[25] = 1; // in units of 8 bytes
        mac.CopyTo(icmp[26..]);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], Checksum(ip[8..40], icmp[..Payload]));
        return Size;
    }

    private static ushort Checksum(ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> message)
    {
        var sum = Sum(addresses) + Sum(message) + (uint)message.Length + Icmp6; // the pseudo header of RFC 8200 8.1
        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return sum;
    }
}

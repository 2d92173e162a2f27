using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Arp;

/// <summary>The Ethernet frame by which a host says that an IPv4 address is at its MAC now (RFC 826, RFC 5227 3, RFC 5944 4.6).</summary>
/// <remarks>
/// The form that keepalived sends: a request to everybody for the sender's own address, whose target MAC is the broadcast address too. It is not padded:
/// the driver does that.
/// </remarks>
public static class GratuitousArp
{
    /// <summary>Bytes of the frame.</summary>
    public const int Size = 42;

    /// <summary>The EtherType.</summary>
    public const int EtherType = 0x0806;

    /// <summary>Writes the frame.</summary>
    /// <param name="into">Room for <see cref="Size"/> bytes.</param>
    /// <param name="mac">The 6 bytes of the MAC that has the address.</param>
    /// <param name="address">The 4 bytes of the address.</param>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> mac, ReadOnlySpan<byte> address)
    {
        into[..6].Fill(0xff);
        mac.CopyTo(into[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[12..], EtherType);
        BinaryPrimitives.WriteUInt16BigEndian(into[14..], 1);      // hardware: Ethernet
        BinaryPrimitives.WriteUInt16BigEndian(into[16..], 0x0800); // protocol: IPv4
        into[18] = 6;
        into[19] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(into[20..], 1);      // operation: request
        mac.CopyTo(into[22..]);
        address.CopyTo(into[28..]);
        into[32..38].Fill(0xff);
        address.CopyTo(into[38..]);
        return Size;
    }
}

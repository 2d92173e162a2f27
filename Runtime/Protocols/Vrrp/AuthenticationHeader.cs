using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>
/// The authentication header of IPv4 adverts (RFC 2402 with HMAC-MD5-96, RFC 2403): proof over IP header, authentication header and message,
/// with what changes on the way taken as zero. As keepalived does it, the TTL is one of the proven fields of multicast, where it
/// must be 255 anyway, and is taken as zero with unicast. The SPI is the sender's address.
/// </summary>
public static class AuthenticationHeader
{
    /// <summary>Writes the header and its proof into a datagram whose other bytes are in place.</summary>
    /// <param name="datagram">IP header, 24 bytes of room, message.</param>
    /// <param name="secret">The password, at most 8 bytes of it count.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="isUnicast">Whether the TTL is left out.</param>
    public static void Write(Span<byte> datagram, ReadOnlySpan<byte> secret, uint sequence, bool isUnicast)
    {
        var header = datagram.Slice(AdvertFormat.Ipv4HeaderBytes, AdvertFormat.HeaderBytes);
        header.Clear();
        header[0] = AdvertFormat.Protocol;
        header[1] = (AdvertFormat.HeaderBytes / 4) - 2;
        datagram.Slice(12, 4).CopyTo(header[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], sequence);
        Prove(datagram, secret, isUnicast, header[^AdvertFormat.ProofBytes..]);
    }

    /// <summary>Whether the proof of a packet is right.</summary>
    public static bool IsProven(in AdvertPacket packet, ReadOnlySpan<byte> secret, bool isUnicast)
    {
        Span<byte> proof = stackalloc byte[AdvertFormat.ProofBytes];
        Prove(packet.Datagram, secret, isUnicast, proof);
        return CryptographicOperations.FixedTimeEquals(proof, packet.Header[^AdvertFormat.ProofBytes..]);
    }

    // Longer datagrams than any valid advert are not proven: the length was checked before.
    private const int MostBytes = 60 + AdvertFormat.HeaderBytes + AdvertFormat.FixedBytes + (4 * AdvertFormat.MostAddresses) + AdvertFormat.PasswordBytes;

    private static void Prove(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> secret, bool isUnicast, Span<byte> proof)
    {
        proof.Clear();
        if (datagram.Length > MostBytes) return;
        Span<byte> copy = stackalloc byte[datagram.Length];
        datagram.CopyTo(copy);
        copy[1] = 0;                                              // type of service
        copy.Slice(6, 2).Clear();                                 // flags and fragment offset
        if (isUnicast) copy[8] = 0;                               // TTL
        copy.Slice(10, 2).Clear();                                // checksum
        var start = (copy[0] & 15) * 4;
        copy.Slice(start + AdvertFormat.HeaderBytes - AdvertFormat.ProofBytes, AdvertFormat.ProofBytes).Clear();

        Span<byte> key = stackalloc byte[AdvertFormat.PasswordBytes];
        key.Clear();
        secret[..Math.Min(secret.Length, key.Length)].CopyTo(key);
        Span<byte> hash = stackalloc byte[HMACMD5.HashSizeInBytes];
        HMACMD5.HashData(key, copy, hash);
        hash[..AdvertFormat.ProofBytes].CopyTo(proof);
    }
}

using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>Writes adverts as keepalived 2.2.7 does; <c>fixtures/wire/vrrp</c> has the bytes.</summary>
public static class AdvertWriter
{
    /// <summary>The VRRP message without its checksum.</summary>
    /// <param name="message">Exactly <see cref="AdvertFormat.MessageBytes"/> long.</param>
    /// <param name="version">2 or 3.</param>
    /// <param name="routerId">The virtual router.</param>
    /// <param name="priority">0 to 255.</param>
    /// <param name="addresses">What is announced, all of one family.</param>
    /// <param name="interval">Seconds (version 2) or centiseconds (version 3).</param>
    /// <param name="authenticationType">Version 2: 0, 1 or 2.</param>
    /// <param name="password">Version 2 with type 1: the password, at most 8 bytes of it count; empty otherwise.</param>
    public static void WriteMessage(Span<byte> message, int version, int routerId, int priority, ReadOnlySpan<RouterAddress> addresses, int interval,
        int authenticationType, ReadOnlySpan<byte> password)
    {
        message.Clear();
        message[0] = (byte)((version << 4) | AdvertFormat.Advertisement);
        message[1] = (byte)routerId;
        message[2] = (byte)priority;
        message[3] = (byte)addresses.Length;
        if (version == 2)
        {
            message[4] = (byte)authenticationType;
            message[5] = (byte)interval;
            password[..Math.Min(password.Length, AdvertFormat.PasswordBytes)].CopyTo(message[^AdvertFormat.PasswordBytes..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(message[4..], (ushort)(interval & 0xfff));
        }
        var at = AdvertFormat.FixedBytes;
        foreach (var address in addresses)
        {
            address.Write(message[at..]);
            at += address.Length;
        }
    }

    /// <summary>Writes the checksum without a pseudo header.</summary>
    public static void WritePlainChecksum(Span<byte> message)
    {
        message.Slice(6, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], InternetChecksum.Finish(InternetChecksum.Add(0, message)));
    }

    /// <summary>Writes the checksum of version 3 with the pseudo header of these addresses.</summary>
    public static void WriteChecksum(Span<byte> message, RouterAddress source, RouterAddress destination)
    {
        message.Slice(6, 2).Clear();
        var sum = InternetChecksum.AddPseudoHeader(InternetChecksum.Add(0, message), source, destination, message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], InternetChecksum.Finish(sum));
    }

    /// <summary>Writes an IPv4 header: 20 bytes, type of service 0xc0 (network control), no fragment bits, its checksum too.</summary>
    /// <param name="datagram">The whole datagram; its length goes into the header.</param>
    /// <param name="protocol">112 or 51.</param>
    /// <param name="identification">Counts up with each round of adverts; never 0, or the kernel would fill it in behind the proof.</param>
    /// <param name="ttl">Time to live.</param>
    /// <param name="source">From.</param>
    /// <param name="destination">To.</param>
    public static void WriteIpv4(Span<byte> datagram, int protocol, ushort identification, int ttl, RouterAddress source, RouterAddress destination)
    {
        var header = datagram[..AdvertFormat.Ipv4HeaderBytes];
        header.Clear();
        header[0] = 0x45;
        header[1] = 0xc0;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], identification);
        header[8] = (byte)ttl;
        header[9] = (byte)protocol;
        source.Write(header[12..]);
        destination.Write(header[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Finish(InternetChecksum.Add(0, header)));
    }
}

using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>Takes datagrams of raw sockets apart. It refuses what is too short to name a virtual router; everything else is judged by the instance.</summary>
public static class AdvertReader
{
    /// <summary>A datagram of an IPv4 raw socket, from the IP header on.</summary>
    /// <param name="datagram">The bytes.</param>
    /// <param name="packet">Its parts; empty with a problem.</param>
    /// <returns>None, or why not; the length of the datagram is what was received.</returns>
    public static AdvertProblem ReadV4(ReadOnlySpan<byte> datagram, out AdvertPacket packet)
    {
        packet = default;
        if (datagram.Length < AdvertFormat.Ipv4HeaderBytes + AdvertFormat.FixedBytes) return AdvertProblem.TooShortV4;
        var start = (datagram[0] & 15) * 4;
        if (start < AdvertFormat.Ipv4HeaderBytes || datagram.Length < start + AdvertFormat.FixedBytes) return AdvertProblem.TooShortV4;
        var header = ReadOnlySpan<byte>.Empty;
        if (datagram[9] == AdvertFormat.HeaderProtocol)
        {
            if (datagram.Length < start + AdvertFormat.HeaderBytes + AdvertFormat.FixedBytes) return AdvertProblem.TooShortHeader;
            header = datagram.Slice(start, AdvertFormat.HeaderBytes);
            if (header[0] != AdvertFormat.Protocol) return AdvertProblem.NextHeader;
            start += AdvertFormat.HeaderBytes;
        }
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length) return AdvertProblem.TotalLength;
        packet = new AdvertPacket
        {
            Datagram = datagram,
            Header = header,
            Message = datagram[start..],
            Source = RouterAddress.Read(datagram.Slice(12, 4)),
            Destination = RouterAddress.Read(datagram.Slice(16, 4)),
            Ttl = datagram[8],
        };
        return AdvertProblem.None;
    }

    /// <summary>A message of an IPv6 raw socket, which gives no IP header.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="source">The sender.</param>
    /// <param name="destination">Where it was sent to.</param>
    /// <param name="hopLimit">Its hop limit; -1 where it is not known.</param>
    /// <param name="packet">Its parts; empty with a problem.</param>
    /// <returns>None, or why not.</returns>
    public static AdvertProblem ReadV6(ReadOnlySpan<byte> message, RouterAddress source, RouterAddress destination, int hopLimit, out AdvertPacket packet)
    {
        packet = default;
        if (message.Length < AdvertFormat.FixedBytes || !source.IsV6) return AdvertProblem.TooShortV6;
        packet = new AdvertPacket { Message = message, Source = source, Destination = destination, Ttl = hopLimit };
        return AdvertProblem.None;
    }
}

using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>A datagram as it came, taken apart but not judged: fields are read from the bytes when they are asked for.</summary>
/// <remarks>Made by <see cref="AdvertReader"/>, which has checked that all fixed fields are there.</remarks>
public readonly ref struct AdvertPacket
{
    /// <summary>The IPv4 datagram from its header on; empty with IPv6.</summary>
    public ReadOnlySpan<byte> Datagram { get; init; }

    /// <summary>The authentication header, 24 bytes; empty where there is none.</summary>
    public ReadOnlySpan<byte> Header { get; init; }

    /// <summary>The VRRP message.</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>The sender.</summary>
    public RouterAddress Source { get; init; }

    /// <summary>Where it was sent to.</summary>
    public RouterAddress Destination { get; init; }

    /// <summary>TTL or hop limit; -1 where it is not known.</summary>
    public int Ttl { get; init; }

    /// <summary>Whether it came with an authentication header.</summary>
    public bool HasHeader => !Header.IsEmpty;

    /// <summary>2 or 3; what a peer writes, 0 to 15.</summary>
    public int Version => Message[0] >> 4;

    /// <summary>1 is an advertisement; 0 to 15.</summary>
    public int Type => Message[0] & 15;

    /// <summary>The virtual router.</summary>
    public int RouterId => Message[1];

    /// <summary>The sender's priority; 0: it gives up.</summary>
    public int Priority => Message[2];

    /// <summary>How many addresses it announces.</summary>
    public int AddressCount => Message[3];

    /// <summary>Version 2: 0 none, 1 password, 2 authentication header.</summary>
    public int AuthenticationType => Message[4];

    /// <summary>Version 2: seconds between two adverts.</summary>
    public int IntervalSeconds => Message[5];

    /// <summary>Version 3: centiseconds between two adverts, 12 bits.</summary>
    public int IntervalCentiseconds => BinaryPrimitives.ReadUInt16BigEndian(Message[4..]) & 0xfff;

    /// <summary>Bytes that the version and the count ask for.</summary>
    public int ExpectedBytes => AdvertFormat.MessageBytes(Version, Source.IsV6, AddressCount);

    /// <summary>Version 2: the eight bytes behind the addresses. Only where the length was found good.</summary>
    public ReadOnlySpan<byte> Password => Message[^AdvertFormat.PasswordBytes..];

    /// <summary>The SPI of the authentication header.</summary>
    public uint SecurityIndex => BinaryPrimitives.ReadUInt32BigEndian(Header[4..]);

    /// <summary>The sequence number of the authentication header.</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(Header[8..]);

    /// <summary>Whether an address stands in it. Only where the length was found good.</summary>
    public bool Announces(RouterAddress address)
    {
        var size = address.Length;
        for (int i = 0, at = AdvertFormat.FixedBytes; i < AddressCount; i++, at += size)
            if (RouterAddress.Read(Message.Slice(at, size)) == address) return true;
        return false;
    }

    /// <summary>Whether the checksum is right without a pseudo header (version 2, and version 3 as some send it).</summary>
    public bool HasPlainChecksum => InternetChecksum.Finish(InternetChecksum.Add(0, Message)) == 0;

    /// <summary>Whether the checksum is right with a pseudo header that names this destination (RFC 5798 5.2.8).</summary>
    public bool HasChecksumTowards(RouterAddress destination) =>
        InternetChecksum.Finish(InternetChecksum.AddPseudoHeader(InternetChecksum.Add(0, Message), Source, destination, Message.Length)) == 0;
}

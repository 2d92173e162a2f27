namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>Why an advert is discarded. What "received" and "expected" mean stands at each.</summary>
public enum AdvertProblem
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>IPv4: too short for IP header and VRRP header. Received: bytes.</summary>
    TooShortV4,

    /// <summary>IPv4 with authentication header: too short. Received: bytes.</summary>
    TooShortHeader,

    /// <summary>IPv6: too short for a VRRP header. Received: bytes.</summary>
    TooShortV6,

    /// <summary>The IP header's length differs from what came. Received: bytes that came; expected: what the header says.</summary>
    TotalLength,

    /// <summary>Something else than VRRP stands behind the authentication header; the original is silent about it.</summary>
    NextHeader,

    /// <summary>It came with an authentication header, the instance uses none.</summary>
    UnexpectedHeader,

    /// <summary>The instance uses an authentication header, it came without.</summary>
    MissingHeader,

    /// <summary>The SPI of the authentication header is not the sender's address. Received: SPI; expected: address; both as little-endian numbers, as the original prints them (the address first, without a name).</summary>
    SecurityIndex,

    /// <summary>The sequence number has been seen. Received: its number; expected: the last one seen.</summary>
    Replayed,

    /// <summary>The proof of the authentication header is wrong.</summary>
    Proof,

    /// <summary>The VRRP message is shorter than its count of addresses says. Received, expected: bytes with IP and authentication header (IPv4).</summary>
    TooShort,

    /// <summary>The VRRP message is longer than its count of addresses says. Received, expected: bytes with IP and authentication header (IPv4).</summary>
    TooLong,

    /// <summary>The TTL or hop limit is not 255. Received, expected: hops.</summary>
    Ttl,

    /// <summary>The TTL or hop limit is outside of the range of the peer. Received: hops; expected: lowest * 256 + highest.</summary>
    TtlRange,

    /// <summary>Another version. Received, expected: versions.</summary>
    Version,

    /// <summary>Not an advert. Received, expected: types.</summary>
    Type,

    /// <summary>Another authentication type than ours. Received, expected: types.</summary>
    AuthenticationMismatch,

    /// <summary>An authentication type that does not exist. Received: type.</summary>
    AuthenticationType,

    /// <summary>The password is another one.</summary>
    Password,

    /// <summary>Another number of addresses than ours. Received, expected: numbers.</summary>
    AddressCount,

    /// <summary>An address of ours does not stand in it. Received: VRID; the address stands in <c>Address</c>.</summary>
    AddressMissing,

    /// <summary>The interval is another one (version 2: received and expected in seconds), or 0 (version 3).</summary>
    Interval,

    /// <summary>The checksum of version 2 is wrong.</summary>
    ChecksumV2,

    /// <summary>The checksum of version 3 is wrong.</summary>
    ChecksumV3,

    /// <summary>It came by multicast where unicast is used (received 1) or the other way round (received 0).</summary>
    CastMode,

    /// <summary>The sender is no peer.</summary>
    NotAPeer,

    /// <summary>The virtual router is not ours. Received: VRID.</summary>
    RouterId,
}

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>Numbers of the wire format (RFC 3768 5, RFC 5798 5, RFC 2402).</summary>
public static class AdvertFormat
{
    /// <summary>VRRP's IP protocol.</summary>
    public const int Protocol = 112;

    /// <summary>The authentication header's IP protocol.</summary>
    public const int HeaderProtocol = 51;

    /// <summary>Bytes before the addresses.</summary>
    public const int FixedBytes = 8;

    /// <summary>Bytes of authentication data behind the addresses of version 2.</summary>
    public const int PasswordBytes = 8;

    /// <summary>Bytes of an IPv4 header without options.</summary>
    public const int Ipv4HeaderBytes = 20;

    /// <summary>Bytes of an authentication header with HMAC-MD5-96.</summary>
    public const int HeaderBytes = 24;

    /// <summary>Bytes of the proof in it.</summary>
    public const int ProofBytes = 12;

    /// <summary>The only message type.</summary>
    public const int Advertisement = 1;

    /// <summary>TTL and hop limit of multicast adverts.</summary>
    public const int Ttl = 255;

    /// <summary>Addresses that one message can carry.</summary>
    public const int MostAddresses = 255;

    /// <summary>Bytes of a message with so many addresses.</summary>
    public static int MessageBytes(int version, bool isV6, int addresses) =>
        FixedBytes + (addresses * (isV6 ? 16 : 4)) + (version == 2 ? PasswordBytes : 0);
}

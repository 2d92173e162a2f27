namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>The addresses of a PROXY protocol header (proxy-protocol.txt, versions 1 and 2).</summary>
public readonly ref struct ProxyHeader
{
    /// <summary>The longest <see cref="Authority"/>, bytes.</summary>
    public const int MostAuthority = 255;

    /// <summary>The longest <see cref="UniqueId"/>, bytes.</summary>
    public const int MostUniqueId = 128;

    /// <summary>Whether it names addresses (not LOCAL, UNKNOWN or a Unix socket).</summary>
    public bool HasAddresses { get; init; }

    /// <summary>The client's address, 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Source { get; init; }

    /// <summary>The address it connected to, 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Destination { get; init; }

    /// <summary>The host name that the client asked for (PP2_TYPE_AUTHORITY), at most 255 bytes; empty where it is not told.</summary>
    public ReadOnlySpan<byte> Authority { get; init; }

    /// <summary>The name of the connection (PP2_TYPE_UNIQUE_ID), at most 128 bytes; empty where it is not told.</summary>
    public ReadOnlySpan<byte> UniqueId { get; init; }

    /// <summary>The client's port.</summary>
    public int SourcePort { get; init; }

    /// <summary>The port it connected to.</summary>
    public int DestinationPort { get; init; }
}

namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>Reads PROXY protocol headers of both versions (proxy-protocol.txt, sections 2.1 and 2.2), as tolerant and as strict as the original is.</summary>
/// <remarks>A sender puts the whole header into one segment (section 2): what the first read brings is judged, and a part of a header is an error.</remarks>
public static partial class ProxyHeaderReader
{
    /// <summary>Fewer bytes say nothing about what they are.</summary>
    private const int FewestBytes = 9;

    [ThreadStatic]
    private static byte[]? s_addresses;

    /// <summary>Reads a header from the beginning of a connection.</summary>
    /// <param name="input">What the first read brought.</param>
    /// <param name="header">The addresses, when done. An invalid header may name them too, where the mistake stands behind them.</param>
    /// <param name="consumed">How many bytes the header takes, when done.</param>
    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        return input.Length < FewestBytes ? ProxyHeaderStatus.Truncated
            : input.StartsWith("PROXY "u8) ? ReadText(input, out header, out consumed)
            : ReadBinary(input, out header, out consumed);
    }
}

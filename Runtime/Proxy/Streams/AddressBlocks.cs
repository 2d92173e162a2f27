using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Whether an address lies in a block.</summary>
internal static class AddressBlocks
{
    internal static bool Contains(NetworkConfig block, ReadOnlySpan<byte> address)
    {
        Span<byte> network = stackalloc byte[16];
        if (!block.Address.TryWriteBytes(network, out var length) || length != address.Length)
        {
            return false;
        }

        var whole = block.PrefixLength / 8;
        if (!network[..whole].SequenceEqual(address[..whole]))
        {
            return false;
        }

        var rest = block.PrefixLength % 8;
        return rest == 0 || ((network[whole] ^ address[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }
}

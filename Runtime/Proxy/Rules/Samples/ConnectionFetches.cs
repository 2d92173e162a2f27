using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Fetches of connections (configuration manual 7.3.3).</summary>
internal static class ConnectionFetches
{
    public static bool Address(in SocketAddress128 address, ref Sample sample, RuleSubject subject) =>
        !address.AddressBytes.IsEmpty && sample.SetAddress(subject.Scratch.Copy(address.AddressBytes));

    /// <summary>Port 0 is none: a PROXY protocol header may leave it out.</summary>
    public static bool Port(in SocketAddress128 address, ref Sample sample) =>
        !address.AddressBytes.IsEmpty && address.Port != 0 && sample.SetInteger(address.Port);

    public static bool IsLocal(in SocketAddress128 address, ref Sample sample)
    {
        var bytes = address.AddressBytes;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var loopback = bytes.Length == 4 ? bytes[0] == 127 : bytes[..15].IndexOfAnyExcept((byte)0) < 0 && bytes[15] == 1;
        return sample.SetBool(loopback || LocalAddresses.Contains(bytes));
    }
}

/// <summary>The addresses of this machine, read at start.</summary>
internal static class LocalAddresses
{
    private static readonly List<byte[]> s_all = Read();

    public static bool Contains(ReadOnlySpan<byte> address)
    {
        foreach (var own in s_all)
        {
            if (address.SequenceEqual(own))
            {
                return true;
            }
        }

        return false;
    }

    private static List<byte[]> Read()
    {
        var all = new List<byte[]>();
        foreach (var card in System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (var address in card.GetIPProperties().UnicastAddresses)
            {
                all.Add(address.Address.GetAddressBytes());
            }
        }

        return all;
    }
}

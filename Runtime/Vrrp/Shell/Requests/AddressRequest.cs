using System.Net.Sockets;
using System.Runtime.InteropServices;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Shell.Requests;

/// <summary>An address of the configuration as rtnetlink(7) wants it: the same attributes in the same order as keepalived 2.2.7 gives.</summary>
public static class AddressRequest
{
    private const uint NoDuplicateDetection = 2; // IFA_F_NODAD

    /// <summary>Puts the address on a link.</summary>
    public static NetlinkMessage Add(AddressConfig address, int index)
    {
        var message = Begin(NetlinkKind.NewAddress, address, index);
        if (address.PreferredLifetime is { } preferred)
        {
            Span<byte> lifetimes = stackalloc byte[16]; // struct ifa_cacheinfo: preferred, valid, made, changed
            lifetimes.Clear();
            MemoryMarshal.Write(lifetimes, preferred);
            MemoryMarshal.Write(lifetimes[4..], uint.MaxValue);
            message.Attribute(AddressAttribute.CacheInfo, lifetimes);
        }

        message.Attribute(AddressAttribute.Local, address.Address);
        if (address.Peer is not null)
        {
            message.Attribute(AddressAttribute.Address, address.Peer);
        }

        if (address.Broadcast is not null)
        {
            message.Attribute(AddressAttribute.Broadcast, address.Broadcast);
        }

        if (address.Label is not null)
        {
            message.Attribute(AddressAttribute.Label, address.Label);
        }

        // Nobody is asked whether another router has the address: it may, for a moment, when the master changes.
        var flags = address.Flags | (address.Family == AddressFamily.InterNetworkV6 ? NoDuplicateDetection : 0);
        return flags == 0 ? message : message.Attribute(AddressAttribute.Flags, flags);
    }

    /// <summary>Takes the address from a link.</summary>
    /// <remarks>keepalived leaves addresses with a peer behind, since it names the address itself as the other end; here the peer is named.</remarks>
    public static NetlinkMessage Remove(AddressConfig address, int index)
    {
        var message = Begin(NetlinkKind.DeleteAddress, address, index).Attribute(AddressAttribute.Local, address.Address);
        return address.Peer is not null || address.Family == AddressFamily.InterNetwork
            ? message.Attribute(AddressAttribute.Address, address.Peer ?? address.Address)
            : message;
    }

    private static NetlinkMessage Begin(NetlinkKind kind, AddressConfig address, int index)
    {
        Span<byte> header = stackalloc byte[8];
        header[0] = Families.Of(address.Family);
        header[1] = (byte)address.PrefixLength;
        header[2] = 0;
        header[3] = address.Scope;
        MemoryMarshal.Write(header[4..], index);
        return new NetlinkMessage(kind, NetlinkFlags.Acknowledge).Fixed(header);
    }
}

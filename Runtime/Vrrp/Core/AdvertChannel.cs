using System.Net.Sockets;
using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What one pair of sockets is for; instances with an equal channel share it.</summary>
/// <param name="Interface">The interface it is bound to; null for unicast without one.</param>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="UsesHeader">IP protocol 51 (authentication header) in place of 112.</param>
/// <param name="IsUnicast">Unicast.</param>
/// <param name="Address">The group to join, or the source address of unicast (none until the interface has one).</param>
public sealed record AdvertChannel(string? Interface, AddressFamily Family, bool UsesHeader, bool IsUnicast, RouterAddress Address)
{
    /// <summary>The IP protocol of the socket.</summary>
    public int Protocol => UsesHeader ? 51 : 112;
}

/// <summary>What the kernel tells about a datagram beside its bytes.</summary>
/// <param name="Source">The sender (IPv4: taken from the IP header instead).</param>
/// <param name="Destination">Where it was sent to (IPv4: taken from the IP header instead).</param>
/// <param name="HopLimit">The hop limit it came with (IPv4: taken from the IP header instead); -1 where it is not known.</param>
public readonly record struct AdvertEnvelope(RouterAddress Source, RouterAddress Destination, int HopLimit);

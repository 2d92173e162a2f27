using System.Net;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Shell.Events;

/// <summary>The kernel refused a request ("Netlink: error: ..., type=..., seq=..., pid=0").</summary>
/// <param name="Error">Why.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="Sequence">The number of the request.</param>
public sealed record NetlinkFailed(SysError Error, NetlinkKind Kind, uint Sequence) : VrrpEvent("");

/// <summary>Somebody took something static out of the kernel, and it is put in again ("Restoring deleted static route ...").</summary>
/// <param name="Items">What: one address, route or rule.</param>
public sealed record StaticRestored(VirtualResources Items) : VrrpEvent("");

/// <summary>Addresses, routes or rules of an instance go into the kernel or out of it ("setting VIPs.", "removing Virtual Rules").</summary>
/// <param name="Name">Which instance; empty for static ones.</param>
/// <param name="Resource">What.</param>
/// <param name="IsAdded">In or out.</param>
public sealed record VirtualResourcesMoved(string Name, VirtualResource Resource, bool IsAdded) : VrrpEvent(Name);

/// <summary>What a master puts into the kernel.</summary>
public enum VirtualResource
{
    /// <summary>Addresses in adverts.</summary>
    Addresses,

    /// <summary>Addresses that do not stand in adverts ("E-VIPs").</summary>
    ExcludedAddresses,

    /// <summary>Routes.</summary>
    Routes,

    /// <summary>Routing rules.</summary>
    Rules,

    /// <summary>What drops packets for the addresses of a router without accept mode ("firewall drop rule").</summary>
    DropRule,
}

/// <summary>A pair of sockets was opened ("VRRP sockpool: [...]").</summary>
/// <param name="Channel">What for.</param>
/// <param name="InterfaceIndex">The number of the interface.</param>
/// <param name="ReceiveDescriptor">The socket that receives.</param>
/// <param name="SendDescriptor">The socket that sends.</param>
public sealed record SocketsOpened(AdvertChannel Channel, int InterfaceIndex, int ReceiveDescriptor, int SendDescriptor) : VrrpEvent("");

/// <summary>A pair of sockets could not be opened; it is tried again when the interface changes.</summary>
/// <param name="Channel">What for.</param>
/// <param name="Error">Why.</param>
public sealed record SocketsFailed(AdvertChannel Channel, SysError Error) : VrrpEvent("");

/// <summary>A gratuitous ARP or neighbour advertisement is due ("Sending/queueing ...").</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Interface">By which interface.</param>
/// <param name="Address">For which address.</param>
public sealed record AnnouncementQueued(string Name, string Interface, IPAddress Address) : VrrpEvent(Name);

/// <summary>A gratuitous ARP or neighbour advertisement went out ("Sending gratuitous ARP on ...").</summary>
/// <param name="Interface">By which interface.</param>
/// <param name="Address">For which address.</param>
public sealed record AnnouncementSent(string Interface, IPAddress Address) : VrrpEvent("");

/// <summary>A gratuitous ARP or neighbour advertisement could not be sent.</summary>
/// <param name="Interface">By which interface.</param>
/// <param name="Address">For which address.</param>
/// <param name="Error">Why.</param>
public sealed record AnnouncementFailed(string Interface, IPAddress Address, SysError Error) : VrrpEvent("");

/// <summary>The packet filter refused a request: packets for the addresses of a router without accept mode are answered after all.</summary>
/// <param name="Error">Why.</param>
public sealed record PacketFilterFailed(SysError Error) : VrrpEvent("");

/// <summary>A table of our name was there, of a daemon that was killed or of another one, and was taken away.</summary>
/// <param name="IsV4">Of IPv4; otherwise of IPv6.</param>
public sealed record OldFilterTableDeleted(bool IsV4) : VrrpEvent("");

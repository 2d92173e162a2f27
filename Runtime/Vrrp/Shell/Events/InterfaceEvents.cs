using System.Net.NetworkInformation;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Shell.Events;

/// <summary>The MAC of an interface is another one now.</summary>
/// <param name="Name">Which interface.</param>
/// <param name="From">Before.</param>
/// <param name="To">Now.</param>
public sealed record MacChanged(string Name, PhysicalAddress From, PhysicalAddress To) : VrrpEvent(Name);

/// <summary>Messages of the kernel were lost; everything has been asked for again.</summary>
public sealed record KernelMessagesLost() : VrrpEvent("");

/// <summary>A VMAC or ipvlan was made, found again, could not be made, or was taken away.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Interface">The virtual interface.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="IsIpvlan">Of which kind.</param>
public sealed record VirtualInterfaceMade(string Name, string Interface, VirtualInterfaceOutcome Outcome, bool IsIpvlan) : VrrpEvent(Name);

/// <summary>How the making of a virtual interface went.</summary>
public enum VirtualInterfaceOutcome
{
    /// <summary>"Success creating VMAC interface"</summary>
    Made,

    /// <summary>"Found matching interface": one that a predecessor left behind, or that the operator made.</summary>
    Found,

    /// <summary>"Unable to create VMAC interface"</summary>
    Failed,

    /// <summary>"Success removing VMAC interface"</summary>
    Removed,
}

/// <summary>net.ipv4.conf.all.rp_filter stands in the way of VMACs and was set to 0; the interfaces keep what held for them.</summary>
/// <param name="Before">Its value before.</param>
public sealed record ReversePathFilterLowered(int Before) : VrrpEvent("");

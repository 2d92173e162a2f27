namespace Dropin.Runtime.Vrrp.Events;

/// <summary>An instance enters a state.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="State">Backup, Master or Fault.</param>
/// <param name="IsInitial">The first state after the start (the line ends with <c>(init)</c>).</param>
public sealed record EnteringState(string Name, VrrpState State, bool IsInitial) : VrrpEvent(Name);

/// <summary>A sync group takes its members along.</summary>
/// <param name="Name">Which group.</param>
/// <param name="State">Where to.</param>
public sealed record SyncingGroup(string Name, VrrpState State) : VrrpEvent(Name);

/// <summary>A group begins in fault because of this member.</summary>
/// <param name="Name">Which group.</param>
/// <param name="Member">Which instance.</param>
public sealed record SyncingMemberToFault(string Name, string Member) : VrrpEvent(Name);

/// <summary>A backup has heard nothing for the master down interval.</summary>
/// <param name="Name">Which instance.</param>
public sealed record AdvertTimeout(string Name) : VrrpEvent(Name);

/// <summary>An advert of priority 0 went out: the master gives up.</summary>
/// <param name="Name">Which instance.</param>
public sealed record SentPriorityZero(string Name) : VrrpEvent(Name);

/// <summary>The preemption is delayed from now on.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Microseconds">By how much.</param>
public sealed record PreemptDelayStarted(string Name, long Microseconds) : VrrpEvent(Name);

/// <summary>The preemption is delayed no more: the lower master went, or the delay has passed.</summary>
/// <param name="Name">Which instance.</param>
public sealed record PreemptDelayStopped(string Name) : VrrpEvent(Name);

/// <summary>An advert could not be sent.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Error">The system's error number.</param>
/// <param name="Destination">Where to, of unicast; none of multicast.</param>
public sealed record AdvertNotSent(string Name, int Error, Protocols.Vrrp.RouterAddress Destination) : VrrpEvent(Name);

/// <summary>A reload took an address from a master, or a static one away.</summary>
/// <param name="Name">Which instance; empty for what is static.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its network.</param>
/// <param name="Interface">Where it was.</param>
public sealed record AddressGone(string Name, Protocols.Vrrp.RouterAddress Address, int PrefixLength, string Interface) : VrrpEvent(Name);

/// <summary>A turn came so late that timers had ended long before (<c>min_auto_priority_delay</c>): the process was stopped, or the machine busy.</summary>
/// <param name="Microseconds">How late.</param>
public sealed record LateTurn(long Microseconds) : VrrpEvent("");

/// <summary>The first instance with addresses of a family needs what announces them ("Registering gratuitous ARP shared channel").</summary>
/// <param name="IsV6">Unsolicited neighbour advertisements; otherwise gratuitous ARP.</param>
public sealed record AnnouncementsBegin(bool IsV6) : VrrpEvent("");

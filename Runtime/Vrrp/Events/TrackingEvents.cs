using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Events;

/// <summary>The effective priority of an instance moved.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="From">Before.</param>
/// <param name="To">Now, 1 to 254 (255 of the owner).</param>
public sealed record EffectivePriorityChanged(string Name, int From, int To) : VrrpEvent(Name);

/// <summary>The effective priority of an instance in fault moved; scripts and pipes are not told.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="To">Now.</param>
public sealed record EffectivePrioritySet(string Name, int To) : VrrpEvent(Name);

/// <summary>An interface went up or down.</summary>
/// <param name="Name">Which interface.</param>
/// <param name="IsUp">Whether it is up now.</param>
public sealed record InterfaceReported(string Name, bool IsUp) : VrrpEvent(Name);

/// <summary>An interface appeared or disappeared.</summary>
/// <param name="Name">Which interface.</param>
/// <param name="Exists">Whether it is there now.</param>
public sealed record InterfaceExistence(string Name, bool Exists) : VrrpEvent(Name);

/// <summary>An interface got or lost the address that adverts come from (IPv4: its first; IPv6: its link-local one).</summary>
/// <param name="Name">Which interface.</param>
/// <param name="Address">The address.</param>
/// <param name="IsAssigned">Whether it is there now.</param>
public sealed record InterfaceAddressChanged(string Name, Protocols.Vrrp.RouterAddress Address, bool IsAssigned) : VrrpEvent(Name);

/// <summary>An instance begins in fault; the reasons stand in events before.</summary>
/// <param name="Name">Which instance.</param>
public sealed record FaultAtStart(string Name) : VrrpEvent(Name);

/// <summary>Somebody took a virtual address out of the kernel; the master gives up for a moment.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Address">The address.</param>
/// <param name="Interface">Where it was.</param>
public sealed record VirtualAddressLost(string Name, Protocols.Vrrp.RouterAddress Address, string Interface) : VrrpEvent(Name);

/// <summary>An instance begins in fault as an interface is down.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Interface">Which interface.</param>
public sealed record FaultByInterface(string Name, string Interface) : VrrpEvent(Name);

/// <summary>An instance begins in fault as a script fails.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Script">Which script.</param>
public sealed record FaultByScript(string Name, string Script) : VrrpEvent(Name);

/// <summary>An instance begins in fault as the number of a file says so.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="File">Which file.</param>
/// <param name="Status">What its number makes with the weight.</param>
public sealed record FaultByFile(string Name, string File, int Status) : VrrpEvent(Name);

/// <summary>A file puts an instance into fault, or out of it.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="File">Which file.</param>
/// <param name="IsFault">Whether it does now.</param>
public sealed record FileFaultChanged(string Name, string File, bool IsFault) : VrrpEvent(Name);

/// <summary>An instance begins in fault as processes are missing.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Process">Which processes.</param>
public sealed record FaultByProcess(string Name, string Process) : VrrpEvent(Name);

/// <summary>An instance goes to fault as its configured source address is not there.</summary>
/// <param name="Name">Which instance.</param>
public sealed record FaultBySource(string Name) : VrrpEvent(Name);

/// <summary>An instance begins in fault as its interface has no address to send from.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Interface">Which interface.</param>
/// <param name="IsV6">Which family is missing.</param>
public sealed record NoSourceAddress(string Name, string Interface, bool IsV6) : VrrpEvent(Name);

/// <summary>An instance goes to fault as unicast has no peers.</summary>
/// <param name="Name">Which instance.</param>
public sealed record FaultWithoutPeers(string Name) : VrrpEvent(Name);

/// <summary>A script's result counts now: it succeeded or failed often enough in a row.</summary>
/// <param name="Name">Which script.</param>
/// <param name="IsGood">Whether it is good now.</param>
/// <param name="Outcome">How its last run ended.</param>
/// <param name="Status">Exit code, or the signal.</param>
public sealed record ScriptStateChanged(string Name, bool IsGood, ScriptOutcome Outcome, int Status) : VrrpEvent(Name);

/// <summary>A script's way of ending changed (not told again while it stays).</summary>
/// <param name="Name">Which script.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">Exit code, or the signal.</param>
public sealed record ScriptOutcomeChanged(string Name, ScriptOutcome Outcome, int Status) : VrrpEvent(Name);

/// <summary>A reload: an interface has the address that adverts come from (IPv4: its first; IPv6: its link-local one), as it had it before.</summary>
/// <param name="Name">Which interface.</param>
/// <param name="Address">The address.</param>
public sealed record InterfaceAddressKept(string Name, Protocols.Vrrp.RouterAddress Address) : VrrpEvent(Name);

/// <summary>Nobody tracks a script: it is not run.</summary>
/// <param name="Name">Which script.</param>
public sealed record ScriptUnused(string Name) : VrrpEvent(Name);

/// <summary>A script's state is carried over a reload.</summary>
/// <param name="Name">Which script.</param>
/// <param name="IsGood">Whether it counts as good.</param>
public sealed record ScriptStateKept(string Name, bool IsGood) : VrrpEvent(Name);

/// <summary>The number of tracked processes moved.</summary>
/// <param name="Name">Which processes.</param>
/// <param name="From">Before.</param>
/// <param name="To">Now.</param>
/// <param name="Quorum">Null where the quorum is as it was; else whether it is held now.</param>
public sealed record ProcessCountChanged(string Name, int From, int To, bool? Quorum) : VrrpEvent(Name);

/// <summary>An operator gave an instance another base priority (SNMP).</summary>
/// <param name="Name">Which instance.</param>
/// <param name="From">Before.</param>
/// <param name="To">Now.</param>
public sealed record BasePrioritySet(string Name, int From, int To) : VrrpEvent(Name);

/// <summary>An operator lets an instance preempt, or not (SNMP).</summary>
/// <param name="Name">Which instance.</param>
/// <param name="IsEnabled">Whether it preempts now.</param>
public sealed record PreemptionSet(string Name, bool IsEnabled) : VrrpEvent(Name);

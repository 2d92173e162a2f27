using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Events;

/// <summary>A backup heard priority 0: its master gives up.</summary>
/// <param name="Name">Which instance.</param>
public sealed record BackupHeardPriorityZero(string Name) : VrrpEvent(Name);

/// <summary>A master heard priority 0 of another one.</summary>
/// <param name="Name">Which instance.</param>
public sealed record MasterHeardPriorityZero(string Name) : VrrpEvent(Name);

/// <summary>A backup does not follow a master of lower priority.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Priority">That of the advert.</param>
/// <param name="Sender">The other router.</param>
public sealed record LowerPriorityDiscarded(string Name, int Priority, RouterAddress Sender) : VrrpEvent(Name);

/// <summary>A master heard a router of lower priority.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Sender">The other router.</param>
/// <param name="Priority">That of the advert.</param>
/// <param name="OwnPriority">Ours.</param>
/// <param name="ForcesElection">It answers with an advert at once (the line ends with <c>, forcing new election</c>).</param>
public sealed record LowerPriorityHeard(string Name, RouterAddress Sender, int Priority, int OwnPriority, bool ForcesElection) : VrrpEvent(Name);

/// <summary>A master yields to a higher priority.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Sender">The other router.</param>
/// <param name="Priority">That of the advert.</param>
/// <param name="OwnPriority">Ours.</param>
public sealed record HigherPriorityHeard(string Name, RouterAddress Sender, int Priority, int OwnPriority) : VrrpEvent(Name);

/// <summary>A master yields to the same priority with a greater address.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="Sender">The other router.</param>
/// <param name="Priority">That of both.</param>
public sealed record HigherAddressHeard(string Name, RouterAddress Sender, int Priority) : VrrpEvent(Name);

/// <summary>Another router sends with our priority and our address.</summary>
/// <param name="Name">Which instance.</param>
public sealed record EqualAddressHeard(string Name) : VrrpEvent(Name);

/// <summary>Two owners of the addresses: ours reduces its priority.</summary>
/// <param name="Name">Which instance.</param>
public sealed record OwnerConflict(string Name) : VrrpEvent(Name);

/// <summary>Version 3: the backup takes over the master's interval.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="FromMilliseconds">What held before.</param>
/// <param name="ToMilliseconds">The master's.</param>
public sealed record IntervalLearnt(string Name, int FromMilliseconds, int ToMilliseconds) : VrrpEvent(Name);

/// <summary>Version 3: the router that becomes master uses its own interval again.</summary>
/// <param name="Name">Which instance.</param>
/// <param name="FromMilliseconds">What held before.</param>
/// <param name="ToMilliseconds">Its own.</param>
public sealed record IntervalRestored(string Name, int FromMilliseconds, int ToMilliseconds) : VrrpEvent(Name);

/// <summary>Version 3, unicast: the peer uses the checksum of old releases, so does the instance from now on.</summary>
/// <param name="Name">Which instance.</param>
public sealed record OldChecksumRecognised(string Name) : VrrpEvent(Name);

/// <summary>AH: another router's sequence numbers are ahead of ours; ours follow.</summary>
/// <param name="Name">Which instance.</param>
public sealed record SequenceFollowed(string Name) : VrrpEvent(Name);

/// <summary>An advert of a virtual router that is not configured; told where <c>log_unknown_vrids</c> wants it.</summary>
/// <param name="Name">The interface.</param>
/// <param name="RouterId">The unknown identifier.</param>
/// <param name="Sender">The other router.</param>
public sealed record UnknownRouterId(string Name, int RouterId, RouterAddress Sender) : VrrpEvent(Name);

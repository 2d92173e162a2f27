using Dropin.Runtime.Sys;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>The daemon is on the bus; its name comes next.</summary>
/// <param name="Name">The name it wants.</param>
public sealed record BusJoined(string Name) : VrrpEvent(Name);

/// <summary>The bus cannot be used at all: libsystemd is not installed.</summary>
public sealed record BusUnavailable() : VrrpEvent("");

/// <summary>The name on the bus is ours.</summary>
/// <param name="Name">Which.</param>
public sealed record BusNameAcquired(string Name) : VrrpEvent(Name);

/// <summary>The name is not ours: somebody else has it, the bus refuses it, or there is no bus.</summary>
/// <param name="Name">Which.</param>
/// <param name="Refusal">What the bus says; null where it says nothing.</param>
/// <param name="Error">Why there is no bus; none where there is one. It is tried again.</param>
public sealed record BusNameLost(string Name, string? Refusal, SysError Error) : VrrpEvent(Name);

/// <summary>The bus has been left.</summary>
public sealed record BusLeft() : VrrpEvent("");

/// <summary>An instance that is gone has no object any more.</summary>
/// <param name="Name">Which instance.</param>
public sealed record BusObjectGone(string Name) : VrrpEvent(Name);

/// <summary>Two instances have the same place on the bus; the first one has it.</summary>
/// <param name="Path">The place.</param>
public sealed record BusPlaceTaken(string Path) : VrrpEvent("");

/// <summary>The bus reads nothing: what happens is not told until it does.</summary>
public sealed record BusSignalsLost() : VrrpEvent("");

/// <summary>The bus reads again; all states are told as they are now.</summary>
public sealed record BusSignalsAgain() : VrrpEvent("");

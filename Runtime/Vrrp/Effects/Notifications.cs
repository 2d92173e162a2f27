using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>An instance changed its state: scripts, pipes and mail are due (the log line is an event of its own, before it).</summary>
/// <param name="Instance">Which; its priority is <see cref="InstanceState.EffectivePriority"/>.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state now; Stopped and Deleted too.</param>
public sealed record InstanceChanged(InstanceState Instance, VrrpState From, VrrpState To) : VrrpEffect;

/// <summary>A sync group as a whole changed its state.</summary>
/// <param name="Group">Which.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state now.</param>
public sealed record GroupChanged(GroupState Group, VrrpState From, VrrpState To) : VrrpEffect;

/// <summary>A group of masters lived through a reload: pipes are told again where the operator wants it, scripts are not.</summary>
/// <param name="Group">Which.</param>
public sealed record GroupKept(GroupState Group) : VrrpEffect;

/// <summary>The master heard a router of lower priority: <c>notify_master_rx_lower_pri</c>, MASTER_RX_LOWER_PRI in the pipes.</summary>
/// <param name="Instance">Which.</param>
public sealed record MasterHeardLower(InstanceState Instance) : VrrpEffect;

/// <summary>The effective priority of an instance moved; told where priority changes are wanted (instance or global).</summary>
/// <param name="Instance">Which; master or backup.</param>
/// <param name="From">The effective priority before.</param>
/// <param name="To">The effective priority now.</param>
public sealed record PriorityChanged(InstanceState Instance, int From, int To) : VrrpEffect;

/// <summary>The set of sockets (<see cref="VrrpCore.Channels"/>) is another one now.</summary>
public sealed record ChannelsChanged : VrrpEffect;

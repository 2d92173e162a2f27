using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>Gratuitous ARP (IPv4) or unsolicited neighbour advertisements (IPv6) are sent now.</summary>
/// <remarks>
/// Delays, refreshes and rate limits are timers of the core: each effect is a packet to send at once. Nothing is announced after
/// the state has been left.
/// </remarks>
/// <param name="Instance">Whose addresses.</param>
/// <param name="Addresses">Which; each on its own interface (<see cref="InstanceState.InterfaceOf"/>). An address that could not be added is left out by the shell.</param>
/// <param name="Repeat">How many packets for each address: the whole list, then the whole list again.</param>
/// <param name="Reason">Why.</param>
public sealed record Announce(InstanceState Instance, ValueList<AddressConfig> Addresses, int Repeat, AnnounceReason Reason) : VrrpEffect;

/// <summary>Why a round is sent.</summary>
public enum AnnounceReason
{
    /// <summary>The instance has just become master.</summary>
    BecameMaster,

    /// <summary>The second round, <c>garp_master_delay</c> later.</summary>
    SecondRound,

    /// <summary><c>garp_master_refresh</c>.</summary>
    Refresh,

    /// <summary>A router of lower priority was heard: it may have announced our addresses.</summary>
    LowerPriority,

    /// <summary>A reload added addresses.</summary>
    Reload,

    /// <summary>An address that was taken away by somebody has been put back.</summary>
    Restored,

    /// <summary><c>garp_extra_if</c>: one packet so that switches do not forget the MAC.</summary>
    Extra,

    /// <summary>An operator asks for it.</summary>
    Asked,
}

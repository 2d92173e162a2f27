using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>One virtual router as it lives. Everything public is for reading: dumps, scripts, tests.</summary>
/// <remarks>Times are microseconds of the clock that the shell passes in; <see cref="long.MaxValue"/> means never.</remarks>
public sealed partial class InstanceState
{
    private readonly VrrpCore _core;
    private PacketDiscarded _discarded;

    internal InstanceState(VrrpCore core, InstanceConfig config)
    {
        _core = core;
        Configure(config);
        WantedState = config.WantsMaster ? VrrpState.Master : VrrpState.Backup;
    }

    /// <summary>Its configuration; a reload replaces it.</summary>
    public InstanceConfig Config { get; private set; }

    /// <summary>Its name.</summary>
    public string Name => Config.Name;

    /// <summary>The group it belongs to; null for none.</summary>
    public GroupState? Group { get; internal set; }

    /// <summary>The state.</summary>
    public VrrpState State { get; private set; }

    /// <summary>The state it wants to be in (<c>Wantstate</c>).</summary>
    public VrrpState WantedState { get; private set; }

    /// <summary>The configured priority; 254 of an owner that met another owner.</summary>
    public int BasePriority { get; private set; }

    /// <summary>Base priority and all weights, unlimited; 255 of an owner, even when it met another one.</summary>
    public int TotalPriority { get; private set; }

    /// <summary>What stands in adverts: the total, within 1 to 254; 255 of an owner.</summary>
    public int EffectivePriority { get; private set; }

    /// <summary>Faults that the configuration makes: no source address, no peers, a missing interface.</summary>
    public int ConfigFaults { get; private set; }

    /// <summary>Interfaces, scripts, files and processes that make a fault now.</summary>
    public int TrackFaults { get; private set; }

    /// <summary>Scripts that have not run yet and hold it back.</summary>
    public int ScriptsPending { get; private set; }

    /// <summary>When the state last changed.</summary>
    public long LastTransition { get; private set; }

    /// <summary>When the timer ends: of the next advert as master, of the master's silence as backup.</summary>
    public long TimerAt { get; private set; } = long.MaxValue;

    /// <summary>How long the master may be silent, microseconds (<c>Master down timer</c>).</summary>
    public long MasterDownInterval { get; private set; }

    /// <summary>The interval of its own adverts, microseconds.</summary>
    public long AdvertInterval { get; private set; }

    /// <summary>The interval of the master's adverts, microseconds; version 3 learns it.</summary>
    public long MasterAdvertInterval { get; private set; }

    /// <summary>The master last heard; none while it is master itself.</summary>
    public RouterAddress MasterAddress { get; private set; }

    /// <summary>The priority of the master last heard; 0 for none.</summary>
    public int MasterPriority { get; private set; }

    /// <summary>When the delay of the preemption ends; never where none runs.</summary>
    public long PreemptAt { get; private set; } = long.MaxValue;

    /// <summary>Whether its addresses are in the kernel (<c>vipset</c>).</summary>
    public bool HoldsAddresses { get; private set; }

    /// <summary>The address its adverts come from; none while there is none.</summary>
    public RouterAddress SourceAddress { get; private set; }

    /// <summary>Whether the source address is configured.</summary>
    public bool HasConfiguredSource => Config.Path.Source is not null;

    /// <summary>The interface adverts go by: the operator's, or the VMAC's; empty for unicast without one.</summary>
    public string InterfaceName { get; private set; } = "";

    /// <summary>The interface of addresses that name none: the operator's, or the VMAC's.</summary>
    public string AddressInterface { get; private set; } = "";

    /// <summary>The checksum of old releases is used towards its peers.</summary>
    public bool UsesOldChecksum { get; private set; }

    /// <summary>The last sequence number of the authentication header, sent or received: the original has one counter for both ways.</summary>
    public uint Sequence { get; private set; }

    /// <summary>The sockets it uses.</summary>
    public AdvertChannel Channel { get; private set; } = null!;

    /// <summary>Why it last became master; stays when it is master no more, as the original has it.</summary>
    public NewMasterReason NewMasterReason { get; private set; }

    private NewMasterReason _reasonToCome = NewMasterReason.MasterNoResponse;

    /// <summary>What it counted.</summary>
    public InstanceCounters Counters { get; } = new();

    /// <summary>The interface of one of its addresses (a VMAC of the address alone is the shell's matter).</summary>
    public string InterfaceOf(AddressConfig address) => address.Interface is { } name && name != Config.Interface ? name : AddressInterface;

    /// <summary>The shell could not send an advert of this instance.</summary>
    /// <param name="error">The system's error number.</param>
    /// <param name="destination">Where to.</param>
    public void SendFailed(int error, RouterAddress destination)
    {
        // The farewell of a master whose link is gone cannot be sent, and nobody wonders.
        if (State == VrrpState.Master)
            _core.Effects.Add(new Events.AdvertNotSent(Name, error, Config.Path.IsUnicast ? destination : RouterAddress.None));
    }
}

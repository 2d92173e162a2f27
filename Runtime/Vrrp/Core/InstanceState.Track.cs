using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What tracked things do to the priority and to the state. All is counted anew each time: there is no sum that could drift.</summary>
public sealed partial class InstanceState
{
    /// <summary>Whether it ever waited for a script.</summary>
    internal bool WasPending { get; private set; }

    internal bool HasFault => ConfigFaults + TrackFaults > 0;

    /// <summary>Something that it tracks may have changed.</summary>
    internal void Reassess(long now)
    {
        if (State is VrrpState.Stopped or VrrpState.Deleted) return;
        UseSource();
        Assess();
        if (State == VrrpState.Initialize)
        {
            _core.BeginIfReady(now, this);
            return;
        }
        if (HasFault && State != VrrpState.Fault)
        {
            BecomeFault(now, true);
            Group?.Follow(now, this, VrrpState.Fault);
        }
        else if (!HasFault && State == VrrpState.Fault && (Group is null || Group.FaultyMembers == 0))
        {
            BecomeBackup(now);
            Group?.Follow(now, this, VrrpState.Backup);
        }
    }

    internal void GoWithGroup(long now, VrrpState state)
    {
        if (state == VrrpState.Fault) BecomeFault(now, false);
        else if (HasFault) return;
        else if (state == VrrpState.Master) BecomeMaster(now);
        else BecomeBackup(now);
    }

    /// <summary>Counts faults, scripts that have not run, and the priority; changes no state.</summary>
    internal void Assess()
    {
        (TrackFaults, ScriptsPending) = (0, 0);
        ConfigFaults = Config.Path is { IsUnicast: true, FaultWithoutPeers: true, Peers.Count: 0 } ? 1 : 0;
        if (SourceAddress.IsNone || (Config.Path is { TrackSource: true, Source: not null } && !_core.HasAddress(SourceAddress))) TrackFaults++;
        var total = BasePriority;
        CountOwnInterfaces();
        Count(Config.Tracking, ref total);
        if (Group is { } group) Count(group.Config.Tracking, ref total);
        if (!IsOwner && total != TotalPriority && Config.Priority != OwnerPriority) Prefer(total);
    }

    private void Prefer(int total)
    {
        TotalPriority = total;
        var from = EffectivePriority;
        EffectivePriority = Math.Clamp(total, 1, OwnerPriority - 1);
        if (from == EffectivePriority) return;
        var interval = MasterDownInterval;
        RenewDownInterval();
        if (State == VrrpState.Fault)
        {
            _core.Effects.Add(new EffectivePrioritySet(Name, EffectivePriority));
            return;
        }
        if (State == VrrpState.Backup) TimerAt += MasterDownInterval - interval;
        _core.Effects.Add(new EffectivePriorityChanged(Name, from, EffectivePriority));
        _core.Effects.Add(new PriorityChanged(this, from, EffectivePriority));
    }

    /// <summary>Whether an interface means anything to it.</summary>
    internal bool Uses(string name)
    {
        if (name == Config.Interface || name == AddressInterface) return true;
        foreach (var address in VirtualAddresses)
            if (address.Interface == name) return true;
        foreach (var route in Config.Routes)
            foreach (var hop in route.Hops)
                if (hop.Interface == name) return true;
        foreach (var tracked in _core.StaticInterfacesOf(this))
            if (tracked == name) return true;
        return Names(Config.Tracking, name) || (Group is { } group && Names(group.Config.Tracking, name));
    }

    private static bool Names(TrackingConfig tracking, string name)
    {
        foreach (var tracked in tracking.Interfaces)
            if (tracked.Interface == name) return true;
        return false;
    }

    // Its own interface and those of its addresses and routes, unless the operator says otherwise.
    private void CountOwnInterfaces()
    {
        if (!Config.IgnorePrimaryFault && Config.Interface.Length != 0 && !_core.IsUp(Config.Interface)) TrackFaults++;
        if (AddressInterface != Config.Interface && _core.IsKnown(AddressInterface) && !_core.IsUp(AddressInterface)) TrackFaults++;
        foreach (var address in Config.Addresses) CountInterfaceOf(address.Interface, address.NoTrack);
        foreach (var address in Config.ExcludedAddresses) CountInterfaceOf(address.Interface, address.NoTrack);
        foreach (var route in Config.Routes)
            foreach (var hop in route.Hops) CountInterfaceOf(hop.Interface, route.NoTrack);
        foreach (var tracked in _core.StaticInterfacesOf(this)) CountInterfaceOf(tracked, false);
    }

    private void CountInterfaceOf(string? name, bool noTrack)
    {
        if (noTrack || name is null || name == Config.Interface || name == AddressInterface) return;
        if (!_core.IsUp(name)) TrackFaults++;
    }

    private void Count(TrackingConfig tracking, ref int total)
    {
        foreach (var tracked in tracking.Interfaces) Count(_core.IsUp(tracked.Interface), tracked.Weight, tracked.Reverse, ref total);
        foreach (var tracked in tracking.Scripts)
        {
            var script = _core.FindScript(tracked.Target.Name);
            if (script.HasRun) Count(script.IsGood, tracked.Weight, tracked.Reverse, ref total);
            else if (tracked.Weight == 0) (ScriptsPending, WasPending) = (ScriptsPending + 1, true);
        }
        foreach (var tracked in tracking.Processes) Count(_core.FindProcess(tracked.Target.Name).HasQuorum, tracked.Weight, tracked.Reverse, ref total);
        foreach (var tracked in tracking.Files)
        {
            var status = StatusOf(tracked);
            if (IsFault(tracked, status)) TrackFaults++;
            else if (tracked.Weight != 0) total += status;
        }
    }

    // A positive weight is earned by what is good, a negative one paid for what is bad; reverse turns the sign. Weight 0: bad is a fault.
    private void Count(bool isGood, int weight, bool reverse, ref int total)
    {
        if (weight == 0) TrackFaults += isGood == reverse ? 1 : 0;
        else if (isGood == weight > 0) total += reverse ? -weight : weight;
    }

    internal int StatusOf(Tracked<TrackFileConfig> tracked)
    {
        long number = _core.FindFile(tracked.Target.Name).Number;
        if (tracked.Weight != 0) number *= tracked.Reverse ? -tracked.Weight : tracked.Weight;
        return (int)Math.Clamp(number, -MostFileStatus, MostFileStatus);
    }

    internal static bool IsFault(Tracked<TrackFileConfig> tracked, int status) =>
        tracked.Weight == 0 ? (status != 0) != tracked.Reverse : status <= -MostFileStatus;

    internal bool IsFaultBy(TrackingConfig tracking, FileState file)
    {
        foreach (var tracked in tracking.Files)
            if (tracked.Target.Name == file.Config.Name && IsFault(tracked, StatusOf(tracked))) return true;
        return false;
    }

    // The first address of the interface (IPv6: the link-local one), unless the operator named one.
    internal void UseSource()
    {
        var address = Config.Path.Source is { } configured ? RouterAddress.From(configured) : _core.FirstAddress(Config.Interface, IsV6);
        if (address == SourceAddress) return;
        SourceAddress = address;
        if (Config.Path.IsUnicast) _core.RenewChannels();
    }

    private const int MostFileStatus = 254;
}

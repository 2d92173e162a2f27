using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Why an instance begins in fault, one event for each reason; later the reasons are told by what is tracked.</summary>
public sealed partial class InstanceState
{
    internal void TellFaults()
    {
        var effects = _core.Effects;
        if (ConfigFaults > 0) effects.Add(new FaultWithoutPeers(Name));
        TellInterfaces();
        if (SourceAddress.IsNone) effects.Add(new NoSourceAddress(Name, Config.Interface, IsV6));
        else if (Config.Path is { TrackSource: true, Source: not null } && !_core.HasAddress(SourceAddress)) effects.Add(new FaultBySource(Name));
        Tell(Config.Tracking);
        if (Group is { } group) Tell(group.Config.Tracking);
    }

    private void TellInterfaces()
    {
        if (!Config.IgnorePrimaryFault && Config.Interface.Length != 0) TellInterface(Config.Interface);
        foreach (var address in VirtualAddresses)
            if (!address.NoTrack && address.Interface is { } name && name != Config.Interface && name != AddressInterface) TellInterface(name);
    }

    private IEnumerable<AddressConfig> VirtualAddresses => Config.Addresses.Concat(Config.ExcludedAddresses);

    private void TellInterface(string name)
    {
        if (!_core.IsUp(name)) _core.Effects.Add(new FaultByInterface(Name, name));
    }

    private void Tell(TrackingConfig tracking)
    {
        foreach (var tracked in tracking.Interfaces)
            if (tracked.Weight == 0 && _core.IsUp(tracked.Interface) == tracked.Reverse) _core.Effects.Add(new FaultByInterface(Name, tracked.Interface));
        foreach (var tracked in tracking.Scripts)
            if (tracked.Weight == 0 && _core.FindScript(tracked.Target.Name) is { HasRun: true } script && script.IsGood == tracked.Reverse)
                _core.Effects.Add(new FaultByScript(Name, script.Config.Name));
        foreach (var tracked in tracking.Files)
            if (StatusOf(tracked) is var status && IsFault(tracked, status)) _core.Effects.Add(new FaultByFile(Name, tracked.Target.Name, status));
        foreach (var tracked in tracking.Processes)
            if (tracked.Weight == 0 && _core.FindProcess(tracked.Target.Name).HasQuorum == tracked.Reverse)
                _core.Effects.Add(new FaultByProcess(Name, tracked.Target.Name));
    }
}

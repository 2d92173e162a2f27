using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What a reload changes in an instance that lives on: no new election, no address that stays is touched.</summary>
public sealed partial class InstanceState
{
    private VirtualResources _gone = VirtualResources.None;
    private VirtualResources _new = VirtualResources.None;

    /// <summary>One more advert of a master.</summary>
    internal void Remind(long now)
    {
        if (State != VrrpState.Master) return;
        SendAdverts(EffectivePriority);
        TimerAt = now + AdvertInterval;
    }

    internal void BeginReload(InstanceConfig config)
    {
        var (before, after) = (VirtualResources.Of(Config), VirtualResources.Of(config));
        _core.TellGone(before, after, HoldsAddresses);
        (_gone, _new) = (before.Without(after), after.Without(before));
        var interval = MasterDownInterval;
        Configure(config);
        if (State == VrrpState.Backup) TimerAt += MasterDownInterval - interval;
        if (Config.NoPreempt || Config.PreemptDelay == TimeSpan.Zero) PreemptAt = Microseconds.Never;
    }

    internal void FinishReload(long now)
    {
        if (State != VrrpState.Master)
        {
            TellNoRoutes();
            return;
        }
        foreach (var address in _gone.Addresses)
            _core.Effects.Add(new AddressGone(Name, RouterAddress.From(address.Address), address.PrefixLength, InterfaceOf(address)));
        if (!_gone.IsEmpty) _core.Effects.Add(new RemoveVirtual(this, _gone, true));
        _core.Effects.Add(new AddVirtual(this, _new, true));
        _ownAddresses = VirtualResources.Of(Config).Addresses;
        ScheduleRepeats(now);
        if (_new.Addresses.Count > 0) Announce(now, _ownAddresses, Garp.Repeat, AnnounceReason.Reload);
    }

    // One that is not master makes sure at its first state and at each reload that it has no routes and rules; it has none.
    internal void TellNoRoutes()
    {
        if (Config.Routes.Count + Config.Rules.Count > 0) _core.Effects.Add(new RemoveVirtual(this, new VirtualResources([], Config.Routes, Config.Rules), false));
    }

    /// <summary>The first advert of a master with the new configuration.</summary>
    internal void RemindAnew(long now) => Remind(now);
}

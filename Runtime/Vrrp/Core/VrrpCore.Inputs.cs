using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Virtual resources that somebody took away, and the end.</summary>
public sealed partial class VrrpCore
{
    /// <summary>Somebody took a virtual address out of the kernel (not told of those that we remove).</summary>
    public void AddressLost(long now, InstanceState instance, AddressConfig address)
    {
        if (address.NoTrack || !IsHolding(instance)) return;
        Effects.Add(new VirtualAddressLost(instance.Name, RouterAddress.From(address.Address), instance.InterfaceOf(address)));
        StepDown(now, instance);
    }

    /// <summary>Somebody took a virtual route out of the kernel. Routes without an interface are not tracked.</summary>
    public void RouteLost(long now, InstanceState instance, RouteConfig route)
    {
        if (route.NoTrack || !IsHolding(instance)) return;
        foreach (var hop in route.Hops)
            if (hop.Interface is not null)
            {
                StepDown(now, instance);
                return;
            }
    }

    /// <summary>Somebody took a virtual rule out of the kernel.</summary>
    public void RuleLost(long now, InstanceState instance, RoutingRuleConfig rule)
    {
        if (!rule.NoTrack && IsHolding(instance)) StepDown(now, instance);
    }

    /// <summary>An operator wants the addresses of an instance announced once more. Whoever is no master has none.</summary>
    public void AnnounceAnew(long now, InstanceState instance)
    {
        if (IsHolding(instance)) instance.AnnounceAnew(now);
    }

    /// <summary>The end: masters send priority 0 and release their addresses.</summary>
    /// <param name="now">The time.</param>
    /// <param name="keepAddresses">Addresses stay in the kernel (<c>--dont-release-vrrp</c>).</param>
    public void Stop(long now, bool keepAddresses = false)
    {
        if (!_started) return;
        _started = false;
        foreach (var instance in _instances) instance.Finish(now, VrrpState.Stopped, keepAddresses);
        foreach (var instance in _instances) instance.TellEnd();
        foreach (var group in _groups) group.Set(VrrpState.Stopped);
    }

    /// <summary>All counters begin at 0 again.</summary>
    public void ClearStatistics()
    {
        foreach (var instance in _instances) instance.Counters.Clear();
    }

    private bool IsHolding(InstanceState instance) => _started && instance.State == VrrpState.Master && _instances.Contains(instance);

    // A group's members step down together, each with its own priority 0, and without a word of the group.
    private static void StepDown(long now, InstanceState instance)
    {
        instance.StepDown(now);
        if (instance.Group is not { } group) return;
        foreach (var member in group.MemberList) member.StepDown(now);
        group.Adopt(VrrpState.Backup);
    }
}

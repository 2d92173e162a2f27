using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What is static and tracked by instances (<c>track_group</c>): it is put in again when somebody takes it away, so that only its interface can fail.</summary>
public sealed partial class VrrpCore
{
    private readonly List<(string Instance, string Interface)> _trackedStatics = [];

    /// <summary>The interfaces of what is static and tracked by an instance.</summary>
    internal IEnumerable<string> StaticInterfacesOf(InstanceState instance)
    {
        foreach (var tracked in _trackedStatics)
            if (tracked.Instance == instance.Name) yield return tracked.Interface;
    }

    // To be called whenever there is another configuration.
    private void BuildStatics()
    {
        _trackedStatics.Clear();
        foreach (var group in Config.TrackGroups)
        {
            foreach (var address in Config.StaticAddresses) Track(group, address.TrackGroup, address.Interface);
            foreach (var route in Config.StaticRoutes)
                foreach (var hop in route.Hops) Track(group, route.TrackGroup, hop.Interface);
            foreach (var rule in Config.StaticRules) Track(group, rule.TrackGroup, rule.InputInterface);
        }
    }

    private void Track(TrackGroupConfig group, string? name, string? link)
    {
        if (group.Name != name || link is null) return;
        foreach (var member in group.Instances)
            if (!_trackedStatics.Contains((member.Name, link))) _trackedStatics.Add((member.Name, link));
    }
}

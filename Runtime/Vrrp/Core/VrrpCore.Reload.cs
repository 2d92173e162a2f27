using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Another configuration takes over: what is in both lives on.</summary>
public sealed partial class VrrpCore
{
    /// <summary>Goes on with another configuration: what is in both keeps its state.</summary>
    public void Reload(long now, KeepalivedConfig config)
    {
        if (!_started) return;
        // Peers hear from the masters once more before anything can take time.
        Remind(now);
        var statics = VirtualResources.StaticOf(Config);
        _scripts.RemoveAll(script => !IsTracked(script)); // nobody has asked for them: nothing is known of them
        var families = Families();
        Config = config;
        Announcements.Configure(config);
        BuildTrackers();
        BuildStatics();
        TellStaticsGone(statics, VirtualResources.StaticOf(config));
        foreach (var script in _scripts)
            if (script.HasRun) Effects.Add(new ScriptStateKept(script.Config.Name, script.IsGood));
        TellAddresses();
        TellFamilies(families);
        var (old, kept) = (_instances.ToArray(), new List<InstanceState>());
        var deleted = MatchInstances(now, old, kept);
        ChangeStatics(statics, VirtualResources.StaticOf(config));
        BuildGroups();
        foreach (var instance in _instances)
        {
            instance.UseSource();
            instance.Assess();
        }
        TellUnusedScripts();
        foreach (var instance in kept) instance.FinishReload(now);
        RenewChannels();
        foreach (var instance in kept) instance.RemindAnew(now);
        foreach (var instance in deleted) instance.TellEnd();
        BeginNew(now);
        foreach (var instance in kept) instance.Reassess(now);
        foreach (var group in _groups) Unite(now, group);
        // Of backups and of single instances the original tells nothing, whatever its manual says.
        foreach (var group in _groups)
            if (config.Global.FifoStatesOnReload && group.State == VrrpState.Master) Effects.Add(new GroupKept(group));
    }

    private void TellAddresses()
    {
        var told = new HashSet<string>();
        foreach (var instance in Config.Instances)
            if (told.Add(instance.Interface))
                foreach (var isV6 in (ReadOnlySpan<bool>)[false, true])
                    if (FirstAddress(instance.Interface, isV6) is { IsNone: false } address) Effects.Add(new InterfaceAddressKept(instance.Interface, address));
    }

    private List<InstanceState> MatchInstances(long now, InstanceState[] old, List<InstanceState> kept)
    {
        _instances.Clear();
        foreach (var config in Config.Instances)
        {
            var instance = Array.Find(old, i => i.Survives(config) && !kept.Contains(i));
            if (instance is not null) kept.Add(instance);
            _instances.Add(instance ?? new InstanceState(this, config));
        }
        var deleted = new List<InstanceState>();
        foreach (var instance in old)
        {
            if (kept.Contains(instance)) continue;
            instance.Finish(now, VrrpState.Deleted, false);
            deleted.Add(instance);
        }
        for (var i = 0; i < _instances.Count; i++)
            if (kept.Contains(_instances[i])) _instances[i].BeginReload(Config.Instances[i]);
        return deleted;
    }

    private void BeginNew(long now)
    {
        foreach (var instance in _instances)
        {
            if (instance.State != VrrpState.Initialize) continue;
            if (instance.HasFault) instance.TellFaults();
            BeginIfReady(now, instance);
        }
    }

    // Members that come together in different states: fault wins, then backup, as in any other change of a group.
    private static void Unite(long now, GroupState group)
    {
        if (group.MemberList.Count == 0 || group.IsPending) return;
        var first = group.MemberList.Find(m => m.State == VrrpState.Fault) ?? group.MemberList.Find(m => m.State == VrrpState.Backup) ?? group.MemberList[0];
        if (group.MemberList.TrueForAll(m => m.State == first.State)) group.Adopt(first.State);
        else group.Follow(now, first, first.State);
    }

    // Adding nothing is said of; for the name of whoever had an address there is none.
    private void TellStaticsGone(VirtualResources before, VirtualResources after)
    {
        TellGone(before, after, true);
        foreach (var address in before.Without(after).Addresses)
            Effects.Add(new AddressGone("", RouterAddress.From(address.Address), address.PrefixLength, address.Interface ?? ""));
    }

    /// <summary>Tells of the rules and routes that a configuration has no more: of a block as such, of single ones where they are in the kernel.</summary>
    internal void TellGone(VirtualResources before, VirtualResources after, bool areHeld)
    {
        var gone = before.Without(after);
        if (before.Rules.Count > 0 && after.Rules.Count == 0) Effects.Add(new RuleBlockGone());
        else if (areHeld)
            foreach (var rule in gone.Rules) Effects.Add(new RuleGone(rule));
        if (before.Routes.Count > 0 && after.Routes.Count == 0) Effects.Add(new RouteBlockGone());
        else if (areHeld)
            foreach (var route in gone.Routes) Effects.Add(new RouteGone(route));
    }

    private void ChangeStatics(VirtualResources before, VirtualResources after)
    {
        var gone = before.Without(after);
        if (!gone.IsEmpty) Effects.Add(new RemoveStatic(gone));
        AddStatics(after.Without(before));
    }
}

using System.Net.Sockets;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>The first states.</summary>
public sealed partial class VrrpCore
{
    private long _startUntil;

    /// <summary>Begins: each instance goes to its first state.</summary>
    public void Start(long now)
    {
        _started = true;
        _startUntil = now + Microseconds.Of(Config.Global.StartupDelay);
        foreach (var instance in _instances)
        {
            instance.UseSource();
            instance.Assess();
            if (instance.HasFault) instance.TellFaults();
        }
        RenewChannels();
        AddStatics(VirtualResources.StaticOf(Config));
        BeginFaults(now);
        TellUnusedScripts();
        TellFamilies((false, false));
        // Whatever a killed daemon left behind.
        foreach (var instance in _instances)
            if (FindInterface(instance.AddressInterface) is { Facts.Exists: true }) Effects.Add(new RemoveVirtual(instance, VirtualResources.Of(instance.Config), false));
        foreach (var instance in _instances)
            if (instance.State == VrrpState.Initialize) instance.TellNoRoutes();
        foreach (var group in _groups)
            if (group.FaultyMembers > 0) group.Set(VrrpState.Fault);
        foreach (var instance in _instances)
            if (instance.State == VrrpState.Initialize) BeginIfReady(now, instance);
    }

    // What announces addresses is opened for the first instance that has some of a family.
    private void TellFamilies((bool V4, bool V6) before)
    {
        var after = Families();
        if (after.V4 && !before.V4) Effects.Add(new AnnouncementsBegin(false));
        if (after.V6 && !before.V6) Effects.Add(new AnnouncementsBegin(true));
    }

    private (bool V4, bool V6) Families()
    {
        var (v4, v6) = (false, false);
        foreach (var instance in Config.Instances)
            foreach (var address in VirtualResources.Of(instance).Addresses)
                if (address.Family == AddressFamily.InterNetworkV6) v6 = true;
                else v4 = true;
        return (v4, v6);
    }

    private void TellUnusedScripts()
    {
        foreach (var script in _scripts)
            if (!IsTracked(script)) Effects.Add(new ScriptUnused(script.Config.Name));
    }

    // A fault of one is the fault of its group; the pipes hear of the members first.
    private void BeginFaults(long now)
    {
        foreach (var group in _groups)
            foreach (var member in group.MemberList)
                if (member.TrackFaults > 0) Effects.Add(new SyncingMemberToFault(group.Name, member.Name));
        foreach (var instance in _instances)
            if (instance.TrackFaults > 0 || instance.Group is { FaultyMembers: > 0 }) instance.BeginAsFault(now, true);
    }

    /// <summary>Takes an instance to its first state, with its group, unless scripts have to run before.</summary>
    internal void BeginIfReady(long now, InstanceState instance)
    {
        if (!_started) return;
        if (instance.Group is not { } group)
        {
            if (instance.HasFault) BeginFault(now, instance);
            else if (instance.ScriptsPending == 0) BeginBackup(now, instance);
            return;
        }
        if (group.FaultyMembers > 0)
        {
            group.Set(VrrpState.Fault);
            foreach (var member in group.MemberList)
                if (member.State == VrrpState.Initialize) BeginFault(now, member);
        }
        else if (!group.IsPending)
        {
            BeginGroup(now, group, instance);
        }
    }

    private void BeginGroup(long now, GroupState group, InstanceState first)
    {
        if (!first.WasPending)
        {
            group.Set(VrrpState.Backup);
            foreach (var member in group.MemberList)
                if (member.State == VrrpState.Initialize) BeginBackup(now, member);
            return;
        }
        BeginBackup(now, first);
        group.Follow(now, first, VrrpState.Backup);
    }

    // After waiting for scripts the original says nothing of an initial state.
    private void BeginBackup(long now, InstanceState instance)
    {
        if (instance.WasPending) instance.BecomeBackup(now);
        else instance.BeginAsBackup(now, Math.Max(0, _startUntil - now));
    }

    private static void BeginFault(long now, InstanceState instance)
    {
        if (instance.WasPending) instance.BecomeFault(now, true);
        else instance.BeginAsFault(now, instance.TrackFaults > 0);
    }

    private void AddStatics(VirtualResources items)
    {
        if (!items.IsEmpty) Effects.Add(new AddStatic(items));
    }
}

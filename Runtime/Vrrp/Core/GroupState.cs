using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>A sync group: instances that change their state together.</summary>
public sealed class GroupState
{
    private readonly EffectList _effects;
    private readonly List<InstanceState> _members = [];

    internal GroupState(EffectList effects, SyncGroupConfig config)
    {
        _effects = effects;
        Config = config;
    }

    /// <summary>Its configuration.</summary>
    public SyncGroupConfig Config { get; internal set; }

    /// <summary>Its name.</summary>
    public string Name => Config.Name;

    /// <summary>The state of the group as a whole.</summary>
    public VrrpState State { get; private set; }

    /// <summary>How many of its members have a fault of their own.</summary>
    public int FaultyMembers
    {
        get
        {
            var count = 0;
            foreach (var member in _members)
                if (member.HasFault) count++;
            return count;
        }
    }

    /// <summary>Its members in the order of the file.</summary>
    public IReadOnlyList<InstanceState> Members => _members;

    internal List<InstanceState> MemberList => _members;

    internal bool IsPending
    {
        get
        {
            foreach (var member in _members)
                if (member.ScriptsPending > 0) return true;
            return false;
        }
    }

    internal bool AllOthersAreReady(InstanceState asking)
    {
        foreach (var member in _members)
            if (member != asking && !member.IsWaiting && member.State != VrrpState.Master) return false;
        return true;
    }

    /// <summary>The others go where one member went.</summary>
    internal void Follow(long now, InstanceState first, VrrpState state)
    {
        if (State == state && !AnyOtherDiffers(first, state)) return;
        _effects.Add(new SyncingGroup(Name, state));
        foreach (var member in _members)
            if (member != first && member.State != state) member.GoWithGroup(now, state);
        Set(state);
    }

    private bool AnyOtherDiffers(InstanceState first, VrrpState state)
    {
        foreach (var member in _members)
            if (member != first && member.State != state) return true;
        return false;
    }

    internal void Set(VrrpState state)
    {
        if (State == state) return;
        var from = State;
        State = state;
        _effects.Add(new GroupChanged(this, from, state));
    }

    // A reload: what the members are, without a word.
    internal void Adopt(VrrpState state) => State = state;
}

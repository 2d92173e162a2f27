using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>A sync group: instances that change their state together.</summary>
public sealed class GroupState
{
    private readonly List<InstanceState> _members = [];

    internal GroupState(SyncGroupConfig config) => Config = config;

    /// <summary>Its configuration.</summary>
    public SyncGroupConfig Config { get; internal set; }

    /// <summary>Its name.</summary>
    public string Name => Config.Name;

    /// <summary>The state of the group as a whole.</summary>
    public VrrpState State { get; internal set; }

    /// <summary>How many of its members have a fault of their own.</summary>
    public int FaultyMembers { get; internal set; }

    /// <summary>Its members in the order of the file.</summary>
    public IReadOnlyList<InstanceState> Members => _members;

    internal List<InstanceState> MemberList => _members;
}

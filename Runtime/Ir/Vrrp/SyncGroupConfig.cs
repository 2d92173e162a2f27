using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>Virtual routers that are master, backup and in fault together (<c>vrrp_sync_group</c>).</summary>
public sealed record SyncGroupConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its members, in the order of the file.</summary>
    public ValueList<InstanceConfig> Members { get; init; } = [];

    /// <summary>What the whole group tracks.</summary>
    public TrackingConfig Tracking { get; init; } = new();

    /// <summary>Weights may move the priorities of the members (<c>sync_group_tracking_weight</c>, <c>global_tracking</c>).</summary>
    public bool TrackingWeight { get; init; }

    /// <summary>What is run and told on changes of the whole group.</summary>
    public NotifyConfig Notify { get; init; } = new();

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

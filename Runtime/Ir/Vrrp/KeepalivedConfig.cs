using Dropin.Runtime.Ir.Bfd;
using Dropin.Runtime.Ir.Ipvs;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>Everything that one keepalived.conf says, resolved: references are references, defaults are filled in.</summary>
/// <remarks>keepalived.conf(5). The order of the lists is the order of the file; the original starts and logs in that order.</remarks>
public sealed record KeepalivedConfig
{
    /// <summary>The block <c>global_defs</c> and what stands at the top level beside it.</summary>
    public required GlobalConfig Global { get; init; }

    /// <summary>The virtual routers.</summary>
    public ValueList<InstanceConfig> Instances { get; init; } = [];

    /// <summary>Groups of virtual routers that change state together.</summary>
    public ValueList<SyncGroupConfig> SyncGroups { get; init; } = [];

    /// <summary>Scripts whose results move priorities; also those which nobody tracks.</summary>
    public ValueList<TrackScriptConfig> Scripts { get; init; } = [];

    /// <summary>Files whose number moves priorities.</summary>
    public ValueList<TrackFileConfig> Files { get; init; } = [];

    /// <summary>Processes whose presence moves priorities.</summary>
    public ValueList<TrackProcessConfig> Processes { get; init; } = [];

    /// <summary>Addresses that are there as long as the daemon runs.</summary>
    public ValueList<AddressConfig> StaticAddresses { get; init; } = [];

    /// <summary>Routes that are there as long as the daemon runs.</summary>
    public ValueList<RouteConfig> StaticRoutes { get; init; } = [];

    /// <summary>Routing rules that are there as long as the daemon runs.</summary>
    public ValueList<RoutingRuleConfig> StaticRules { get; init; } = [];

    /// <summary>Limits of the rate of gratuitous ARP by interface.</summary>
    public ValueList<GarpGroupConfig> GarpGroups { get; init; } = [];

    /// <summary>Debounce times of interfaces (<c>interface_up_down_delays</c>).</summary>
    public ValueList<InterfaceDelayConfig> InterfaceDelays { get; init; } = [];

    /// <summary>Interfaces whose carrier is asked for by ioctl (<c>linkbeat_interfaces</c>).</summary>
    public ValueList<LinkbeatConfig> Linkbeats { get; init; } = [];

    /// <summary>Which instances track which static addresses, routes and rules (<c>track_group</c>).</summary>
    public ValueList<TrackGroupConfig> TrackGroups { get; init; } = [];

    /// <summary>Services that IPVS spreads over servers; not executed yet.</summary>
    public ValueList<VirtualServerConfig> VirtualServers { get; init; } = [];

    /// <summary>Certificates of their checks; null for none.</summary>
    public CheckTlsConfig? CheckTls { get; init; }

    /// <summary>Sessions of bidirectional forwarding detection; not executed yet.</summary>
    public ValueList<BfdInstanceConfig> BfdInstances { get; init; } = [];
}

/// <summary>Instances that are in fault while an interface of static addresses, routes and rules of the group is down.</summary>
/// <param name="Name">Its name, as <see cref="AddressConfig.TrackGroup"/> and its like have it.</param>
/// <param name="Instances">The instances.</param>
public sealed record TrackGroupConfig(string Name, ValueList<InstanceConfig> Instances);

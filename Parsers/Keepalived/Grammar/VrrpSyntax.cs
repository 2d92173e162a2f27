using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What the reading of the virtual routers builds up.</summary>
internal sealed class VrrpSyntax
{
    public NamedList<InstanceSyntax> Instances { get; } = new(i => i.Name);

    public List<SyncGroupSyntax> Groups { get; } = [];

    public NamedList<TrackScriptSyntax> Scripts { get; } = new(s => s.Name);

    public NamedList<TrackFileSyntax> Files { get; } = new(f => f.Name);

    public NamedList<TrackProcessSyntax> Processes { get; } = new(p => p.Name);

    public Dictionary<string, List<string>> TrackGroups { get; } = new(StringComparer.Ordinal);

    public List<AddressConfig> StaticAddresses { get; } = [];

    public List<RouteConfig> StaticRoutes { get; } = [];

    public List<RoutingRuleConfig> StaticRules { get; } = [];

    public List<GarpGroupSyntax> GarpGroups { get; } = [];

    public List<InterfaceDelayConfig> Delays { get; } = [];

    public List<LinkbeatConfig> Linkbeats { get; } = [];

    /// <summary>Who uses a name for his VMAC.</summary>
    public Dictionary<string, string> VirtualMacs { get; } = new(StringComparer.Ordinal);

    /// <summary>An interface that has to be there is not.</summary>
    public bool MissesInterface { get; set; }

    /// <summary>The preference of the next rule that has none.</summary>
    public uint NextRulePreference { get; set; } = 16384;

    /// <summary>The number of the last garp_group of several interfaces.</summary>
    public int LastGarpGroup { get; set; }

    // The block that is being read.
    public InstanceSyntax? Instance { get; set; }

    public SyncGroupSyntax? Group { get; set; }

    public TrackScriptSyntax? Script { get; set; }

    public TrackFileSyntax? File { get; set; }

    public TrackProcessSyntax? Process { get; set; }

    public GarpGroupSyntax? GarpGroup { get; set; }

    public string? TrackGroup { get; set; }
}

/// <summary>A vrrp_instance as written.</summary>
internal sealed class InstanceSyntax(string name, SourceSpan at)
{
    public string Name => name;

    public SourceSpan At => at;

    public string? Interface { get; set; }

    /// <summary>The interface is there, or may be missing.</summary>
    public bool HasInterface { get; set; }

    public string? Vrf { get; set; }

    public int RouterId { get; set; }

    public bool? Master { get; set; }

    public string? State { get; set; }

    public int? Priority { get; set; }

    public ulong AdvertMicroseconds { get; set; } = 1_000_000;

    public int Version { get; set; }

    /// <summary>Given by the first address, source or peer; null while nothing has decided it.</summary>
    public AddressFamily? Family { get; set; }

    public bool NativeIpv6 { get; set; }

    public int? DownTimerAdverts { get; set; }

    public AuthenticationKind? Authentication { get; set; }

    public string? Password { get; set; }

    public List<AddressConfig> Addresses { get; } = [];

    public List<AddressConfig> Excluded { get; } = [];

    public List<RouteConfig> Routes { get; } = [];

    public List<RoutingRuleConfig> Rules { get; } = [];

    public bool NoPreempt { get; set; }

    public TimeSpan PreemptDelay { get; set; }

    public bool? Accept { get; set; }

    public bool? Strict { get; set; }

    public bool? SkipAddressCheck { get; set; }

    public bool IgnorePrimaryFault { get; set; }

    public bool LinkbeatPolling { get; set; }

    public bool PromoteSecondaries { get; set; }

    public OldChecksum OldChecksum { get; set; }

    public GarpSyntax Garp { get; } = new();

    public bool? NoAdvertToLower { get; set; }

    public bool? AdvertToHigher { get; set; }

    public IPAddress? Source { get; set; }

    public bool TrackSource { get; set; }

    public IPAddress? Group { get; set; }

    public bool IsUnicast { get; set; }

    public List<UnicastPeerConfig> Peers { get; } = [];

    public int UnicastTtl { get; set; } = -1;

    public bool CheckSource { get; set; }

    public bool FaultWithoutPeers { get; set; }

    public VirtualMacConfig? VirtualMac { get; set; }

    public bool TransmitByBase { get; set; }

    public bool MacForAddresses { get; set; }

    public TrackingSyntax Tracking { get; } = new();

    public NotifySyntax Notify { get; } = new();

    public int ReceiveBuffer { get; set; }

    public string? SyncDaemonInterface { get; set; }

    public SyncGroupSyntax? SyncGroup { get; set; }
}

/// <summary>A vrrp_sync_group as written.</summary>
internal sealed class SyncGroupSyntax(string name, SourceSpan at)
{
    public string Name => name;

    public SourceSpan At => at;

    public List<string>? Names { get; set; }

    public List<InstanceSyntax> Members { get; } = [];

    public TrackingSyntax Tracking { get; } = new();

    public NotifySyntax Notify { get; } = new();

    public bool TrackingWeight { get; set; }
}

/// <summary>What is tracked, by name.</summary>
internal sealed class TrackingSyntax
{
    public List<TrackedInterface> Interfaces { get; set; } = [];

    public List<(TrackScriptSyntax Target, int Weight, bool Reverse)> Scripts { get; set; } = [];

    public List<(TrackFileSyntax Target, int Weight, bool Reverse)> Files { get; set; } = [];

    public List<(TrackProcessSyntax Target, int Weight, bool Reverse)> Processes { get; set; } = [];

    public List<(string Name, int Weight)> BfdInstances { get; } = [];
}

/// <summary>Notifications as written.</summary>
internal sealed class NotifySyntax
{
    public Dictionary<string, ScriptSyntax> Scripts { get; } = new(StringComparer.Ordinal);

    public bool Deleted { get; set; }

    public bool? PriorityChanges { get; set; }

    public bool? SmtpAlert { get; set; }
}

/// <summary>A vrrp_script as written.</summary>
internal sealed class TrackScriptSyntax(string name, SourceSpan at)
{
    public TrackScriptConfig? Config { get; set; }

    public string Name => name;

    public SourceSpan At => at;

    public ScriptSyntax? Script { get; set; }

    public (uint UserId, uint GroupId)? User { get; set; }

    public bool UserFailed { get; set; }

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan Timeout { get; set; }

    public int Weight { get; set; }

    public bool Reverse { get; set; }

    public int Rise { get; set; } = 1;

    public int Fall { get; set; } = 1;

    public bool StartsFailed { get; set; }
}

/// <summary>A track_file as written.</summary>
internal sealed class TrackFileSyntax(string name, SourceSpan at)
{
    public TrackFileConfig? Config { get; set; }

    public string Name => name;

    public SourceSpan At => at;

    public string? Path { get; set; }

    public int Weight { get; set; } = 1;

    public bool Reverse { get; set; }

    public int? Initial { get; set; }

    public bool Overwrite { get; set; }
}

/// <summary>A vrrp_track_process as written.</summary>
internal sealed class TrackProcessSyntax(string name, SourceSpan at)
{
    public TrackProcessConfig? Config { get; set; }

    public string Name => name;

    public SourceSpan At => at;

    public List<string> Words { get; } = [];

    public ParameterMatch? Match { get; set; }

    public bool FullCommand { get; set; }

    public uint Quorum { get; set; } = 1;

    public uint? QuorumMax { get; set; }

    public int? Weight { get; set; }

    public bool Reverse { get; set; }

    public TimeSpan ForkDelay { get; set; }

    public TimeSpan TerminateDelay { get; set; }
}

/// <summary>A garp_group as written.</summary>
internal sealed class GarpGroupSyntax
{
    public GarpGroupSyntax()
    {
    }

    /// <summary>The same group, now with a number: it holds for several interfaces together.</summary>
    public GarpGroupSyntax(int number, GarpGroupSyntax before)
    {
        Number = number;
        Interfaces.AddRange(before.Interfaces);
        (HasDelay, Arp, Neighbour) = (before.HasDelay, before.Arp, before.Neighbour);
    }

    public int Number { get; }

    public List<string> Interfaces { get; } = [];

    public bool HasDelay { get; set; }

    public TimeSpan Arp { get; set; }

    public TimeSpan Neighbour { get; set; }
}

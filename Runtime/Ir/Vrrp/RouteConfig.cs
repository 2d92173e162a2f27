using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>One route (<c>virtual_routes</c>, <c>static_routes</c>); the words are those of ip-route(8).</summary>
public sealed record RouteConfig
{
    /// <summary>The line as written.</summary>
    public required string Line { get; init; }

    /// <summary>The family.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

    /// <summary>Where to; null for the default route.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Bits of the destination.</summary>
    public int PrefixLength { get; init; }

    /// <summary>From where (IPv6 <c>from</c>); null for any.</summary>
    public IPAddress? From { get; init; }

    /// <summary>Bits of the source.</summary>
    public int FromPrefixLength { get; init; }

    /// <summary>The preferred source address (<c>src</c>).</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>One hop, or several (<c>nexthop</c>); none for blackhole and its like.</summary>
    public ValueList<NextHopConfig> Hops { get; init; } = [];

    /// <summary>The table; 254 is main.</summary>
    public uint Table { get; init; } = 254;

    /// <summary>rtnetlink's protocol; 18 is keepalived's.</summary>
    public byte Protocol { get; init; } = 18;

    /// <summary>rtnetlink's scope; null for what the kind of route asks for.</summary>
    public byte? Scope { get; init; }

    /// <summary>rtnetlink's type: 1 unicast, 6 blackhole, 7 unreachable, 8 prohibit, 9 throw ...</summary>
    public byte Type { get; init; } = 1;

    /// <summary>Type of service.</summary>
    public byte Tos { get; init; }

    /// <summary>The metric; null for the kernel's.</summary>
    public uint? Metric { get; init; }

    /// <summary>Metrics (RTAX_*) by number: mtu, window, rtt, advmss, hoplimit, initcwnd ...</summary>
    public ValueList<RouteMetric> Metrics { get; init; } = [];

    /// <summary>Metrics that are locked, one bit each.</summary>
    public uint LockedMetrics { get; init; }

    /// <summary>The congestion control algorithm; null for none.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>IPv6 router preference (<c>pref</c>); null for none.</summary>
    public byte? Preference { get; init; }

    /// <summary>Seconds of life of an IPv6 route (<c>expires</c>); null for ever.</summary>
    public uint? Expires { get; init; }

    /// <summary>Realms, the source's in the upper half; null for none.</summary>
    public uint? Realms { get; init; }

    /// <summary>Where it goes among routes that are alike; null as the kind of route has it: before them, and where it leads nowhere only alone.</summary>
    public RoutePlacement? Placement { get; init; }

    /// <summary>Its interface is not tracked.</summary>
    public bool NoTrack { get; init; }

    /// <summary>The group that tracks it; null for none.</summary>
    public string? TrackGroup { get; init; }

    /// <summary>Where it was written.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>Where a route goes among those to the same destination (ip-route(8) <c>prepend</c>, <c>append</c>, <c>add</c>).</summary>
public enum RoutePlacement
{
    /// <summary>Before them: NLM_F_CREATE alone.</summary>
    Prepend,

    /// <summary>Behind them: NLM_F_CREATE and NLM_F_APPEND.</summary>
    Append,

    /// <summary>Only where there is none: NLM_F_CREATE and NLM_F_EXCL.</summary>
    Add,
}

/// <summary>One hop of a route.</summary>
/// <param name="Gateway">The next router; null where only an interface is named.</param>
/// <param name="Interface">The interface; null where the kernel finds it.</param>
/// <param name="Weight">1 to 256, of several hops.</param>
/// <param name="OnLink">The gateway is taken as reachable on the link.</param>
/// <param name="Realms">Realms of this one of several hops, the source's in the upper half; null for none.</param>
public sealed record NextHopConfig(IPAddress? Gateway, string? Interface, int Weight = 1, bool OnLink = false, uint? Realms = null);

/// <summary>One metric of a route.</summary>
/// <param name="Number">RTAX_*.</param>
/// <param name="Value">In the kernel's unit.</param>
public readonly record struct RouteMetric(int Number, uint Value);

/// <summary>One routing rule (<c>virtual_rules</c>, <c>static_rules</c>); the words are those of ip-rule(8).</summary>
public sealed record RoutingRuleConfig
{
    /// <summary>The line as written.</summary>
    public required string Line { get; init; }

    /// <summary>The family.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

    /// <summary>The source; null for any.</summary>
    public IPAddress? From { get; init; }

    /// <summary>Bits of the source.</summary>
    public int FromPrefixLength { get; init; }

    /// <summary>The destination; null for any.</summary>
    public IPAddress? To { get; init; }

    /// <summary>Bits of the destination.</summary>
    public int ToPrefixLength { get; init; }

    /// <summary>It matches what does not match.</summary>
    public bool Invert { get; init; }

    /// <summary>The preference; null for the kernel's choice.</summary>
    public uint? Preference { get; init; }

    /// <summary>The table that is looked up; 0 where the action is another one.</summary>
    public uint Table { get; init; }

    /// <summary>rtnetlink's action (FR_ACT_*): 1 table, 2 goto, 3 nop, 6 blackhole, 7 unreachable, 8 prohibit.</summary>
    public byte Action { get; init; } = 1;

    /// <summary>The preference of the rule to go on with (<c>goto</c>).</summary>
    public uint? Goto { get; init; }

    /// <summary>The mark and its mask; null for any.</summary>
    public uint? Mark { get; init; }

    /// <summary>The mask of the mark; null for all bits.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>Type of service.</summary>
    public byte Tos { get; init; }

    /// <summary>The incoming interface; null for any.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The outgoing interface; null for any.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>Realms; null for none.</summary>
    public uint? Realms { get; init; }

    /// <summary>Prefix lengths up to this one are not used; null for no limit.</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>The interface group that is not used; null for none.</summary>
    public uint? SuppressGroup { get; init; }

    /// <summary>The tunnel identifier; null for any.</summary>
    public ulong? TunnelId { get; init; }

    /// <summary>First and last uid; null for any.</summary>
    public (uint First, uint Last)? Uids { get; init; }

    /// <summary>The protocol of the packet (<c>ipproto</c>); null for any.</summary>
    public byte? IpProtocol { get; init; }

    /// <summary>First and last source port; null for any.</summary>
    public (ushort First, ushort Last)? SourcePorts { get; init; }

    /// <summary>First and last destination port; null for any.</summary>
    public (ushort First, ushort Last)? DestinationPorts { get; init; }

    /// <summary>The table of the packet's VRF (<c>l3mdev</c>).</summary>
    public bool Layer3Master { get; init; }

    /// <summary>rtnetlink's protocol; 18 is keepalived's.</summary>
    public byte Protocol { get; init; } = 18;

    /// <summary>Its interface is not tracked.</summary>
    public bool NoTrack { get; init; }

    /// <summary>The group that tracks it; null for none.</summary>
    public string? TrackGroup { get; init; }

    /// <summary>Where it was written.</summary>
    public SourceSpan At { get; init; }
}

using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Ir.Ipvs;

/// <summary>A service that IPVS spreads over real servers (<c>virtual_server</c>).</summary>
public sealed record VirtualServerConfig
{
    /// <summary>The address; null for a mark or a group.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port; 0 for all.</summary>
    public int Port { get; init; }

    /// <summary>The firewall mark; null for an address or a group.</summary>
    public uint? Mark { get; init; }

    /// <summary>The group; null for an address or a mark.</summary>
    public VirtualServerGroupConfig? Group { get; init; }

    /// <summary>The name of the group, also where no such group is defined.</summary>
    public string? GroupName { get; init; }

    /// <summary>The family; null where only tunnelled servers could tell.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>The protocol; null for a mark.</summary>
    public ProtocolType? Protocol { get; init; }

    /// <summary>IPVS's scheduler.</summary>
    public string Scheduler { get; init; } = "wlc";

    /// <summary>The scheduler's flags, one bit each: flag-1 to flag-3 of ipvsadm(8).</summary>
    public int SchedulerFlags { get; init; }

    /// <summary>Each packet is scheduled alone (<c>ops</c>).</summary>
    public bool OnePacket { get; init; }

    /// <summary>How packets reach servers that say nothing else.</summary>
    public ForwardingConfig Forwarding { get; init; } = new(ForwardingMethod.Masquerade);

    /// <summary>How long a client stays with his server; null for no persistence.</summary>
    public TimeSpan? PersistenceTimeout { get; init; }

    /// <summary>The mask of clients that count as one, or the prefix length of IPv6; null for the whole address.</summary>
    public uint? PersistenceGranularity { get; init; }

    /// <summary>The persistence engine; null for none.</summary>
    public string? PersistenceEngine { get; init; }

    /// <summary>Servers are not checked while the address is not here (<c>ha_suspend</c>).</summary>
    public bool SuspendsWithoutAddress { get; init; }

    /// <summary>The host name of checks that name none.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>Servers count as failed until a check has said otherwise.</summary>
    public bool Alpha { get; init; }

    /// <summary>Scripts are run at the end too.</summary>
    public bool Omega { get; init; }

    /// <summary>The total weight that is enough.</summary>
    public uint Quorum { get; init; } = 1;

    /// <summary>By how much the quorum has to be passed.</summary>
    public uint Hysteresis { get; init; }

    /// <summary>Run when the quorum is reached.</summary>
    public ScriptCommand? QuorumUp { get; init; }

    /// <summary>Run when it is lost.</summary>
    public ScriptCommand? QuorumDown { get; init; }

    /// <summary>Mail on changes; null for the default.</summary>
    public bool? SmtpAlert { get; init; }

    /// <summary>The server of last resort; null for none.</summary>
    public SorryServerConfig? Sorry { get; init; }

    /// <summary>Weight of servers that name none.</summary>
    public uint Weight { get; init; } = 1;

    /// <summary>A failed server keeps its place with weight 0.</summary>
    public bool InhibitOnFailure { get; init; }

    /// <summary>The name in SNMP; null for none.</summary>
    public string? SnmpName { get; init; }

    /// <summary>Times of checks that name none.</summary>
    public CheckTimes Times { get; init; } = new();

    /// <summary>The servers.</summary>
    public ValueList<RealServerConfig> Servers { get; init; } = [];

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>How packets reach a server.</summary>
/// <param name="Method">The method.</param>
/// <param name="Tunnel">The kind of tunnel; null for another method.</param>
/// <param name="TunnelPort">The port of GUE.</param>
/// <param name="Checksum">Whether the tunnel has checksums.</param>
public sealed record ForwardingConfig(ForwardingMethod Method, TunnelKind? Tunnel = null, int TunnelPort = 0, TunnelChecksum Checksum = TunnelChecksum.None);

/// <summary>The forwarding methods of IPVS.</summary>
public enum ForwardingMethod
{
    /// <summary>NAT.</summary>
    Masquerade,

    /// <summary>DR: by the MAC address.</summary>
    DirectRouting,

    /// <summary>TUN.</summary>
    Tunnel,
}

/// <summary>Kinds of tunnels.</summary>
public enum TunnelKind
{
    /// <summary>IP in IP.</summary>
    IpIp,

    /// <summary>Generic UDP encapsulation.</summary>
    Gue,

    /// <summary>Generic routing encapsulation.</summary>
    Gre,
}

/// <summary>Checksums of a tunnel.</summary>
public enum TunnelChecksum
{
    /// <summary>None.</summary>
    None,

    /// <summary>Of the outer packet.</summary>
    Full,

    /// <summary>Offloaded to the other end.</summary>
    Remote,
}

/// <summary>The server of last resort.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port; 0 for that of the service.</param>
/// <param name="Forwarding">How packets reach it; null for the service's way.</param>
/// <param name="Inhibit">It keeps its place with weight 0.</param>
public sealed record SorryServerConfig(IPAddress Address, int Port, ForwardingConfig? Forwarding = null, bool Inhibit = false);

/// <summary>Addresses and marks that share one set of servers (<c>virtual_server_group</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entries">What belongs to it.</param>
public sealed record VirtualServerGroupConfig(string Name, ValueList<VirtualServerGroupEntry> Entries);

/// <summary>One line of a group.</summary>
/// <param name="First">The first address; null for a mark.</param>
/// <param name="Count">How many addresses from there.</param>
/// <param name="Port">The port.</param>
/// <param name="Mark">The mark; null for addresses.</param>
/// <param name="Family">The family of a mark; null where it is not said.</param>
public sealed record VirtualServerGroupEntry(IPAddress? First, uint Count, int Port, uint? Mark, AddressFamily? Family);

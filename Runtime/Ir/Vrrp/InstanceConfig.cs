using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>One virtual router (<c>vrrp_instance</c>).</summary>
public sealed record InstanceConfig
{
    /// <summary>Its name, as log lines show it in parentheses.</summary>
    public required string Name { get; init; }

    /// <summary>The interface that the operator named.</summary>
    public required string Interface { get; init; }

    /// <summary>The virtual router identifier, 1 to 255.</summary>
    public required int RouterId { get; init; }

    /// <summary>The family of the adverts: that of the first virtual address, or of <c>native_ipv6</c>.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

    /// <summary>2 (RFC 3768) or 3 (RFC 5798).</summary>
    public int Version { get; init; } = 2;

    /// <summary>The wish of the operator: MASTER or BACKUP; it does not decide the election.</summary>
    public bool WantsMaster { get; init; }

    /// <summary>1 to 255; 255 is the owner of the addresses.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Between two adverts; whole seconds with version 2, centiseconds with version 3.</summary>
    public TimeSpan AdvertInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many adverts have to be missed before a backup takes over (<c>down_timer_adverts</c>).</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>Authentication of version 2; null for none.</summary>
    public AuthenticationConfig? Authentication { get; init; }

    /// <summary>Virtual addresses that stand in the adverts, in the order in which they are sent.</summary>
    public ValueList<AddressConfig> Addresses { get; init; } = [];

    /// <summary>Virtual addresses that do not stand in the adverts (<c>virtual_ipaddress_excluded</c>).</summary>
    public ValueList<AddressConfig> ExcludedAddresses { get; init; } = [];

    /// <summary>Routes of the master.</summary>
    public ValueList<RouteConfig> Routes { get; init; } = [];

    /// <summary>Routing rules of the master.</summary>
    public ValueList<RoutingRuleConfig> Rules { get; init; } = [];

    /// <summary>A lower router's adverts are left alone: no preemption.</summary>
    public bool NoPreempt { get; init; }

    /// <summary>How long a backup with a higher priority waits before it preempts, 0 to 1000 s.</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>Whether the master answers for its addresses (RFC 5798 accept mode); null where neither word was written.</summary>
    public bool? Accept { get; init; }

    /// <summary>Whether strict RFC checks hold for this instance.</summary>
    public bool Strict { get; init; }

    /// <summary>An advert from the same master as last time is not compared with our addresses.</summary>
    public bool SkipAddressCheck { get; init; }

    /// <summary>The primary interface may fail without a fault.</summary>
    public bool IgnorePrimaryFault { get; init; }

    /// <summary>The interface's carrier is polled (<c>linkbeat_use_polling</c>).</summary>
    public bool LinkbeatPolling { get; init; }

    /// <summary>Secondary addresses stay when the primary one goes (<c>promote_secondaries</c>).</summary>
    public bool PromoteSecondaries { get; init; }

    /// <summary>Version 3, IPv4: the checksum leaves the pseudo header out (<c>v3_checksum_as_v2</c>).</summary>
    public bool ChecksumWithoutPseudoHeader { get; init; }

    /// <summary>Unicast with the checksum of keepalived before 1.3.6 (<c>old_unicast_checksum</c>); null for automatic.</summary>
    public OldChecksum OldUnicastChecksum { get; init; }

    /// <summary>Counts and delays of gratuitous ARP and neighbour advertisements.</summary>
    public GarpConfig Garp { get; init; } = new();

    /// <summary>The master that hears a lower priority stays quiet (<c>lower_prio_no_advert</c>).</summary>
    public bool NoAdvertToLower { get; init; }

    /// <summary>The master that hears a higher priority sends one more advert before it yields (<c>higher_prio_send_advert</c>).</summary>
    public bool AdvertToHigher { get; init; }

    /// <summary>A master of priority 255 does not look at adverts (<c>owner_ignore_adverts</c>).</summary>
    public bool OwnerIgnoresAdverts { get; init; }

    /// <summary>Where adverts come from and go to.</summary>
    public AdvertPathConfig Path { get; init; } = new();

    /// <summary>A MAC of its own (<c>use_vmac</c>, <c>use_ipvlan</c>); null for none.</summary>
    public VirtualMacConfig? VirtualMac { get; init; }

    /// <summary>What moves the priority or makes a fault.</summary>
    public TrackingConfig Tracking { get; init; } = new();

    /// <summary>What is run and told on changes.</summary>
    public NotifyConfig Notify { get; init; } = new();

    /// <summary>The receive buffer of the socket in bytes (<c>kernel_rx_buf_size</c>); 0 for the default.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>The checksum of IPv4 unicast adverts of version 3 that a peer of an old release sends.</summary>
public enum OldChecksum
{
    /// <summary>The new one, but a peer that sends the old one is recognised and answered alike.</summary>
    Automatic,

    /// <summary>The old one from the start.</summary>
    Always,

    /// <summary>Never the old one.</summary>
    Never,
}

/// <summary>Authentication of version 2 (RFC 2338 5.3.6; removed by RFC 3768, kept by keepalived).</summary>
/// <param name="Kind">PASS or AH.</param>
/// <param name="Secret">The password; 8 bytes at most are used, filled up with zero bytes.</param>
public sealed record AuthenticationConfig(AuthenticationKind Kind, ValueList<byte> Secret);

/// <summary>How adverts are proven.</summary>
public enum AuthenticationKind
{
    /// <summary>The password in clear behind the addresses (type 1).</summary>
    Password = 1,

    /// <summary>IPsec authentication header, HMAC-MD5-96 (type 2, RFC 2402, RFC 2403).</summary>
    Header = 2,
}

/// <summary>Counts and delays of gratuitous ARP (and unsolicited neighbour advertisements) of one instance.</summary>
public sealed record GarpConfig
{
    /// <summary>From the take-over to the second round (<c>garp_master_delay</c>); zero for no second round.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Packets a round for each address (<c>garp_master_repeat</c>).</summary>
    public int Repeat { get; init; } = 5;

    /// <summary>Between two refreshes while master (<c>garp_master_refresh</c>); zero for none.</summary>
    public TimeSpan Refresh { get; init; }

    /// <summary>Packets a refresh for each address.</summary>
    public int RefreshRepeat { get; init; } = 1;

    /// <summary>The second round after an advert of lower priority (<c>garp_lower_prio_delay</c>).</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Packets a round after an advert of lower priority (<c>garp_lower_prio_repeat</c>); 0 for none.</summary>
    public int LowerPriorityRepeat { get; init; } = 5;

    /// <summary>Every interval one packet for each secondary VMAC (<c>vmac_garp_intvl</c>, <c>garp_extra_if</c>); zero for none.</summary>
    public TimeSpan ExtraInterval { get; init; }

    /// <summary><c>garp_extra_if all</c>: for secondary interfaces without VMACs too.</summary>
    public bool ExtraForAll { get; init; }
}

/// <summary>Where the adverts of one instance come from and go to.</summary>
public sealed record AdvertPathConfig
{
    /// <summary>The source address of the operator (<c>mcast_src_ip</c>, <c>unicast_src_ip</c>); null for the interface's first.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Fault when the source address is not there (<c>track_src_ip</c>).</summary>
    public bool TrackSource { get; init; }

    /// <summary>The multicast group; null where unicast peers are set.</summary>
    public IPAddress? Group { get; init; }

    /// <summary>Whether unicast is used (<c>unicast_peer</c> was written, even empty).</summary>
    public bool IsUnicast { get; init; }

    /// <summary>The peers of unicast.</summary>
    public ValueList<UnicastPeerConfig> Peers { get; init; } = [];

    /// <summary>The TTL or hop limit of unicast adverts; -1 for 255 (IPv4: the system's where the interface has no VMAC).</summary>
    public int UnicastTtl { get; init; } = -1;

    /// <summary>Adverts of senders that are no peer are discarded (<c>check_unicast_src</c>).</summary>
    public bool CheckSource { get; init; }

    /// <summary>No peer configured is a fault (<c>unicast_fault_no_peer</c>).</summary>
    public bool FaultWithoutPeers { get; init; }
}

/// <summary>One peer of unicast.</summary>
/// <param name="Address">Where to.</param>
/// <param name="MinTtl">The smallest TTL accepted from it; -1 for any.</param>
/// <param name="MaxTtl">The largest TTL accepted from it; -1 for any.</param>
public sealed record UnicastPeerConfig(IPAddress Address, int MinTtl = -1, int MaxTtl = -1);

/// <summary>An interface with the router's own MAC (RFC 5798 7.3: 00-00-5E-00-01-VRID, 02 for IPv6).</summary>
public sealed record VirtualMacConfig
{
    /// <summary>The interface's name; null for <c>vrrp.VRID</c> (<c>vrrp6.VRID</c>, <c>vrrp4.VRID</c> ... where taken).</summary>
    public string? Name { get; init; }

    /// <summary>The MAC of the operator; null for that of the RFC.</summary>
    public ValueList<byte>? Mac { get; init; }

    /// <summary>Adverts go out by the base interface (<c>vmac_xmit_base</c>).</summary>
    public bool TransmitByBase { get; init; }

    /// <summary>Addresses with other interfaces get VMACs there too (<c>use_vmac_addr</c>).</summary>
    public bool ForAddresses { get; init; }

    /// <summary>An ipvlan in place of a macvlan.</summary>
    public bool IsIpvlan { get; init; }

    /// <summary>The address of the ipvlan; null for none.</summary>
    public AddressConfig? IpvlanAddress { get; init; }

    /// <summary>The mode of the ipvlan: bridge, private or vepa.</summary>
    public IpvlanMode IpvlanMode { get; init; }
}

/// <summary>How an ipvlan's slaves see one another (ip-link(8)).</summary>
public enum IpvlanMode
{
    /// <summary>They reach one another.</summary>
    Bridge,

    /// <summary>They do not.</summary>
    Private,

    /// <summary>By way of the outer switch.</summary>
    Vepa,
}

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Attributes of links (IFLA_*).</summary>
public static class LinkAttribute
{
    /// <summary>The hardware address.</summary>
    public const ushort Address = 1;

    /// <summary>The hardware's broadcast address.</summary>
    public const ushort Broadcast = 2;

    /// <summary>The name.</summary>
    public const ushort Name = 3;

    /// <summary>The MTU.</summary>
    public const ushort Mtu = 4;

    /// <summary>The index of the link below.</summary>
    public const ushort Link = 5;

    /// <summary>The index of the bridge, bond or VRF above.</summary>
    public const ushort Master = 10;

    /// <summary>The operational state of RFC 2863.</summary>
    public const ushort OperationalState = 16;

    /// <summary>Kind and parameters of a virtual link.</summary>
    public const ushort Info = 18;

    /// <summary>Settings by address family.</summary>
    public const ushort FamilySettings = 26;

    /// <summary>What a dump leaves out.</summary>
    public const ushort Mask = 29;

    /// <summary>The kind, in <see cref="Info"/>.</summary>
    public const ushort InfoKind = 1;

    /// <summary>Parameters of the kind, in <see cref="Info"/>.</summary>
    public const ushort InfoData = 2;
}

/// <summary>Attributes of addresses (IFA_*).</summary>
public static class AddressAttribute
{
    /// <summary>The address, of point-to-point links that of the other end.</summary>
    public const ushort Address = 1;

    /// <summary>Our own address.</summary>
    public const ushort Local = 2;

    /// <summary>The label.</summary>
    public const ushort Label = 3;

    /// <summary>The broadcast address.</summary>
    public const ushort Broadcast = 4;

    /// <summary>Lifetimes.</summary>
    public const ushort CacheInfo = 6;

    /// <summary>All flags, 32 bits.</summary>
    public const ushort Flags = 8;
}

/// <summary>Attributes of routes (RTA_*).</summary>
public static class RouteAttribute
{
    /// <summary>Where to.</summary>
    public const ushort Destination = 1;

    /// <summary>From where.</summary>
    public const ushort Source = 2;

    /// <summary>The incoming interface.</summary>
    public const ushort InputInterface = 3;

    /// <summary>The outgoing interface.</summary>
    public const ushort OutputInterface = 4;

    /// <summary>The next router.</summary>
    public const ushort Gateway = 5;

    /// <summary>The metric.</summary>
    public const ushort Priority = 6;

    /// <summary>The source address of our own packets.</summary>
    public const ushort PreferredSource = 7;

    /// <summary>Metrics of the path (RTAX_*).</summary>
    public const ushort Metrics = 8;

    /// <summary>Several hops.</summary>
    public const ushort MultiPath = 9;

    /// <summary>Realms.</summary>
    public const ushort Flow = 11;

    /// <summary>The table, 32 bits.</summary>
    public const ushort Table = 15;

    /// <summary>A next router of another family.</summary>
    public const ushort Via = 18;

    /// <summary>IPv6 router preference.</summary>
    public const ushort Preference = 20;

    /// <summary>Seconds of life.</summary>
    public const ushort Expires = 23;

    /// <summary>Locked metrics, in <see cref="Metrics"/> (RTAX_LOCK).</summary>
    public const ushort MetricLock = 1;

    /// <summary>The congestion control algorithm, in <see cref="Metrics"/> (RTAX_CC_ALGO).</summary>
    public const ushort MetricCongestionControl = 16;
}

/// <summary>Attributes of routing rules (FRA_*).</summary>
public static class RuleAttribute
{
    /// <summary>Where to.</summary>
    public const ushort Destination = 1;

    /// <summary>From where.</summary>
    public const ushort Source = 2;

    /// <summary>The incoming interface.</summary>
    public const ushort InputInterface = 3;

    /// <summary>The rule to go on with.</summary>
    public const ushort Goto = 4;

    /// <summary>The preference.</summary>
    public const ushort Priority = 6;

    /// <summary>The mark.</summary>
    public const ushort Mark = 10;

    /// <summary>Realms.</summary>
    public const ushort Flow = 11;

    /// <summary>The tunnel, 64 bits in network order.</summary>
    public const ushort TunnelId = 12;

    /// <summary>The interface group that is not used.</summary>
    public const ushort SuppressGroup = 13;

    /// <summary>Prefix lengths up to this one are not used.</summary>
    public const ushort SuppressPrefixLength = 14;

    /// <summary>The table, 32 bits.</summary>
    public const ushort Table = 15;

    /// <summary>The mask of the mark.</summary>
    public const ushort MarkMask = 16;

    /// <summary>The outgoing interface.</summary>
    public const ushort OutputInterface = 17;

    /// <summary>The table of the VRF.</summary>
    public const ushort Layer3Master = 19;

    /// <summary>First and last uid.</summary>
    public const ushort Uids = 20;

    /// <summary>Who made it.</summary>
    public const ushort Protocol = 21;

    /// <summary>The protocol of the packet.</summary>
    public const ushort IpProtocol = 22;

    /// <summary>First and last source port.</summary>
    public const ushort SourcePorts = 23;

    /// <summary>First and last destination port.</summary>
    public const ushort DestinationPorts = 24;
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Requests about links: virtual ones made and taken away, switched on, settings by family (RTM_NEWLINK, RTM_DELLINK).</summary>
/// <remarks>Settings of IPv4 go by netlink and not by /proc/sys, which may be read-only in a container.</remarks>
public static class LinkRequest
{
    private const NetlinkFlags Make = NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive;
    private const uint PrivateMode = 1;
    private const ushort Inet4 = 2;
    private const ushort Inet6 = 10;
    private const ushort Inet4Settings = 1;      // IFLA_INET_CONF
    private const ushort Inet6GenerationMode = 8; // IFLA_INET6_ADDR_GEN_MODE
    private const byte NoGeneration = 1;

    /// <summary>All links of the network namespace.</summary>
    /// <param name="conversation">By which they are asked for.</param>
    /// <param name="links">What there is; incomplete after an error.</param>
    public static SysError All(NetlinkConversation conversation, out List<LinkNotice> links)
    {
        var found = links = [];
        return conversation.Dump(DumpAll, found.Clear, (in NetlinkReader message) =>
        {
            if (LinkNotice.Read(message.Body) is { } notice)
            {
                found.Add(notice);
            }
        });
    }

    /// <summary>A dump of all links, without their counters.</summary>
    public static NetlinkMessage DumpAll()
    {
        const uint SkipStatistics = 8;
        return Begin(NetlinkKind.GetLink, NetlinkFlags.Dump, 0).Attribute(LinkAttribute.Mask, SkipStatistics);
    }

    /// <summary>Makes a macvlan in private mode: its siblings do not hear it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="below">The number of the link below.</param>
    /// <param name="mac">Its hardware address.</param>
    public static NetlinkMessage MakeMacvlan(string name, int below, ReadOnlySpan<byte> mac)
    {
        var message = Begin(NetlinkKind.NewLink, Make, 0);
        var info = message.BeginNest(LinkAttribute.Info);
        message.Attribute(LinkAttribute.InfoKind, "macvlan"u8);
        var data = message.BeginNest(LinkAttribute.InfoData);
        message.Attribute(1, PrivateMode).EndNest(data).EndNest(info);
        return message.Attribute(LinkAttribute.Link, (uint)below).Attribute(LinkAttribute.Name, name).Attribute(LinkAttribute.Address, mac);
    }

    /// <summary>Makes an ipvlan of layer 2, switched on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="below">The number of the link below.</param>
    /// <param name="flags">0 bridge, 1 private, 2 vepa.</param>
    public static NetlinkMessage MakeIpvlan(string name, int below, ushort flags)
    {
        var message = Begin(NetlinkKind.NewLink, Make, 0, LinkFlags.Up, LinkFlags.Up);
        message.Attribute(LinkAttribute.Link, (uint)below).Attribute(LinkAttribute.Name, name);
        var info = message.BeginNest(LinkAttribute.Info);
        message.Attribute(LinkAttribute.InfoKind, "ipvlan"u8);
        var data = message.BeginNest(LinkAttribute.InfoData);
        return message.Attribute(1, (ushort)0).Attribute(2, flags).EndNest(data).EndNest(info);
    }

    /// <summary>Gives a link another hardware address.</summary>
    public static NetlinkMessage SetMac(int index, ReadOnlySpan<byte> mac) =>
        Begin(NetlinkKind.NewLink, NetlinkFlags.Acknowledge, index).Attribute(LinkAttribute.Address, mac);

    /// <summary>Switches a link on or off.</summary>
    public static NetlinkMessage SetUp(int index, bool up) =>
        Begin(NetlinkKind.NewLink, NetlinkFlags.Acknowledge, index, up ? LinkFlags.Up : LinkFlags.None, LinkFlags.Up);

    /// <summary>Takes a virtual link away.</summary>
    public static NetlinkMessage Delete(int index) => Begin(NetlinkKind.DeleteLink, NetlinkFlags.Acknowledge, index);

    /// <summary>The link gets no IPv6 address of its own making.</summary>
    public static NetlinkMessage StopAddressGeneration(int index)
    {
        var message = Begin(NetlinkKind.NewLink, NetlinkFlags.Acknowledge, index);
        var families = message.BeginNest(LinkAttribute.FamilySettings);
        var family = message.BeginNest(Inet6);
        return message.Attribute(Inet6GenerationMode, NoGeneration).EndNest(family).EndNest(families);
    }

    /// <summary>Sets the IPv4 settings of a link.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="settings">Numbers of IPV4_DEVCONF_* and values.</param>
    public static NetlinkMessage Configure(int index, params ReadOnlySpan<(Inet4Setting Setting, uint Value)> settings)
    {
        var message = Begin(NetlinkKind.NewLink, NetlinkFlags.Acknowledge, index);
        var families = message.BeginNest(LinkAttribute.FamilySettings);
        var family = message.BeginNest(Inet4);
        var all = message.BeginNest(Inet4Settings);
        foreach (var (setting, value) in settings)
        {
            message.Attribute((ushort)setting, value);
        }

        return message.EndNest(all).EndNest(family).EndNest(families);
    }

    private static NetlinkMessage Begin(
        NetlinkKind kind, NetlinkFlags flags, int index, LinkFlags value = LinkFlags.None, LinkFlags change = LinkFlags.None)
    {
        Span<byte> header = stackalloc byte[16];
        header.Clear();
        MemoryMarshal.Write(header[4..], index);
        MemoryMarshal.Write(header[8..], (uint)value);
        MemoryMarshal.Write(header[12..], (uint)change);
        return new NetlinkMessage(kind, flags).Fixed(header);
    }
}

/// <summary>IPv4 settings of a link (IPV4_DEVCONF_*, the files of /proc/sys/net/ipv4/conf).</summary>
public enum Inet4Setting
{
    /// <summary>rp_filter</summary>
    ReversePathFilter = 8,

    /// <summary>arp_filter</summary>
    ArpFilter = 13,

    /// <summary>arp_ignore</summary>
    ArpIgnore = 19,

    /// <summary>promote_secondaries</summary>
    PromoteSecondaries = 20,

    /// <summary>accept_local</summary>
    AcceptLocal = 23,
}

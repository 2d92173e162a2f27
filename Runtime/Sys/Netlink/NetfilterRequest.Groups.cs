using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Rules about the reports of multicast groups (IGMP, MLD) that a VMAC would send.</summary>
public static partial class NetfilterRequest
{
    private const uint InterfaceType = 20; // the type's number for nft(8): iface_index
    private const uint IsMap = 8;

    /// <summary>Makes a map from the number of a link to that of another one.</summary>
    public static NetlinkMessage MakeInterfaceMap(byte family, string table, string map) =>
        Begin(Of(9), Make, family).Attribute(1, table).Attribute(2, map).AttributeBigEndian(3, IsMap)
            .AttributeBigEndian(4, InterfaceType).AttributeBigEndian(5, 4u).AttributeBigEndian(6, InterfaceType).AttributeBigEndian(7, 4u)
            .AttributeBigEndian(10, 2u).Attribute(13, HostOrder);

    // For nft(8), which shows names of links only where it is told that keys and values are in the machine's order: kind, length, 1 for the machine's.
    private static ReadOnlySpan<byte> HostOrder => [0, 4, 1, 0, 0, 0, 1, 4, 1, 0, 0, 0];

    /// <summary>Adds a link to a map, or takes it out.</summary>
    public static NetlinkMessage ChangeMap(byte family, string table, string map, int from, int to, bool add)
    {
        Span<byte> number = stackalloc byte[4];
        var message = Begin(Of(add ? 12 : 14), add ? Make : NetlinkFlags.Acknowledge, family).Attribute(2, map).Attribute(1, table);
        var all = message.BeginNest(3 | Nested);
        var one = message.BeginNest(Element | Nested);
        var key = message.BeginNest(1 | Nested);
        MemoryMarshal.Write(number, from);
        message.Attribute(1, number).EndNest(key);
        var data = message.BeginNest(2 | Nested);
        MemoryMarshal.Write(number, to);
        return message.Attribute(1, number).EndNest(data).EndNest(one).EndNest(all);
    }

    /// <summary>
    /// Adds a rule: reports of groups (IGMP; MLD version 2) that leave by a macvlan of the map leave by the link that the map names instead,
    /// with that link's MAC.
    /// </summary>
    public static NetlinkMessage RedirectGroupReports(byte family, string table, string chain, string map)
    {
        var message = BeginRule(family, table, chain, out var expressions);
        if (family == 2)
        {
            Payload(message, 1, 9, 1); // the protocol in the IPv4 header
            Compare(message, 0, 2);    // IGMP
            Payload(message, 1, 16, 4);
        }
        else
        {
            Icmp6(message, 143);
            Payload(message, 1, 24, 16);
        }

        LeavesByMacvlan(message, map);
        var copy = BeginExpression(message, "dup", out var data);
        message.AttributeBigEndian(1, 1u).AttributeBigEndian(2, 2u).EndNest(data).EndNest(copy);
        Verdict(message, Drop);
        return message.EndNest(expressions);
    }

    /// <summary>Adds a rule: router solicitations do not leave by a macvlan of the map.</summary>
    public static NetlinkMessage DropRouterSolicitations(string table, string chain, string map)
    {
        var message = BeginRule(10, table, chain, out var expressions);
        Icmp6(message, 133);
        LeavesByMacvlan(message, map);
        Verdict(message, Drop);
        return message.EndNest(expressions);
    }

    private static void Icmp6(NetlinkMessage message, byte type)
    {
        var protocol = BeginExpression(message, "meta", out var data);
        message.AttributeBigEndian(2, 16u).AttributeBigEndian(1, 1u).EndNest(data).EndNest(protocol);
        Compare(message, 0, 58);
        Payload(message, 2, 0, 1);
        Compare(message, 0, type);
    }

    // Goes on where the packet leaves by a macvlan that the map knows; register 2 then holds what the map says.
    private static void LeavesByMacvlan(NetlinkMessage message, string map)
    {
        Span<byte> kind = stackalloc byte[16];
        kind.Clear();
        "macvlan"u8.CopyTo(kind);
        var load = BeginExpression(message, "meta", out var data);
        message.AttributeBigEndian(2, 27u).AttributeBigEndian(1, 2u).EndNest(data).EndNest(load); // the kind of the outgoing link
        var compare = BeginExpression(message, "cmp", out data);
        message.AttributeBigEndian(1, 2u).AttributeBigEndian(2, 0u);
        var operand = message.BeginNest(3 | Nested);
        message.Attribute(1, kind).EndNest(operand).EndNest(data).EndNest(compare);
        load = BeginExpression(message, "meta", out data);
        message.AttributeBigEndian(2, 5u).AttributeBigEndian(1, 2u).EndNest(data).EndNest(load); // its number
        var lookup = BeginExpression(message, "lookup", out data);
        message.AttributeBigEndian(2, 2u).AttributeBigEndian(3, 2u).Attribute(1, map).EndNest(data).EndNest(lookup);
    }
}

using System.Buffers.Binary;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Requests to the packet filter (nf_tables): tables, chains, sets and the few rules that a virtual router needs.</summary>
/// <remarks>
/// Messages stand in a batch between <see cref="BatchBegin"/> and
/// <see cref="BatchEnd"/> and take effect together. Numbers are in network order.
/// </remarks>
public static partial class NetfilterRequest
{
    private const ushort Subsystem = 10;
    private const ushort Nested = 0x8000;
    private const NetlinkFlags Make = NetlinkFlags.Acknowledge | NetlinkFlags.Create;
    private const ushort Element = 1;
    private const uint Drop = 0;
    private const uint Accept = 1;

    /// <summary>Before the first message.</summary>
    public static NetlinkMessage BatchBegin() => Begin(0x10, NetlinkFlags.None, 0, Subsystem);

    /// <summary>Behind the last message.</summary>
    public static NetlinkMessage BatchEnd() => Begin(0x11, NetlinkFlags.None, 0, Subsystem);

    /// <summary>Makes a table, or leaves one that is there.</summary>
    /// <param name="family">2 IPv4, 10 IPv6.</param>
    /// <param name="table">Its name.</param>
    public static NetlinkMessage MakeTable(byte family, string table) => Begin(Of(0), Make, family).Attribute(1, table);

    /// <summary>Takes a table away with all that is in it.</summary>
    public static NetlinkMessage DeleteTable(byte family, string table) => Begin(Of(2), NetlinkFlags.Acknowledge, family).Attribute(1, table);

    /// <summary>Makes a chain of the type filter, policy accept, in front of those of priority 0.</summary>
    /// <param name="family">2 IPv4, 10 IPv6.</param>
    /// <param name="table">The table.</param>
    /// <param name="chain">Its name.</param>
    /// <param name="hook">1 input, 3 output.</param>
    public static NetlinkMessage MakeChain(byte family, string table, string chain, uint hook)
    {
        var message = Begin(Of(3), Make, family).Attribute(1, table).Attribute(3, chain);
        var place = message.BeginNest(4 | Nested);
        return message.AttributeBigEndian(1, hook).AttributeBigEndian(2, unchecked((uint)-1)).EndNest(place)
            .AttributeBigEndian(5, Accept).Attribute(7, "filter");
    }

    /// <summary>Makes a set of addresses.</summary>
    public static NetlinkMessage MakeAddressSet(byte family, string table, string set) =>
        Begin(Of(9), Make, family).Attribute(1, table).Attribute(2, set)
            .AttributeBigEndian(4, family == 2 ? 7u : 8u)  // the type's number for nft(8): ipv4_addr, ipv6_addr
            .AttributeBigEndian(5, AddressBytes(family)).AttributeBigEndian(10, 1u);

    /// <summary>Adds a rule that drops packets to (or from) an address of the set.</summary>
    public static NetlinkMessage DropAddresses(byte family, string table, string chain, string set, bool from)
    {
        var offset = family == 2 ? (from ? 12u : 16u) : (from ? 8u : 24u);
        var message = BeginRule(family, table, chain, out var expressions);
        Payload(message, 1, offset, AddressBytes(family));
        var lookup = BeginExpression(message, "lookup", out var data);
        message.AttributeBigEndian(2, 1u).Attribute(1, set).EndNest(data).EndNest(lookup);
        Verdict(message, Drop);
        return message.EndNest(expressions);
    }

    /// <summary>Adds a rule that lets neighbour solicitations and advertisements pass (ICMPv6 135 and 136).</summary>
    public static NetlinkMessage AcceptNeighbourDiscovery(string table, string chain)
    {
        var message = BeginRule(10, table, chain, out var expressions);
        var protocol = BeginExpression(message, "meta", out var data);
        message.AttributeBigEndian(2, 16u).AttributeBigEndian(1, 1u).EndNest(data).EndNest(protocol);
        Compare(message, 0, 58);
        Payload(message, 2, 0, 1);
        Compare(message, 5, 135); // at least
        Compare(message, 3, 136); // at most
        Verdict(message, Accept);
        return message.EndNest(expressions);
    }

    /// <summary>Adds an address to a set, or takes it out.</summary>
    public static NetlinkMessage ChangeSet(byte family, string table, string set, ReadOnlySpan<byte> address, bool add)
    {
        var message = Begin(Of(add ? 12 : 14), add ? Make : NetlinkFlags.Acknowledge, family).Attribute(2, set).Attribute(1, table);
        var all = message.BeginNest(3 | Nested);
        var one = message.BeginNest(Element | Nested);
        var key = message.BeginNest(1 | Nested);
        return message.Attribute(1, address).EndNest(key).EndNest(one).EndNest(all);
    }

    private static NetlinkMessage BeginRule(byte family, string table, string chain, out int expressions)
    {
        var message = Begin(Of(6), Make | NetlinkFlags.Append, family).Attribute(1, table).Attribute(2, chain);
        expressions = message.BeginNest(4 | Nested);
        return message;
    }

    private static int BeginExpression(NetlinkMessage message, string name, out int data)
    {
        var expression = message.BeginNest(Element | Nested);
        message.Attribute(1, name);
        data = message.BeginNest(2 | Nested);
        return expression;
    }

    // Loads bytes into register 1: of the network header (1) or the transport header (2).
    private static void Payload(NetlinkMessage message, uint header, uint offset, uint length)
    {
        var expression = BeginExpression(message, "payload", out var data);
        message.AttributeBigEndian(1, 1u).AttributeBigEndian(2, header).AttributeBigEndian(3, offset).AttributeBigEndian(4, length)
            .EndNest(data).EndNest(expression);
    }

    // Goes on where the byte in register 1 compares like that: 0 equal, 3 at most, 5 at least.
    private static void Compare(NetlinkMessage message, uint operation, byte value)
    {
        var expression = BeginExpression(message, "cmp", out var data);
        message.AttributeBigEndian(1, 1u).AttributeBigEndian(2, operation);
        var operand = message.BeginNest(3 | Nested);
        message.Attribute(1, [value]).EndNest(operand).EndNest(data).EndNest(expression);
    }

    private static void Verdict(NetlinkMessage message, uint code)
    {
        var expression = BeginExpression(message, "immediate", out var data);
        message.AttributeBigEndian(1, 0u);
        var value = message.BeginNest(2 | Nested);
        var verdict = message.BeginNest(2 | Nested);
        message.AttributeBigEndian(1, code).EndNest(verdict).EndNest(value).EndNest(data).EndNest(expression);
    }

    private static uint AddressBytes(byte family) => family == 2 ? 4u : 16u;

    private static ushort Of(int message) => (ushort)((Subsystem << 8) | message);

    private static NetlinkMessage Begin(ushort kind, NetlinkFlags flags, byte family, ushort resource = 0)
    {
        Span<byte> header = stackalloc byte[4]; // struct nfgenmsg
        header[0] = family;
        header[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], resource);
        return new NetlinkMessage(kind, flags).Fixed(header);
    }
}

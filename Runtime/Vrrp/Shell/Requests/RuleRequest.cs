using System.Runtime.InteropServices;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Shell.Requests;

/// <summary>A routing rule of the configuration as rtnetlink(7) wants it: the same attributes in the same order as keepalived 2.2.7 gives.</summary>
public static class RuleRequest
{
    private const uint Inverted = 2; // FIB_RULE_INVERT

    /// <summary>Makes the rule, which must not be there yet.</summary>
    public static NetlinkMessage Add(RoutingRuleConfig rule) =>
        Write(NetlinkKind.NewRule, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive, rule);

    /// <summary>Takes the rule away.</summary>
    public static NetlinkMessage Remove(RoutingRuleConfig rule) => Write(NetlinkKind.DeleteRule, NetlinkFlags.Acknowledge, rule);

    private static NetlinkMessage Write(NetlinkKind kind, NetlinkFlags flags, RoutingRuleConfig rule)
    {
        Span<byte> header = stackalloc byte[12]; // struct fib_rule_hdr
        header.Clear();
        header[0] = Families.Of(rule.Family);
        header[1] = (byte)rule.ToPrefixLength;
        header[2] = (byte)rule.FromPrefixLength;
        header[3] = rule.Tos;
        header[4] = (byte)(rule.Table <= byte.MaxValue ? rule.Table : 0);
        header[7] = rule.Action;
        MemoryMarshal.Write(header[8..], rule.Invert ? Inverted : 0u);
        var message = new NetlinkMessage(kind, flags).Fixed(header);
        if (rule.Table > byte.MaxValue)
        {
            message.Attribute(RuleAttribute.Table, rule.Table);
        }

        WriteSelectors(message, rule);
        WriteTail(message, rule);
        return message;
    }

    private static void WriteSelectors(NetlinkMessage message, RoutingRuleConfig rule)
    {
        if (rule.From is not null)
        {
            message.Attribute(RuleAttribute.Source, rule.From);
        }

        if (rule.To is not null)
        {
            message.Attribute(RuleAttribute.Destination, rule.To);
        }

        Number(message, RuleAttribute.Priority, rule.Preference);
        Number(message, RuleAttribute.Mark, rule.Mark);
        Number(message, RuleAttribute.MarkMask, rule.MarkMask);
        Number(message, RuleAttribute.Flow, rule.Realms);
        Number(message, RuleAttribute.SuppressPrefixLength, (uint?)rule.SuppressPrefixLength);
        Number(message, RuleAttribute.SuppressGroup, rule.SuppressGroup);
        if (rule.InputInterface is not null)
        {
            message.Attribute(RuleAttribute.InputInterface, rule.InputInterface);
        }

        if (rule.OutputInterface is not null)
        {
            message.Attribute(RuleAttribute.OutputInterface, rule.OutputInterface);
        }

        if (rule.TunnelId is { } tunnel)
        {
            message.AttributeBigEndian(RuleAttribute.TunnelId, tunnel);
        }

        if (rule.Uids is { } uids)
        {
            Span<byte> range = stackalloc byte[8];
            MemoryMarshal.Write(range, uids.First);
            MemoryMarshal.Write(range[4..], uids.Last);
            message.Attribute(RuleAttribute.Uids, range);
        }

        if (rule.Layer3Master)
        {
            message.Attribute(RuleAttribute.Layer3Master, (byte)1);
        }
    }

    private static void WriteTail(NetlinkMessage message, RoutingRuleConfig rule)
    {
        // A rule that is not tracked carries nobody's name, as with keepalived.
        if (!rule.NoTrack)
        {
            message.Attribute(RuleAttribute.Protocol, rule.Protocol);
        }

        if (rule.IpProtocol is { } protocol)
        {
            message.Attribute(RuleAttribute.IpProtocol, protocol);
        }

        Ports(message, RuleAttribute.SourcePorts, rule.SourcePorts);
        Ports(message, RuleAttribute.DestinationPorts, rule.DestinationPorts);
        Number(message, RuleAttribute.Goto, rule.Goto);
    }

    private static void Number(NetlinkMessage message, ushort type, uint? value)
    {
        if (value is { } number)
        {
            message.Attribute(type, number);
        }
    }

    private static void Ports(NetlinkMessage message, ushort type, (ushort First, ushort Last)? ports)
    {
        if (ports is not { } range)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        MemoryMarshal.Write(bytes, range.First);
        MemoryMarshal.Write(bytes[2..], range.Last);
        message.Attribute(type, bytes);
    }
}

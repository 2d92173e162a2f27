using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>Routing rules as dumps and the log write them, whatever words the operator chose (observed with keepalived 2.2.7).</summary>
internal static class RuleText
{
    // ip-rule(8), FR_ACT_*.
    private const byte ToTable = 1, Goto = 2, Nop = 3;

    /// <summary>Which packets it is for, as far as their addresses tell: <c>from all to 10.1.0.0/16</c>.</summary>
    internal static string Addresses(RoutingRuleConfig rule) =>
        "from " + (rule.From is { } from ? RouteText.Prefix(from, rule.FromPrefixLength) : "all") + (rule.To is { } to ? " to " + RouteText.Prefix(to, rule.ToPrefixLength) : "");

    /// <summary>All of it.</summary>
    internal static string Of(RoutingRuleConfig rule)
    {
        var text = new StringBuilder(rule.Invert ? "not " : "").Append(Addresses(rule));
        Append(text, " priority ", rule.Preference);
        text.Append(CultureInfo.InvariantCulture, $" tos 0x{rule.Tos:x}");
        if (rule.Mark is { } mark)
            text.Append(CultureInfo.InvariantCulture, $" fwmark 0x{mark:x}").Append(rule.MarkMask is { } mask && mask != uint.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"/0x{mask:x}") : "");
        if (rule.InputInterface != null)
            text.Append(" iif ").Append(rule.InputInterface);
        if (rule.OutputInterface != null)
            text.Append(" oif ").Append(rule.OutputInterface);
        Append(text, " suppress_prefixlen ", rule.SuppressPrefixLength);
        Append(text, " suppress_ifgroup ", rule.SuppressGroup);
        Append(text, " tunnel-id ", rule.TunnelId);
        if (rule.Uids is { } uids)
            text.Append(CultureInfo.InvariantCulture, $" uidrange {uids.First}-{uids.Last}");
        if (rule.Layer3Master)
            text.Append(" l3mdev");
        if (!rule.NoTrack) // the word takes its place
            text.Append(CultureInfo.InvariantCulture, $" protocol {rule.Protocol}");
        Append(text, " ipproto ", rule.IpProtocol);
        if (rule.SourcePorts is { } source)
            text.Append(CultureInfo.InvariantCulture, $" sport {source.First}-{source.Last}");
        if (rule.DestinationPorts is { } destination)
            text.Append(CultureInfo.InvariantCulture, $" dport {destination.First}-{destination.Last}");
        return text.Append(RouteText.Realms(rule.Realms)).Append(Action(rule)).Append(rule.NoTrack ? " no_track" : "").ToString();
    }

    private static string Action(RoutingRuleConfig rule) => rule.Action switch
    {
        ToTable => string.Create(CultureInfo.InvariantCulture, $" lookup {rule.Table}"),
        Goto => string.Create(CultureInfo.InvariantCulture, $" goto {rule.Goto}"),
        Nop => " nop",
        6 => " type blackhole",
        7 => " type unreachable",
        8 => " type prohibit",
        _ => string.Create(CultureInfo.InvariantCulture, $" type {rule.Action}"),
    };

    private static void Append<T>(StringBuilder text, string word, T? value)
        where T : struct, IFormattable
    {
        if (value is { } number)
            text.Append(word).Append(number.ToString(null, CultureInfo.InvariantCulture));
    }
}

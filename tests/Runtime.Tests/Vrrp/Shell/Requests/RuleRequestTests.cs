using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Shell.Requests;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell.Requests;

/// <summary>Rules as ip(8) shows them; the expected lines are those of keepalived 2.2.7 for the same words.</summary>
public sealed class RuleRequestTests
{
    private static readonly string? s_whyNot = Network.WhyNot();

    [Fact]
    public void A_rule_that_is_not_tracked_carries_no_protocol()
    {
        var rule = From("10.9.1.0/24", 1001) with { Table = 200 };

        (RuleRequest.Add(rule).Length - RuleRequest.Add(rule with { NoTrack = true }).Length).Should().Be(8);
    }

    [SkippableFact]
    public void Rules_stand_in_the_kernel_as_keepalived_puts_them_and_can_be_taken_out()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            Network.Ip("link add eth0 type veth peer name eth1");
            using var conversation = NetlinkConversation.Open(out _)!;
            RoutingRuleConfig[] rules =
            [
                From("10.1.0.0/24", 100) with
                {
                    To = IPAddress.Parse("10.2.0.0"), ToPrefixLength = 16, InputInterface = "eth0", OutputInterface = "eth1", Mark = 16, MarkMask = 255,
                    Tos = 0x10, Table = 300, Realms = 0x50006,
                },
                From("10.3.0.0/24", 101) with { Invert = true, Table = 254, SuppressPrefixLength = 3 },
                From("10.4.0.0/24", 102) with { Action = 2, Goto = 32766 },
                From("10.5.0.0/24", 103) with { Action = 6 },
                From("10.6.0.0/24", 104) with { Action = 8 },
                From("10.7.0.0/24", 105) with { Action = 7 },
                From("10.8.0.0/24", 106) with { Action = 3 },
                Rule(107) with { Uids = (5, 10), IpProtocol = 6, SourcePorts = (80, 90), DestinationPorts = (443, 443), Table = 302 },
                Rule(110) with { TunnelId = 77, Table = 305 },
                From("10.10.0.0/24", 111) with { Table = 306, SuppressGroup = 7 },
                Rule(112) with { Layer3Master = true },
                From("10.11.0.1/32", 113) with { Table = 10000 },
                Rule(108) with { Family = AddressFamily.InterNetworkV6, To = IPAddress.Parse("fd50::"), ToPrefixLength = 64, Table = 303 },
            ];

            foreach (var rule in rules)
                conversation.Execute(RuleRequest.Add(rule)).Text.Should().Be("Success", $"preference {rule.Preference}");

            Shown("rule show").Should().Equal(
                "100: from 10.1.0.0/24 to 10.2.0.0/16 tos 0x10 fwmark 0x10/0xff iif eth0 oif eth1 lookup 300 realms 5/6 proto keepalived",
                "101: not from 10.3.0.0/24 lookup main suppress_prefixlength 3 proto keepalived",
                "102: from 10.4.0.0/24 goto 32766 proto keepalived",
                "103: from 10.5.0.0/24 blackhole proto keepalived",
                "104: from 10.6.0.0/24 prohibit proto keepalived",
                "105: from 10.7.0.0/24 unreachable proto keepalived",
                "106: from 10.8.0.0/24 nop proto keepalived",
                "107: from all uidrange 5-10 ipproto tcp sport 80-90 dport 443 lookup 302 proto keepalived",
                "110: from all tun_id 77 lookup 305 proto keepalived",
                "111: from 10.10.0.0/24 lookup 306 suppress_ifgroup 7 proto keepalived",
                "112: from all lookup [l3mdev-table] proto keepalived",
                "113: from 10.11.0.1 lookup 10000 proto keepalived");
            Shown("-6 rule show").Should().Equal("108: from all to fd50::/64 lookup 303 proto keepalived");

            conversation.Execute(RuleRequest.Add(rules[0])).IsAlreadyThere.Should().BeTrue();
            foreach (var rule in rules)
                conversation.Execute(RuleRequest.Remove(rule)).Text.Should().Be("Success", $"preference {rule.Preference}");
            Shown("rule show").Should().BeEmpty();
            Shown("-6 rule show").Should().BeEmpty();
        });
    }

    private static string[] Shown(string command) =>
        [.. Network.Ip(command).Split('\n').Where(line => line.Contains("keepalived")).Select(line => line.Replace('\t', ' ').Trim())];

    private static RoutingRuleConfig Rule(uint preference) => new() { Line = "", Preference = preference };

    private static RoutingRuleConfig From(string network, uint preference)
    {
        var parsed = IPNetwork.Parse(network);
        return Rule(preference) with { From = parsed.BaseAddress, FromPrefixLength = parsed.PrefixLength };
    }
}

using Dropin.Compat.Keepalived.Texts;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Texts;

/// <summary>Routes and rules in dumps and in the log have the words of keepalived 2.2.7, whatever words the operator chose.</summary>
public sealed class RouteTextTests
{
    [Theory]
    [InlineData("default via 10.77.0.2 dev eth0", "prepend 0.0.0.0/0 via inet 10.77.0.2 dev eth0 proto 18")]
    [InlineData("10.1.1.1 dev eth0", "prepend 10.1.1.1 dev eth0 proto 18")]
    [InlineData("2001:db8:7::/48 via fe80::9 dev eth0 metric 3", "prepend 2001:db8:7::/48 via inet6 fe80::9 dev eth0 proto 18 metric 3")]
    [InlineData("10.60.0.0/16 via 10.77.0.9 dev eth0 src 10.77.0.1 table 7", "prepend 10.60.0.0/16 src 10.77.0.1 via inet 10.77.0.9 dev eth0 table 7 proto 18")]
    [InlineData("src 10.77.0.1 to 10.61.0.0/16 via 10.77.0.9 or 10.77.0.8", "prepend 10.61.0.0/16 src 10.77.0.1 proto 18 nexthop via inet 10.77.0.9 nexthop via inet 10.77.0.8 no_track")]
    [InlineData("blackhole 10.62.0.0/16", "add blackhole 10.62.0.0/16 proto 18 no_track")]
    [InlineData("10.63.0.0/16 nexthop via 10.77.0.2 dev eth0 weight 2 nexthop via 10.77.0.3 dev eth0 weight 1",
        "prepend 10.63.0.0/16 proto 18 nexthop via inet 10.77.0.2 dev eth0 weight 2 nexthop via inet 10.77.0.3 dev eth0 weight 1 no_track")]
    [InlineData("10.21.0.0/16 dev eth0 mtu lock 1300 onlink no_track", "prepend 10.21.0.0/16 dev eth0 onlink mtu lock 1300 no_track")]
    [InlineData("append 10.23.0.0/16 dev eth0", "append 10.23.0.0/16 dev eth0 proto 18")]
    [InlineData("10.27.0.0/16 dev eth0 table local scope host", "prepend 10.27.0.0/16 dev eth0 table 255 proto 18 scope 254")]
    [InlineData("local 10.29.0.0/16 dev eth0", "add local 10.29.0.0/16 dev eth0 proto 18")]
    [InlineData("throw 10.30.0.0/16 metric 0", "add throw 10.30.0.0/16 proto 18 metric 0 no_track")]
    [InlineData("from 2001:db8:5::/48 2001:db8:6::/48 dev eth0 pref high expires 90", "prepend 2001:db8:6::/48 from 2001:db8:5::/48 dev eth0 proto 18 expires 90sec pref high")]
    [InlineData("10.31.0.0/16 via 10.77.0.2 dev eth0 onlink", "prepend 10.31.0.0/16 via inet 10.77.0.2 dev eth0 proto 18 onlink")]
    [InlineData("10.32.0.0/16 dev eth0 scope global realms 5 features ecn", "prepend 10.32.0.0/16 dev eth0 proto 18 scope 0 realm 5 features ecn")]
    public void A_route(string line, string text) => RouteText.Of(Read("virtual_routes", line).Routes.Single()).Should().Be(text);

    [Theory]
    [InlineData("iif eth0 lookup 5 priority 500", "from all priority 500 tos 0x0 iif eth0 protocol 18 lookup 5")]
    [InlineData("from 10.1.0.0/16 to 10.2.0.0/16 lookup 6 priority 501", "from 10.1.0.0/16 to 10.2.0.0/16 priority 501 tos 0x0 protocol 18 lookup 6")]
    [InlineData("not from 10.3.0.0/16 lookup main priority 502", "not from 10.3.0.0/16 priority 502 tos 0x0 protocol 18 lookup 254")]
    [InlineData("from 10.4.0.0/16 tos 4 blackhole priority 506", "from 10.4.0.0/16 priority 506 tos 0x4 protocol 18 type blackhole")]
    [InlineData("from 10.1.0.0/16 oif eth0 lookup 6 priority 601 realms 3/4", "from 10.1.0.0/16 priority 601 tos 0x0 oif eth0 protocol 18 realms 3/4 lookup 6")]
    [InlineData("from 10.2.0.0/16 goto 700 priority 602", "from 10.2.0.0/16 priority 602 tos 0x0 protocol 18 goto 700")]
    [InlineData("from 10.3.0.0/16 nop priority 603", "from 10.3.0.0/16 priority 603 tos 0x0 protocol 18 nop")]
    [InlineData("from 10.4.0.0/16 lookup 5 suppress_prefixlength 3 suppress_ifgroup 4 priority 604",
        "from 10.4.0.0/16 priority 604 tos 0x0 suppress_prefixlen 3 suppress_ifgroup 4 protocol 18 lookup 5")]
    [InlineData("fwmark 7/15 lookup 8 priority 605", "from all priority 605 tos 0x0 fwmark 0x7/0xf protocol 18 lookup 8")]
    [InlineData("uidrange 5-10 lookup 7 priority 606", "from all priority 606 tos 0x0 uidrange 5-10 protocol 18 lookup 7")]
    [InlineData("ipproto tcp dport 7-9 lookup 8 priority 607", "from all priority 607 tos 0x0 protocol 18 ipproto 6 dport 7-9 lookup 8")]
    [InlineData("l3mdev priority 608", "from all priority 608 tos 0x0 l3mdev protocol 18 lookup 0")]
    [InlineData("from 10.6.0.0/16 unreachable priority 610 no_track", "from 10.6.0.0/16 priority 610 tos 0x0 type unreachable no_track")]
    public void A_rule(string line, string text) => RuleText.Of(Read("virtual_rules", line).Rules.Single()).Should().Be(text);

    private static InstanceConfig Read(string block, string line)
    {
        using var folder = new TempDirectory();
        var path = folder.FileNamed("keepalived.conf");
        File.WriteAllText(path, $"vrrp_instance V {{\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {{\n10.77.0.100\n}}\n{block} {{\n{line}\n}}\n}}\n");
        return KeepalivedConfigLoader.Load(path, new KeepalivedLoadOptions { Facts = FixedHost.Read(Repository.PathOf("fixtures/keepalived/probes/environment.txt")) }).Config!.Instances.Single();
    }
}

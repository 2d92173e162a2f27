using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Shell.Requests;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell.Requests;

/// <summary>Routes as ip(8) shows them; the expected lines are those of keepalived 2.2.7 for the same words.</summary>
public sealed class RouteRequestTests
{
    private static readonly string? s_whyNot = Network.WhyNot();

    [Fact]
    public void A_blackhole_is_asked_for_with_the_bytes_of_keepalived()
    {
        var route = new RouteConfig { Line = "", Type = 6, Destination = IPAddress.Parse("10.22.0.0"), PrefixLength = 24 };

        Convert.ToHexString(RouteRequest.Add(route, _ => 0).Bytes).Should().BeEquivalentTo(
            "24000000" + "1800" + "0506" + "0000000000000000" + "02180000fe120006" + "00000000" + "080001000a160000");
        Convert.ToHexString(RouteRequest.Remove(route, _ => 0).Bytes).Should().BeEquivalentTo(
            "24000000" + "1900" + "0500" + "0000000000000000" + "02180000fe12ff06" + "00000000" + "080001000a160000");
    }

    [SkippableFact]
    public void Routes_of_IPv4_stand_in_the_kernel_as_keepalived_puts_them()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            using var kernel = new Kernel();
            kernel.Add(Route("10.40.0.0/24", Via(null)));
            kernel.Add(Route("10.41.0.0/24", Via("10.9.0.2") with { OnLink = true }) with
            {
                PreferredSource = IPAddress.Parse("10.9.0.1"), Table = 300, Metric = 3, Tos = 0x10, CongestionControl = "reno",
                Metrics = [new(2, 1400), new(3, 5000), new(4, 1600), new(8, 1000), new(10, 33), new(11, 10), new(14, 11), new(15, 1)], LockedMetrics = 4,
            });
            kernel.Add(Route("10.43.0.0/24") with { Type = 7, Metric = 9 });
            kernel.Add(Route("10.46.0.0/24", Via("10.9.0.2") with { Weight = 3, OnLink = true }, new NextHopConfig(IPAddress.Parse("10.9.0.3"), null)));
            kernel.Add(Route("0.0.0.0/0", Via("10.9.0.254")) with { Destination = null });
            kernel.Add(Route("10.51.0.0/24", Via("fe80::5")));

            kernel.Shown("route show table all proto 18").Should().BeEquivalentTo(
                "10.41.0.0/24 tos 0x10 via 10.9.0.2 dev eth0 table 300 src 10.9.0.1 metric 3 onlink mtu lock 1400 window 5000 rtt 200ms advmss 1000 "
                    + "hoplimit 33 initcwnd 10 initrwnd 11 quickack 1 congctl reno",
                "default via 10.9.0.254 dev eth0",
                "10.40.0.0/24 dev eth0",
                "unreachable 10.43.0.0/24 metric 9",
                "10.46.0.0/24",
                "nexthop via 10.9.0.2 dev eth0 weight 3 onlink",
                "nexthop via 10.9.0.3 dev eth0 weight 1",
                "10.51.0.0/24 via inet6 fe80::5 dev eth0");
            kernel.RemoveAll();
            kernel.Shown("route show table all proto 18").Should().BeEmpty();
        });
    }

    [Theory]
    [InlineData(1, null, "0504")]
    [InlineData(1, RoutePlacement.Prepend, "0504")]
    [InlineData(1, RoutePlacement.Append, "050C")]
    [InlineData(1, RoutePlacement.Add, "0506")]
    [InlineData(6, null, "0506")]
    [InlineData(6, RoutePlacement.Prepend, "0504")]
    [InlineData(6, RoutePlacement.Append, "050C")]
    [InlineData(6, RoutePlacement.Add, "0506")]
    public void A_place_among_others_is_asked_for_with_the_flags_of_keepalived(byte type, RoutePlacement? placement, string flags) =>
        Convert.ToHexString(RouteRequest.Add(Route("10.50.0.0/24") with { Type = type, Placement = placement }, _ => 0).Bytes[6..8]).Should().Be(flags);

    [SkippableFact]
    public void Places_and_realms_of_routes_are_those_of_the_line()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            using var kernel = new Kernel();
            kernel.Add(Route("10.50.0.0/24", Via("10.9.0.2")));
            kernel.Add(Route("10.50.0.0/24", Via("10.9.0.3")) with { Placement = RoutePlacement.Append });
            kernel.Add(Route("10.50.0.0/24", Via("10.9.0.5")) with { Placement = RoutePlacement.Prepend });
            kernel.Refuses(Route("10.50.0.0/24", Via("10.9.0.4")) with { Placement = RoutePlacement.Add });
            kernel.Add(Route("10.51.0.0/24", Via("10.9.0.2")) with { Realms = 0x50006 });
            kernel.Add(Route("10.52.0.0/24", Via("10.9.0.2")) with { Realms = 7, Metrics = [new(2, 1400)] });
            kernel.Add(Route("10.53.0.0/24", Via("10.9.0.2") with { Weight = 2, OnLink = true, Realms = 0x10002 }, Via("10.9.0.3") with { Realms = 3 }));

            kernel.Shown("route show proto 18").Should().Equal(
                "10.50.0.0/24 via 10.9.0.5 dev eth0",
                "10.50.0.0/24 via 10.9.0.2 dev eth0",
                "10.50.0.0/24 via 10.9.0.3 dev eth0",
                "10.51.0.0/24 via 10.9.0.2 dev eth0 realms 5/6",
                "10.52.0.0/24 via 10.9.0.2 dev eth0 realm 7 mtu 1400",
                "10.53.0.0/24",
                "nexthop via 10.9.0.2 realms 1/2 dev eth0 weight 2 onlink",
                "nexthop via 10.9.0.3 realm 3 dev eth0 weight 1");
        });
    }

    [SkippableFact]
    public void Routes_of_IPv6_stand_in_the_kernel_as_keepalived_puts_them()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            using var kernel = new Kernel();
            kernel.Add(Route("fd40::/64", Via(null)));
            kernel.Add(Route("fd43::/64", Via("fd09::2"), Via("fd09::3") with { Weight = 4 }));
            kernel.Add(Route("fd42::/64") with { Type = 7 });
            kernel.Add(Route("fd44::/64", Via("fe80::5")) with { Table = 301, Metrics = [new(2, 1300)] });
            kernel.Add(Route("fd45::/64", Via("fd09::2")) with { Preference = 1, From = IPAddress.Parse("fd77::"), FromPrefixLength = 64 });

            kernel.Shown("-6 route show table all proto 18").Should().BeEquivalentTo(
                "fd44::/64 via fe80::5 dev eth0 table 301 metric 1024 mtu 1300 pref medium",
                "fd40::/64 dev eth0 metric 1024 pref medium",
                "unreachable fd42::/64 dev lo metric 1024 pref medium",
                "fd43::/64 metric 1024 pref medium",
                "nexthop via fd09::2 dev eth0 weight 1",
                "nexthop via fd09::3 dev eth0 weight 4",
                "fd45::/64 from fd77::/64 via fd09::2 dev eth0 metric 1024 pref high");
            kernel.RemoveAll();
            kernel.Shown("-6 route show table all proto 18").Should().BeEmpty();
        });
    }

    private static NextHopConfig Via(string? gateway) => new(gateway is null ? null : IPAddress.Parse(gateway), "eth0");

    private static RouteConfig Route(string destination, params NextHopConfig[] hops)
    {
        var network = IPNetwork.Parse(destination);
        return new RouteConfig
        {
            Line = destination, Destination = network.BaseAddress, PrefixLength = network.PrefixLength, Hops = [.. hops],
            Family = network.BaseAddress.AddressFamily,
        };
    }

    private sealed class Kernel : IDisposable
    {
        private readonly NetlinkConversation _conversation;
        private readonly List<RouteConfig> _added = [];
        private readonly int _index;

        internal Kernel()
        {
            Network.Ip("link add eth0 type veth peer name eth1");
            Network.Ip("link set eth0 up");
            Network.Ip("link set eth1 up");
            Network.Ip("link set lo up");
            Network.Ip("addr add 10.9.0.1/24 dev eth0");
            Network.Ip("addr add fd09::1/64 dev eth0 nodad");
            _index = int.Parse(Network.Ip("-o link show eth0").Split(':')[0]);
            _conversation = NetlinkConversation.Open(out _)!;
        }

        public void Dispose() => _conversation.Dispose();

        internal void Add(RouteConfig route)
        {
            _conversation.Execute(RouteRequest.Add(route, IndexOf)).Text.Should().Be("Success", route.Line);
            _added.Add(route);
        }

        internal void Refuses(RouteConfig route) => _conversation.Execute(RouteRequest.Add(route, IndexOf)).IsAlreadyThere.Should().BeTrue();

        internal void RemoveAll()
        {
            foreach (var route in _added)
                _conversation.Execute(RouteRequest.Remove(route, IndexOf)).Text.Should().Be("Success", route.Line);
        }

        internal string[] Shown(string command) =>
            [.. Network.Ip(command).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Replace("  ", " "))];

        private int IndexOf(string name) => name == "eth0" ? _index : 0;
    }
}

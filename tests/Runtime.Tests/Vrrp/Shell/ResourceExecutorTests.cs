using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

public sealed class ResourceExecutorTests
{
    private static readonly VirtualResources s_items = new(
        [Bench.At("10.9.0.100", 24), Bench.At("fd09::100", 64)],
        [new RouteConfig { Line = "", Destination = System.Net.IPAddress.Parse("10.20.0.0"), PrefixLength = 24, Hops = [new(System.Net.IPAddress.Parse("10.9.0.2"), "eth0")] }],
        [new RoutingRuleConfig { Line = "", From = System.Net.IPAddress.Parse("10.9.0.0"), FromPrefixLength = 24, Table = 200, Preference = 1000 }]);

    [SkippableFact]
    public void What_goes_in_comes_out_again_in_the_order_of_keepalived()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var executor = new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            var instance = Bench.Instance();

            executor.Add(instance, s_items);
            Bench.Addresses("eth0").Should().Contain(["10.9.0.100/24", "fd09::100/64"]);
            Network.Ip("route").Should().Contain("10.20.0.0/24 via 10.9.0.2 dev eth0 proto keepalived");
            Network.Ip("rule").Should().Contain("1000:");
            executor.IsIn(instance, s_items.Addresses[0]).Should().BeTrue();

            executor.Remove(instance, s_items);
            Bench.Addresses("eth0").Should().NotContain(["10.9.0.100/24", "fd09::100/64"]);
            Network.Ip("route").Should().NotContain("keepalived");
            Network.Ip("rule").Should().NotContain("1000:");

            bench.Log.Should().Equal(
                new VirtualResourcesMoved("VI_1", VirtualResource.Addresses, true), new VirtualResourcesMoved("VI_1", VirtualResource.Routes, true),
                new VirtualResourcesMoved("VI_1", VirtualResource.Rules, true), new VirtualResourcesMoved("VI_1", VirtualResource.Rules, false),
                new VirtualResourcesMoved("VI_1", VirtualResource.Routes, false), new VirtualResourcesMoved("VI_1", VirtualResource.Addresses, false));
        });
    }

    [SkippableFact]
    public void Only_what_somebody_else_takes_away_is_lost()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var executor = new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            var instance = Bench.Instance();
            var lost = new List<string>();
            bench.Monitor.Heard += (in NetlinkReader message) =>
            {
                object? found = message.Kind switch
                {
                    NetlinkKind.DeleteAddress => executor.Lose(AddressNotice.Read(message.Body)!)?.Config.Address,
                    NetlinkKind.DeleteRoute => executor.Lose(RouteNotice.Read(message.Body)!)?.Config.Destination,
                    NetlinkKind.DeleteRule => executor.Lose(RuleNotice.Read(message.Body)!)?.Config.Preference,
                    _ => null,
                };
                if (found is not null) lost.Add(found.ToString()!);
            };

            // Taken out and put in again by ourselves, before the kernel's messages are read.
            executor.Add(instance, s_items);
            executor.Remove(instance, s_items);
            executor.Add(instance, s_items);
            bench.Monitor.Drain();
            lost.Should().BeEmpty();

            Network.Ip("addr del 10.9.0.100/24 dev eth0");
            Network.Ip("addr del fd09::100/64 dev eth0");
            Network.Ip("route del 10.20.0.0/24");
            Network.Ip("rule del priority 1000");
            bench.Until(() => lost.Count == 4);
            lost.Should().Equal("10.9.0.100", "fd09::100", "10.20.0.0", "1000");
            executor.IsIn(instance, s_items.Addresses[0]).Should().BeFalse();
        });
    }

    [SkippableFact]
    public void What_went_while_messages_were_lost_is_found_by_asking()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var executor = new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            executor.Add(Bench.Instance(), s_items);
            executor.FindMissing().Should().BeEmpty();

            Network.Ip("route del 10.20.0.0/24");
            Network.Ip("rule del priority 1000");

            executor.FindMissing().Select(missing => missing.GetType().Name).Should().Equal("HeldRoute", "HeldRule");
            executor.FindMissing().Should().BeEmpty("they are told once");
        });
    }

    [SkippableFact]
    public void What_a_killed_predecessor_left_behind_is_taken_out()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add).Add(Bench.Instance(), s_items);
            Network.Ip("route add 10.20.0.0/24 via 10.9.0.3 dev eth0 metric 7");

            var next = new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            next.RemoveLeftovers(s_items, _ => bench.Interfaces.IndexOf("eth0"));

            Bench.Addresses("eth0").Should().NotContain(["10.9.0.100/24", "fd09::100/64"]).And.Contain("10.9.0.1/24");
            Network.Ip("route").Should().NotContain("keepalived").And.Contain("10.20.0.0/24 via 10.9.0.3 dev eth0 metric 7");
            Network.Ip("rule").Should().NotContain("1000:");
            bench.Log.OfType<NetlinkFailed>().Should().BeEmpty();
        });
    }

    [SkippableFact]
    public void A_refusal_of_the_kernel_is_told_and_the_route_is_not_held()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var executor = new ResourceExecutor(bench.Conversation, bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            var items = s_items with
            {
                Addresses = [], Rules = [],
                Routes = [s_items.Routes[0] with { Hops = [new(System.Net.IPAddress.Parse("172.31.0.1"), "eth0")] }],
            };

            executor.Add(Bench.Instance(), items);

            var failure = bench.Log.OfType<NetlinkFailed>().Should().ContainSingle().Subject;
            (failure.Kind, failure.Error.Text).Should().Be((NetlinkKind.NewRoute, "Network is unreachable"));
        });
    }
}

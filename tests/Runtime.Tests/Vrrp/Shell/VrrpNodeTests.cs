using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

/// <summary>Two of our routers on one cable, each in a network namespace of its own.</summary>
public sealed class VrrpNodeTests
{
    private static readonly InstanceConfig s_router = new()
    {
        Name = "VI_1", Interface = "eth0", RouterId = 51, Version = 3, AdvertInterval = TimeSpan.FromMilliseconds(100), Priority = 200,
        Addresses = [Bench.At("10.9.0.100", 24), Bench.At("10.9.0.101")],
        Garp = new GarpConfig { Repeat = 1, Delay = TimeSpan.Zero },
    };

    public static TheoryData<string> Kinds => ["multicast", "unicast", "IPv6", "VMAC", "VMAC by its base", "IPv6 VMAC"];

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void The_backup_takes_over_when_the_master_stops_and_gives_back_when_it_returns(string kind)
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        var router = Of(kind);
        var address = router.Addresses[0].Address.ToString();
        other.Start(Config(Own(router, 2) with { Priority = 100 }));
        one.Start(Config(Own(router, 1)));

        Host.Until(() => one.State() == VrrpState.Master && other.State() == VrrpState.Backup).Should().BeTrue("the higher priority wins");
        (one.Has(address), other.Has(address)).Should().Be((true, false));

        one.Stop();
        one.Has(address).Should().BeFalse();
        one.Ip("link").Should().NotContain("vrrp");
        Host.Until(() => other.State() == VrrpState.Master, 1000).Should().BeTrue("priority 0 is an invitation");
        Host.Until(() => other.Has(address), 500).Should().BeTrue();

        one.Start(Config(Own(router, 1)));
        Host.Until(() => one.State() == VrrpState.Master && other.State() == VrrpState.Backup).Should().BeTrue("it preempts");
        (one.Has(address), other.Has(address)).Should().Be((true, false));
    }

    [SkippableFact]
    public void An_address_that_somebody_takes_away_makes_the_master_give_up_and_come_back()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router));
        Host.Until(() => one.Has("10.9.0.100")).Should().BeTrue();

        one.Ip("addr del 10.9.0.100/24 dev eth0");

        Host.Until(() => one.Log.OfType<EnteringState>().Any(entered => entered is { State: VrrpState.Backup, IsInitial: false })).Should().BeTrue();
        Host.Until(() => one.Has("10.9.0.100") && one.State() == VrrpState.Master).Should().BeTrue();
        one.Log.OfType<VirtualAddressLost>().Should().ContainSingle().Which.Address.ToString().Should().Be("10.9.0.100");
    }

    [SkippableFact]
    public void What_is_static_is_put_in_again_and_its_interface_is_tracked_by_those_who_track_it()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Ip("link add d0 type veth peer name d1");
        one.Ip("link set d0 up");
        one.Ip("link set d1 up");
        one.Ip("addr add 10.7.0.1/24 dev d0"); // with the last address the kernel takes all routes of an interface, without a word
        var rule = new RoutingRuleConfig { Line = "", From = IPAddress.Parse("10.60.0.0"), FromPrefixLength = 24, Table = 60, Preference = 600 };
        one.Start(Config(s_router) with
        {
            StaticAddresses = [Bench.At("10.8.0.1", 24) with { Interface = "d0", TrackGroup = "T" }, Bench.At("10.8.1.1", 24) with { Interface = "d1" }],
            StaticRoutes = [new RouteConfig { Line = "to 60", Destination = IPAddress.Parse("10.60.0.0"), PrefixLength = 24, Hops = [new(null, "d0")], TrackGroup = "T" }],
            StaticRules = [rule],
            TrackGroups = [new TrackGroupConfig("T", [s_router])],
        });
        Host.Until(() => one.Has("10.9.0.100")).Should().BeTrue();

        foreach (var (removal, shown, text) in ((string, string, string)[])
            [("addr del 10.8.0.1/24 dev d0", "-o addr", "10.8.0.1/24"), ("route del 10.60.0.0/24", "route", "10.60.0.0/24 dev d0"), ("rule del preference 600", "rule", "600:")])
        {
            one.Ip(removal);
            Host.Until(() => one.Ip(shown).Contains(text, StringComparison.Ordinal)).Should().BeTrue(text);
        }
        one.State().Should().Be(VrrpState.Master);

        one.Ip("link set d0 down");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue("what it tracks has no interface to stand on");
        one.Ip("route").Should().NotContain("10.60.0.0/24");
        one.Ip("link set d0 up");
        Host.Until(() => one.State() == VrrpState.Master && one.Ip("route").Contains("10.60.0.0/24", StringComparison.Ordinal)).Should().BeTrue();
        one.Log.OfType<StaticRestored>().Select(restored => (restored.Items.Addresses.Count, restored.Items.Routes.Count, restored.Items.Rules.Count)).Should()
            .Equal((1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 0));
    }

    /// <summary>
    /// The core's times are exact by the simulated clock (ElectionTests); what a loop adds is bounded here. A busy machine may delay any single try, but not
    /// all of them, while a loop that is late by its own making is late in each.
    /// </summary>
    [SkippableFact]
    public void A_master_is_missed_within_20_ms_and_never_too_early()
    {
        const int tries = 40;
        const long bound = 20_000;
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        var best = long.MaxValue;
        for (var i = 0; i < tries && best > bound; i++)
        {
            one.Start(Config(s_router with { AdvertInterval = TimeSpan.FromMilliseconds(50) }));
            var (due, entered) = (0L, 0L);
            one.Do(() =>
            {
                if (one.Node!.Core.Instances[0] is not { State: VrrpState.Backup } router) return; // this thread was away for so long
                due = router.TimerAt;
                one.Node.Logged += happened =>
                {
                    if (happened is EnteringState { State: VrrpState.Master }) entered = MonotonicClock.Microseconds;
                };
            });
            Host.Until(() => one.State() == VrrpState.Master).Should().BeTrue();
            if (due > 0)
            {
                (entered - due).Should().BeGreaterThanOrEqualTo(0, "silence is silence only when its time is over");
                best = Math.Min(best, entered - due);
            }
            one.Stop();
        }
        best.Should().BeLessThanOrEqualTo(bound);
    }

    [SkippableFact]
    public void A_flood_of_broken_packets_changes_no_state_and_costs_no_memory()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router));
        Host.Until(() => one.State() == VrrpState.Master).Should().BeTrue();
        long before = 0, after = 0;
        var (sent, discarded) = (0, 0);
        one.Do(() => one.Node!.Logged += happened => discarded += happened is PacketDiscarded ? 1 : 0);
        one.Log.Clear();

        one.Do(() => before = GC.GetAllocatedBytesForCurrentThread());
        other.Do(() => sent = Flood(4000));
        Host.Until(() => { var done = false; one.Do(() => done = discarded > 100); return done; }).Should().BeTrue();
        one.Do(() => after = GC.GetAllocatedBytesForCurrentThread());

        one.State().Should().Be(VrrpState.Master);
        one.Log.OfType<EnteringState>().Should().BeEmpty();
        sent.Should().Be(4000);
        ((after - before) / (double)discarded).Should().BeLessThan(300, "what is allocated is the test's own list of events");
    }

    // Packets of protocol 112 to the group: lengths, versions, types, identifiers and checksums of all kinds, from a seed.
    private static int Flood(int count)
    {
        var random = new Random(7);
        var options = new RawIpOptions
        {
            Family = AddressFamily.InterNetwork, Protocol = 112, Interface = "eth0", InterfaceIndex = int.Parse(Network.Ip("-o link show eth0").Split(':')[0]),
            Group = IPAddress.Parse("224.0.0.18"),
        };
        using var socket = RawIpSocket.OpenSender(options, out _)!;
        var sent = 0;
        for (var at = 0; at < count; at++)
        {
            var packet = new byte[20 + random.Next(40)];
            random.NextBytes(packet);
            byte[] header = [0x45, 0xc0, 0, 0, 0, 1, 0, 0, (byte)(at % 5 == 0 ? 64 : 255), 112, 0, 0, 10, 9, 0, 2, 224, 0, 0, 18];
            header.CopyTo(packet, 0);
            if (packet.Length > 22 && at % 2 == 0) (packet[20], packet[21]) = (0x31, 51);
            sent += socket.Send(packet, [224, 0, 0, 18], options.InterfaceIndex).IsNone ? 1 : 0;
        }
        return sent;
    }

    [SkippableFact]
    public void More_changes_than_the_kernel_can_keep_for_us_are_caught_up_with()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router with { Routes = [new RouteConfig { Line = "", Destination = IPAddress.Parse("10.20.0.0"), PrefixLength = 24, Hops = [new(IPAddress.Parse("10.9.0.2"), "eth0")] }] }));
        Host.Until(() => one.Ip("route").Contains("10.20.0.0/24")).Should().BeTrue();

        // The loop does nothing else meanwhile: nobody reads what the kernel tells.
        one.Do(() =>
        {
            var batch = Path.GetTempFileName();
            File.WriteAllLines(batch, Enumerable.Range(0, 6000).Select(at => $"addr {(at % 2 == 0 ? "add" : "del")} 10.8.0.1/24 dev lo").Append("route del 10.20.0.0/24"));
            Network.Ip($"-batch {batch}");
            File.Delete(batch);
        });

        Host.Until(() => one.Log.OfType<KernelMessagesLost>().Any()).Should().BeTrue();
        Host.Until(() => one.Log.OfType<EnteringState>().Any(entered => entered is { State: VrrpState.Backup, IsInitial: false })).Should().BeTrue("the route is gone");
        Host.Until(() => one.State() == VrrpState.Master && one.Ip("route").Contains("10.20.0.0/24")).Should().BeTrue();
    }

    [SkippableFact]
    public void A_link_that_goes_down_is_a_fault_until_it_is_up_again()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router));
        Host.Until(() => one.Has("10.9.0.100")).Should().BeTrue();

        one.Ip("link set eth0 down");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue();
        Host.Until(() => !one.Has("10.9.0.100"), 500).Should().BeTrue();
        one.Ip("link set eth0 up");
        Host.Until(() => one.State() == VrrpState.Master && one.Has("10.9.0.100")).Should().BeTrue();

        other.Ip("link set eth0 down");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue("the cable's other end is down: no carrier");
        other.Ip("link set eth0 up");
        Host.Until(() => one.State() == VrrpState.Master && one.Has("10.9.0.100")).Should().BeTrue();
        one.Log.OfType<VirtualAddressLost>().Should().BeEmpty("addresses that went with the link were not taken by somebody");
    }

    [SkippableFact]
    public void An_interface_that_is_deleted_and_made_again_is_used_again()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router));
        Host.Until(() => one.Has("10.9.0.100")).Should().BeTrue();

        one.Ip("link del eth0");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue();
        Host.Connect(one, other);
        Host.Until(() => one.State() == VrrpState.Master && one.Has("10.9.0.100")).Should().BeTrue();
    }

    [SkippableFact]
    public void The_source_address_may_change_and_without_one_there_is_a_fault()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router with { Addresses = [Bench.At("10.9.0.101")] }));
        Host.Until(() => one.State() == VrrpState.Master).Should().BeTrue();

        one.Ip("addr add 10.9.1.7/24 dev eth0");
        one.Ip("addr del 10.9.0.1/24 dev eth0");
        Host.Until(() => Source(one) == "10.9.1.7").Should().BeTrue();
        one.Ip("addr del 10.9.1.7/24 dev eth0");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue();
        one.Ip("addr add 10.9.0.9/24 dev eth0");
        Host.Until(() => one.State() == VrrpState.Master && Source(one) == "10.9.0.9").Should().BeTrue();
    }

    [SkippableFact]
    public void A_reload_keeps_the_addresses_that_stay_and_moves_the_others()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        one.Start(Config(s_router) with { StaticAddresses = [Bench.At("10.9.7.1", 24) with { Interface = "eth0" }] });
        Host.Until(() => one.Has("10.9.0.101")).Should().BeTrue();
        var before = one.Log.Count;

        one.Do(() => one.Node!.Reload(Config(s_router with { Addresses = [s_router.Addresses[0], Bench.At("10.9.0.102")] })));

        Host.Until(() => one.Has("10.9.0.102")).Should().BeTrue();
        (one.Has("10.9.0.100"), one.Has("10.9.0.101"), one.Has("10.9.7.1")).Should().Be((true, false, false));
        one.State().Should().Be(VrrpState.Master);
        one.Log.Skip(before).OfType<EnteringState>().Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(LinkbeatKind.EthTool)]
    [InlineData(LinkbeatKind.Ioctl)]
    [InlineData(null)]
    public void A_carrier_that_is_polled_is_seen_to_go_and_come(LinkbeatKind? kind)
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        var present = true;
        one.Do(() => present = CarrierProbe.ByEthtool("eth0") == true && CarrierProbe.ByFlags("eth0") == true && CarrierProbe.ByMii("eth0") is null);
        present.Should().BeTrue("a virtual Ethernet has a carrier and no MII");
        one.Start(Config(s_router) with { Linkbeats = [new LinkbeatConfig("eth0", kind)] });
        Host.Until(() => one.Has("10.9.0.100")).Should().BeTrue();

        other.Ip("link set eth0 down");
        Host.Until(() => one.State() == VrrpState.Fault).Should().BeTrue();
        one.Do(() => present = CarrierProbe.ByEthtool("eth0") == true || CarrierProbe.ByFlags("eth0") == true);
        present.Should().BeFalse();
        other.Ip("link set eth0 up");
        Host.Until(() => one.State() == VrrpState.Master).Should().BeTrue();
    }

    private static string? Source(Host host)
    {
        string? source = null;
        host.Do(() => source = host.Node!.Core.Instances[0].SourceAddress.ToString());
        return source;
    }

    private static KeepalivedConfig Config(InstanceConfig router) => new() { Global = new GlobalConfig(), Instances = [router] };

    private static InstanceConfig Of(string kind) => kind switch
    {
        "unicast" => s_router with { Path = new AdvertPathConfig { IsUnicast = true } },
        "IPv6" => s_router with { Family = AddressFamily.InterNetworkV6, Addresses = [Bench.At("fe80::100", 64), Bench.At("fd09::100", 64)] },
        "VMAC" => s_router with { VirtualMac = new VirtualMacConfig() },
        "VMAC by its base" => s_router with { VirtualMac = new VirtualMacConfig { TransmitByBase = true } },
        "IPv6 VMAC" => s_router with
        {
            Family = AddressFamily.InterNetworkV6, Addresses = [Bench.At("fe80::100", 64), Bench.At("fd09::100", 64)], VirtualMac = new VirtualMacConfig(),
        },
        _ => s_router,
    };

    private static InstanceConfig Own(InstanceConfig router, int number) => router.Path.IsUnicast
        ? router with
        {
            Path = router.Path with { Source = IPAddress.Parse($"10.9.0.{number}"), Peers = [new UnicastPeerConfig(IPAddress.Parse($"10.9.0.{3 - number}"))] },
        }
        : router;
}

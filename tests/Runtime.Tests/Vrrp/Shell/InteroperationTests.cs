using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

/// <summary>One of our routers and the installed keepalived on one cable.</summary>
public sealed class InteroperationTests
{
    private static readonly InstanceConfig s_v2 = new()
    {
        Name = "VI_1", Interface = "eth0", RouterId = 51, Addresses = [Bench.At("10.9.0.100", 24), Bench.At("10.9.0.101")],
        Garp = new GarpConfig { Repeat = 1, Delay = TimeSpan.Zero },
    };

    private static readonly InstanceConfig s_v3 = s_v2 with { Version = 3, AdvertInterval = TimeSpan.FromMilliseconds(200) };

    private static readonly InstanceConfig s_v6 = s_v3 with
    {
        Family = AddressFamily.InterNetworkV6, Addresses = [Bench.At("fe80::100", 64), Bench.At("fd09::100", 64)],
    };

    private const string Words4 = "virtual_ipaddress {\n 10.9.0.100/24\n 10.9.0.101\n}\n";
    private const string Words6 = "virtual_ipaddress {\n fe80::100/64\n fd09::100/64\n}\n";
    private const string Version3 = "version 3\nadvert_int 0.2\n";

    private static readonly Dictionary<string, (InstanceConfig Ours, string Theirs)> s_rows = new()
    {
        ["version 2"] = (s_v2, Words4),
        ["version 2, PASS"] = (s_v2 with { Authentication = Secret(AuthenticationKind.Password) }, Words4 + "authentication {\n auth_type PASS\n auth_pass secret\n}\n"),
        ["version 2, AH"] = (s_v2 with { Authentication = Secret(AuthenticationKind.Header) }, Words4 + "authentication {\n auth_type AH\n auth_pass secret\n}\n"),
        ["version 2, AH, unicast"] = (
            Unicast(s_v2 with { Authentication = Secret(AuthenticationKind.Header) }, "10.9.0."),
            Words4 + "authentication {\n auth_type AH\n auth_pass secret\n}\nunicast_src_ip 10.9.0.2\nunicast_peer {\n 10.9.0.1\n}\n"),
        ["version 3"] = (s_v3, Version3 + Words4),
        ["version 3, unicast"] = (Unicast(s_v3, "10.9.0."), Version3 + Words4 + "unicast_src_ip 10.9.0.2\nunicast_peer {\n 10.9.0.1\n}\n"),
        ["version 3, VMAC"] = (s_v3 with { VirtualMac = new VirtualMacConfig() }, Version3 + Words4 + "use_vmac\n"),
        ["version 3, VMAC by its base"] = (s_v3 with { VirtualMac = new VirtualMacConfig { TransmitByBase = true } }, Version3 + Words4 + "use_vmac\nvmac_xmit_base\n"),
        ["version 3, IPv6"] = (s_v6, Version3 + Words6),
        ["version 3, IPv6, unicast"] = (Unicast(s_v6, "fd09::"), Version3 + Words6 + "unicast_src_ip fd09::2\nunicast_peer {\n fd09::1\n}\n"),
        ["version 3, IPv6, VMAC"] = (s_v6 with { VirtualMac = new VirtualMacConfig() }, Version3 + Words6 + "use_vmac\n"),
    };

    /// <summary>All rows at once, each with a network of its own: they wait for timers most of the time.</summary>
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_higher_priority_is_master_and_the_other_follows_and_takes_over(bool oursIsHigher)
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Skip.If(Original.WhyNot() is not null, Original.WhyNot());
        var failures = new ConcurrentQueue<string>();
        var threads = s_rows.Keys.Select(row => new Thread(() =>
        {
            try { Prove(row, oursIsHigher); }
            catch (Exception e) { failures.Enqueue($"{row}: {e.Message}"); }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        failures.Should().BeEmpty();
    }

    private static void Prove(string row, bool oursIsHigher)
    {
        var (ours, theirs) = s_rows[row];
        var address = ours.Addresses[0].Address.ToString();
        using var one = new Host();
        using var other = new Host();
        Host.Connect(one, other);
        using var original = new Original(other, Whole(theirs, oursIsHigher ? 100 : 200));
        one.Start(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [ours with { Priority = oursIsHigher ? 200 : 100 }] });

        var (mine, his) = oursIsHigher ? (VrrpState.Master, "BACKUP") : (VrrpState.Backup, "MASTER");
        Host.Until(() => one.State() == mine && original.State() == his && one.Has(address) == oursIsHigher && other.Has(address) != oursIsHigher, 12000)
            .Should().BeTrue($"we are {one.State()}, it says {original.Log}");

        // Four adverts later nothing has changed, and nobody complains.
        Thread.Sleep((int)(4 * ours.AdvertInterval.TotalMilliseconds));
        (one.State(), original.State()).Should().Be((mine, his));
        one.Log.OfType<PacketDiscarded>().Should().BeEmpty();
        one.Log.OfType<NetlinkFailed>().Should().BeEmpty();
        one.Log.OfType<AdvertNotSent>().Should().BeEmpty();
        original.Log.Should().NotContain("invalid").And.NotContain("error").And.NotContain("bogus").And.NotContain("mismatch").And.NotContain("wrong");

        if (oursIsHigher)
        {
            one.Stop();
            Host.Until(() => original.State() == "MASTER" && other.Has(address), 4000).Should().BeTrue("priority 0 is an invitation");
        }
        else
        {
            original.Stop();
            Host.Until(() => one.State() == VrrpState.Master && one.Has(address), 4000).Should().BeTrue("priority 0 is an invitation");
        }
    }

    private static AuthenticationConfig Secret(AuthenticationKind kind) => new(kind, [.. "secret"u8]);

    private static InstanceConfig Unicast(InstanceConfig router, string network) => router with
    {
        Path = new AdvertPathConfig
        {
            IsUnicast = true, Source = IPAddress.Parse(network + "1"), Peers = [new UnicastPeerConfig(IPAddress.Parse(network + "2"))],
        },
    };

    private static string Whole(string words, int priority) =>
        $"vrrp_instance VI_1 {{\ninterface eth0\nvirtual_router_id 51\npriority {priority}\ngarp_master_repeat 1\ngarp_master_delay 0\n{words}}}\n";
}

using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

public sealed class VirtualInterfacesTests
{
    private static readonly KeepalivedConfig s_config = new()
    {
        Global = new GlobalConfig(),
        Instances =
        [
            new InstanceConfig { Name = "VI_4", Interface = "eth0", RouterId = 71, VirtualMac = new VirtualMacConfig() },
            new InstanceConfig { Name = "VI_6", Interface = "eth0", RouterId = 71, Family = AddressFamily.InterNetworkV6, VirtualMac = new VirtualMacConfig() },
        ],
    };

    [SkippableFact]
    public void Secondaries_are_promoted_where_the_operator_wants_it_and_the_setting_is_restored()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var table = new FilterTable(bench.Log.Add);
            var interfaces = new VirtualInterfaces(bench.Conversation, bench.Interfaces, new GroupReportFilter(table), bench.Log.Add);
            var config = new KeepalivedConfig
            {
                Global = new GlobalConfig(),
                Instances = [new InstanceConfig { Name = "V", Interface = "eth0", RouterId = 71, PromoteSecondaries = true }, new InstanceConfig { Name = "W", Interface = "eth1", RouterId = 72 }],
            };
            foreach (var name in (string[])["eth0", "eth1"]) LinkSettings.Write("ipv4", name, "promote_secondaries", 0);
            interfaces.Reconcile(config, new VirtualMacNames(config));
            LinkSettings.Read("ipv4", "eth0", "promote_secondaries").Should().Be(1);
            LinkSettings.Read("ipv4", "eth1", "promote_secondaries").Should().Be(0, "nobody asks for it there");
            interfaces.Reconcile(config, new VirtualMacNames(config));
            interfaces.RemoveAll();
            LinkSettings.Read("ipv4", "eth0", "promote_secondaries").Should().Be(0, "a second look has not taken our own setting for the former one");
        });
    }

    [SkippableFact]
    public void Two_programs_in_one_namespace_share_the_table_and_either_takes_it_away_as_the_original_does()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var second = new FilterTable(bench.Log.Add);
            using (var first = new FilterTable(bench.Log.Add))
            {
                first.Need(2);
                bench.Log.Should().BeEmpty();
                second.Need(2);
                bench.Log.Should().Equal(new OldFilterTableDeleted(IsV4: true));
            }
            second.Execute(NetfilterRequest.MakeChain(2, FilterTable.Name, FilterTable.In, 1)).Should().BeFalse("the table is gone");
            bench.Log.Clear();
            second.Dispose();
            bench.Log.Should().BeEmpty("that it is gone already is no fault");
        });
    }

    [SkippableFact]
    public void VMACs_are_made_with_the_settings_of_keepalived_and_leave_none_behind()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var table = new FilterTable(bench.Log.Add);
            bench.Until(() => bench.Interfaces.Find("eth0")!.Addresses.Any(address => address.Address.IsIPv6LinkLocal)).Should().BeTrue();
            LinkSettings.Write("ipv4", "all", "rp_filter", 1);
            LinkSettings.Write("ipv4", "eth1", "rp_filter", 2);
            var interfaces = new VirtualInterfaces(bench.Conversation, bench.Interfaces, new GroupReportFilter(table), bench.Log.Add);

            interfaces.Reconcile(s_config, new VirtualMacNames(s_config));

            var link4 = Network.Ip("-d link show vrrp.71");
            link4.Should().Contain("00:00:5e:00:01:47").And.Contain("macvlan mode private").And.Contain("vrrp.71@eth0").And.Contain("addrgenmode none").And.Contain(",UP");
            Network.Ip("-d link show vrrp6.71").Should().Contain("00:00:5e:00:02:47").And.Contain("macvlan mode private").And.Contain(",UP");
            Bench.Addresses("vrrp6.71").Should().ContainSingle().Which.Should().StartWith("fe80:", "adverts come from the link-local address of the interface below");
            Settings("vrrp.71").Should().Be((1, 0, 1, 0, 1));
            Settings("eth0").Should().Be((1, 1, 1, 1, 0), "what all.rp_filter said is written to the interface");
            LinkSettings.Read("ipv4", "all", "rp_filter").Should().Be(0);
            LinkSettings.Read("ipv4", "eth1", "rp_filter").Should().Be(2);
            LinkSettings.Read("ipv6", "vrrp.71", "disable_ipv6").Should().Be(1);
            bench.Log.Should().Contain(new VirtualInterfaceMade("VI_4", "vrrp.71", VirtualInterfaceOutcome.Made, false)).And.Contain(new ReversePathFilterLowered(1));

            interfaces.RemoveAll();
            Network.Ip("link").Should().NotContain("vrrp");
            (LinkSettings.Read("ipv4", "eth0", "arp_ignore"), LinkSettings.Read("ipv4", "eth0", "arp_filter")).Should().Be((0, 0));
        });
    }

    [SkippableFact]
    public void A_VMAC_that_a_killed_predecessor_left_is_found_and_one_that_does_not_fit_is_made_anew()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var table = new FilterTable(bench.Log.Add);
            Network.Ip("link add vrrp.71 link eth0 address 00:00:5e:00:01:47 type macvlan mode private");
            Network.Ip("link add vrrp6.71 link eth0 address 00:00:5e:00:02:47 type macvlan mode bridge");
            bench.Monitor.Drain();
            var interfaces = new VirtualInterfaces(bench.Conversation, bench.Interfaces, new GroupReportFilter(table), bench.Log.Add);

            interfaces.Reconcile(s_config, new VirtualMacNames(s_config));

            bench.Log.OfType<VirtualInterfaceMade>().Select(made => (made.Interface, made.Outcome)).Should().Equal(
                ("vrrp.71", VirtualInterfaceOutcome.Found), ("vrrp6.71", VirtualInterfaceOutcome.Made));
            Network.Ip("-d link show vrrp6.71").Should().Contain("macvlan mode private");
            interfaces.RemoveAll();
        });
    }

    [SkippableFact]
    public void A_VMAC_is_made_when_the_interface_below_it_appears()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var table = new FilterTable(bench.Log.Add);
            var config = s_config with { Instances = [s_config.Instances[0] with { Interface = "eth7" }] };
            var interfaces = new VirtualInterfaces(bench.Conversation, bench.Interfaces, new GroupReportFilter(table), bench.Log.Add);
            interfaces.Reconcile(config, new VirtualMacNames(config));
            bench.Log.Should().BeEmpty();

            Network.Ip("link add eth7 type veth peer name eth8");
            bench.Monitor.Drain();
            interfaces.Reconcile(config, new VirtualMacNames(config));

            Network.Ip("link show vrrp.71").Should().Contain("vrrp.71@eth7");
            interfaces.RemoveAll();
        });
    }

    [SkippableFact]
    public void Reports_of_groups_do_not_leave_with_the_virtual_MAC()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            bench.Until(() => bench.Interfaces.Find("eth0")!.Addresses.Any(address => address.Address.IsIPv6LinkLocal)).Should().BeTrue();
            using var table = new FilterTable(bench.Log.Add);
            var interfaces = new VirtualInterfaces(bench.Conversation, bench.Interfaces, new GroupReportFilter(table), bench.Log.Add);
            interfaces.Reconcile(s_config, new VirtualMacNames(s_config));
            bench.Log.OfType<PacketFilterFailed>().Should().BeEmpty();
            using var wire = new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)0x0300) { Blocking = false };

            using var group4 = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            group4.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership,
                new MulticastOption(System.Net.IPAddress.Parse("224.0.0.18"), bench.Interfaces.IndexOf("vrrp.71")));
            using var group6 = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            group6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership,
                new IPv6MulticastOption(System.Net.IPAddress.Parse("ff02::12"), bench.Interfaces.IndexOf("vrrp6.71")));

            var seen = new HashSet<string>();
            bench.Until(() => { Reports(wire, seen); return seen.Count >= 2; }).Should().BeTrue("both groups are reported");
            seen.Should().BeEquivalentTo("IGMP 02000A000001", "MLD 02000A000001");
            interfaces.RemoveAll();
        });
    }

    // Reports that leave the host, with their source MAC; VMACs and the other end of the cable show up too.
    private static void Reports(Socket wire, HashSet<string> seen)
    {
        var room = new byte[2048];
        while (wire.Receive(room, SocketFlags.None, out var error) is > 0 and var count && error == SocketError.Success)
        {
            var frame = room.AsSpan(0, count);
            var groups4 = frame[12] == 8 && frame[23] == 2 && frame.IndexOf((byte[])[224, 0, 0, 18]) > 0;
            var groups6 = frame[12] == 0x86 && count > 62 && frame[62] == 143 && frame.IndexOf((byte[])[0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12]) > 0;
            if (groups4) seen.Add("IGMP " + Convert.ToHexString(frame[6..12]));
            if (groups6) seen.Add("MLD " + Convert.ToHexString(frame[6..12]));
        }
    }

    private static (int?, int?, int?, int?, int?) Settings(string link) => (
        LinkSettings.Read("ipv4", link, "arp_ignore"), LinkSettings.Read("ipv4", link, "arp_filter"), LinkSettings.Read("ipv4", link, "accept_local"),
        LinkSettings.Read("ipv4", link, "rp_filter"), LinkSettings.Read("ipv4", link, "promote_secondaries"));
}

using System.Net.Sockets;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

public sealed class SocketPoolTests
{
    private static RouterAddress Address(string text) => RouterAddress.From(System.Net.IPAddress.Parse(text));

    private static AdvertChannel Multicast4(string link) => new(link, AddressFamily.InterNetwork, false, false, Address("224.0.0.18"));

    private static AdvertChannel Multicast6(string link) => new(link, AddressFamily.InterNetworkV6, false, false, Address("ff02::12"));

    [SkippableFact]
    public void An_IPv4_advert_arrives_with_the_header_that_we_wrote()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var received = new List<(AdvertChannel, string)>();
            var pool = new SocketPool(bench.Loop, bench.Interfaces, (AdvertChannel channel, in AdvertEnvelope _, ReadOnlySpan<byte> bytes) =>
                received.Add((channel, Convert.ToHexString(bytes))));
            pool.Reconcile([Multicast4("eth0"), Multicast4("eth1")], _ => 0, bench.Log.Add);
            var datagram = Convert.FromHexString("45c0002000050000ff7000000a090001e0000012" + "2133c80100019988" + "0a090064");

            pool.Send(Multicast4("eth0"), Address("10.9.0.1"), Address("224.0.0.18"), 255, datagram).Text.Should().Be("Success");

            bench.Until(() => received.Count > 0).Should().BeTrue("it comes by the cable");
            var (at, hex) = received.Should().ContainSingle("multicast does not come back to the sender").Subject;
            at.Interface.Should().Be("eth1");
            hex.Remove(20, 4).Should().BeEquivalentTo("45c0002000050000ff700a090001e0000012" + "2133c80100019988" + "0a090064", "only the kernel's checksum is added");
            hex.Substring(20, 4).Should().NotBe("0000");
            pool.CloseAll();
        });
    }

    [SkippableFact]
    public void An_IPv6_advert_arrives_with_source_destination_hops_and_the_checksum_of_the_kernel()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            Network.Ip("addr add fe80::77/64 dev eth0 nodad");
            bench.Monitor.Drain();
            var received = new List<(AdvertEnvelope Envelope, string Bytes)>();
            var pool = new SocketPool(bench.Loop, bench.Interfaces, (AdvertChannel _, in AdvertEnvelope envelope, ReadOnlySpan<byte> bytes) =>
                received.Add((envelope, Convert.ToHexString(bytes))));
            pool.Reconcile([Multicast6("eth0"), Multicast6("eth1")], _ => 0, bench.Log.Add);
            var message = Convert.FromHexString("313dc80100320000" + "fe800000000000000000000000000100");

            pool.Send(Multicast6("eth0"), Address("fe80::77"), Address("ff02::12"), 255, message).Text.Should().Be("Success");

            bench.Until(() => received.Count > 0).Should().BeTrue("it comes by the cable");
            var (envelope, hex) = received.Should().ContainSingle().Subject;
            envelope.Should().Be(new AdvertEnvelope(Address("fe80::77"), Address("ff02::12"), 255));
            hex.Should().StartWith("313DC8010032").And.EndWith("FE800000000000000000000000000100");
            hex.Substring(12, 4).Should().NotBe("0000");
            pool.CloseAll();
        });
    }

    [SkippableFact]
    public void A_socket_is_opened_when_its_interface_appears_and_anew_when_it_is_made_anew()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var pool = new SocketPool(bench.Loop, bench.Interfaces, (AdvertChannel _, in AdvertEnvelope _, ReadOnlySpan<byte> _) => { });
            var channel = Multicast4("eth7");

            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            pool.Open.Should().BeEmpty();
            pool.Send(channel, Address("10.9.0.1"), Address("224.0.0.18"), 255, new byte[28]).IsNoDevice.Should().BeTrue();

            Network.Ip("link add eth7 type veth peer name eth8");
            bench.Monitor.Drain();
            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            pool.Open.Should().ContainSingle();

            Network.Ip("link del eth7");
            Network.Ip("link add eth7 type veth peer name eth8");
            bench.Monitor.Drain();
            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            pool.Open.Should().ContainSingle();
            bench.Log.OfType<SocketsOpened>().Select(opened => opened.InterfaceIndex).Should().OnlyHaveUniqueItems().And.HaveCount(2);

            pool.Reconcile([], _ => 0, bench.Log.Add);
            pool.Open.Should().BeEmpty();
        });
    }

    [SkippableFact]
    public void Unicast_waits_for_its_source_address()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            var pool = new SocketPool(bench.Loop, bench.Interfaces, (AdvertChannel _, in AdvertEnvelope _, ReadOnlySpan<byte> _) => { });
            var channel = new AdvertChannel("eth0", AddressFamily.InterNetwork, false, true, Address("10.9.0.50"));

            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            bench.Log.OfType<SocketsFailed>().Should().ContainSingle("the same failure is told once").Which.Error.IsAddressNotAvailable.Should().BeTrue();

            Network.Ip("addr add 10.9.0.50/24 dev eth0");
            pool.Reconcile([channel], _ => 0, bench.Log.Add);
            pool.Open.Should().ContainSingle();
            pool.CloseAll();
        });
    }
}

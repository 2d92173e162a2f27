using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Shell.Events;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

public sealed class AcceptFilterTests
{
    private static readonly VirtualResources s_items = new([Bench.At("10.9.0.100", 24), Bench.At("fd09::100", 64)], [], []);

    [SkippableFact]
    public void Packets_for_the_addresses_are_dropped_while_they_are_blocked_and_others_are_not()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            Network.Ip("addr add 10.9.0.100/24 dev eth0");
            Network.Ip("addr add fd09::100/64 dev eth0 nodad");
            var instance = Bench.Instance(Bench.Router() with { Accept = false });
            Reaches("10.9.0.100").Should().BeTrue();
            Reaches("fd09::100").Should().BeTrue();

            using (var table = new FilterTable(bench.Log.Add))
            {
                var filter = new AcceptFilter(table, bench.Log.Add);
                filter.Block(instance, s_items);
                bench.Log.Should().Equal(new VirtualResourcesMoved("VI_1", VirtualResource.DropRule, true));
                (IsDropped("10.9.0.100"), IsDropped("fd09::100")).Should().Be((true, true));
                (Reaches("10.9.0.1"), Reaches("fd09::1")).Should().Be((true, true));

                filter.Unblock(instance, s_items);
                (Reaches("10.9.0.100"), Reaches("fd09::100")).Should().Be((true, true));
                filter.Block(instance, s_items);
                (IsDropped("10.9.0.100"), IsDropped("fd09::100")).Should().Be((true, true));

                // As after a kill: the table is still there when the next one makes its own.
                using var next = new FilterTable(bench.Log.Add);
                new AcceptFilter(next, bench.Log.Add).Block(instance, s_items with { Addresses = [s_items.Addresses[1]] });
                (IsDropped("10.9.0.100"), IsDropped("fd09::100")).Should().Be((true, true));
            }

            bench.Log.Clear();
            (Reaches("10.9.0.100"), Reaches("fd09::100")).Should().Be((true, true), "the table is gone");
        });
    }

    [Theory]
    [InlineData(100, null, false, false)]
    [InlineData(100, null, true, true)]
    [InlineData(100, true, true, false)]
    [InlineData(100, false, false, true)]
    [InlineData(255, false, true, false)]
    public void Owners_and_routers_that_accept_are_let_alone(int priority, bool? accept, bool strict, bool applies) =>
        AcceptFilter.Applies(new InstanceConfig { Name = "", Interface = "", RouterId = 1, Priority = priority, Accept = accept, Strict = strict }).Should().Be(applies);

    private static bool Reaches(string address) => Arrives(address, 5_000_000);

    private static bool IsDropped(string address) => !Arrives(address, 50_000);

    private static bool Arrives(string text, int microseconds)
    {
        var address = IPAddress.Parse(text);
        using var receiver = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(address, 0));
        using var sender = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            sender.SendTo(new byte[1], receiver.LocalEndPoint!);
        }
        catch (SocketException)
        {
            return false; // the filter drops it on its way out
        }
        return receiver.Poll(microseconds, SelectMode.SelectRead);
    }
}

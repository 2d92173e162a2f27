using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

public sealed class GarpSenderTests
{
    private static readonly AddressConfig[] s_addresses = [Bench.At("10.9.0.100"), Bench.At("fd09::100", 64), Bench.At("10.9.0.101")];

    [SkippableFact]
    public void The_whole_list_is_announced_as_often_as_asked_for()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var wire = Wire();
            using var sender = new GarpSender(bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            sender.Open().IsNone.Should().BeTrue();

            sender.Announce(new Announce(Bench.Instance(), [.. s_addresses], 2, AnnounceReason.BecameMaster), _ => true);

            Announced(wire).Should().Equal("10.9.0.100", "fd09::100", "10.9.0.101", "10.9.0.100", "fd09::100", "10.9.0.101");
        });
    }

    [SkippableFact]
    public void An_address_that_is_not_in_the_kernel_is_left_out()
    {
        Skip.If(Bench.WhyNot is not null, Bench.WhyNot);
        Network.Run(() =>
        {
            using var bench = new Bench();
            using var wire = Wire();
            using var sender = new GarpSender(bench.Interfaces, (_, _) => "eth0", bench.Log.Add);
            sender.Open();

            sender.Announce(new Announce(Bench.Instance(), [.. s_addresses], 1, AnnounceReason.BecameMaster), address => address != s_addresses[0]);

            Announced(wire).Should().Equal("fd09::100", "10.9.0.101");
        });
    }

    // Everything that comes in at eth1 (and everything else): ETH_P_ALL in network order.
    private static Socket Wire() => new(AddressFamily.Packet, SocketType.Raw, (ProtocolType)0x0300) { Blocking = false };

    private static List<string> Announced(Socket wire)
    {
        var seen = new List<string>();
        var room = new byte[2048];
        while (wire.Receive(room, SocketFlags.None, out var error) is > 0 and var count && error == SocketError.Success)
        {
            var frame = room.AsSpan(0, count);
            if (count == 42 && frame[12] == 8 && frame[13] == 6)
                seen.Add(new System.Net.IPAddress(frame[28..32]).ToString());
            else if (count == 86 && frame[12] == 0x86 && frame[54] == 136)
                seen.Add(new System.Net.IPAddress(frame[22..38]).ToString());
        }
        // Each frame is seen twice: as it leaves eth0 and as it comes in at eth1.
        return [.. seen.Where((_, at) => at % 2 == 0)];
    }
}

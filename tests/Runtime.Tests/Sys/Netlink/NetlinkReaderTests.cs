using System.Net;
using Dropin.Runtime.Sys.Netlink;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Netlink;

public sealed class NetlinkReaderTests
{
    // RTM_NEWADDR of 10.9.0.100/24, label eth0:1, secondary, link 2, and RTM_NEWLINK of a macvlan, as the kernel sent them.
    private static readonly byte[] s_address = Convert.FromHexString(
        "50000000140000000500000001000000" + "0218810002000000" + "080001000a090064" + "080002000a090064" + "0b000300657468303a310000"
        + "0800080081000000" + "14000600ffffffffffffffff0100000001000000");

    private static readonly byte[] s_link = Convert.FromHexString(
        "60000000100000000000000000000000" + "0000010003000000431001" + "0000000000" + "0c000300767272702e373100" + "08000400dc050000" + "0800050002000000"
        + "0a00010000005e0001470000" + "18001200" + "0c0001006d6163766c616e00" + "0800020004000100");

    [Fact]
    public void An_address_is_read()
    {
        var reader = new NetlinkReader(s_address);

        reader.Next().Should().BeTrue();
        reader.Kind.Should().Be(NetlinkKind.NewAddress);
        AddressNotice.Read(reader.Body).Should().Be(new AddressNotice
        {
            Index = 2, Address = IPAddress.Parse("10.9.0.100"), Peer = IPAddress.Parse("10.9.0.100"), PrefixLength = 24,
            Flags = AddressFlags.Secondary | AddressFlags.Permanent, Label = "eth0:1",
        });
        reader.Next().Should().BeFalse();
    }

    [Fact]
    public void A_link_is_read()
    {
        var reader = new NetlinkReader(s_link);

        reader.Next().Should().BeTrue();
        var link = LinkNotice.Read(reader.Body)!;
        (link.Index, link.Name, link.Kind, link.Below, link.Mtu, link.HardwareType).Should().Be((3, "vrrp.71", "macvlan", 2, 1500, 1));
        link.Mac.ToString().Should().Be("00005E000147");
        link.IsRunning.Should().BeTrue();
    }

    [Fact]
    public void Two_messages_of_one_datagram_are_read_one_after_the_other()
    {
        var reader = new NetlinkReader([.. s_address, .. s_link]);

        reader.Next().Should().BeTrue();
        reader.Next().Should().BeTrue();
        reader.Kind.Should().Be(NetlinkKind.NewLink);
    }

    [Fact]
    public void What_is_cut_off_anywhere_is_read_without_harm()
    {
        foreach (var whole in (byte[][])[s_address, s_link])
            for (var length = 0; length < whole.Length; length++)
            {
                new NetlinkReader(whole.AsSpan(0, length)).Next().Should().BeFalse("the header gives the whole length");
                var body = whole.AsSpan(0, length)[Math.Min(16, length)..];
                AddressNotice.Read(body);
                LinkNotice.Read(body);
                RouteNotice.Read(body);
            }
    }

    [Fact]
    public void Every_byte_may_lie()
    {
        foreach (var whole in (byte[][])[s_address, s_link])
            for (var at = 0; at < whole.Length; at++)
                foreach (var value in (byte[])[0, 1, 3, 0x7f, 0xff])
                {
                    var changed = whole.ToArray();
                    changed[at] = value;
                    var reader = new NetlinkReader(changed);
                    while (reader.Next())
                    {
                        AddressNotice.Read(reader.Body);
                        LinkNotice.Read(reader.Body);
                        RouteNotice.Read(reader.Body);
                    }
                }
    }
}

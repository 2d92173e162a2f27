using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Shell.Requests;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell.Requests;

public sealed class AddressRequestTests
{
    private static readonly string? s_whyNot = Network.WhyNot();

    [Fact]
    public void A_labelled_address_is_asked_for_with_the_bytes_of_keepalived()
    {
        var address = new AddressConfig { Address = IPAddress.Parse("10.9.0.100"), PrefixLength = 24, Label = "eth0:1" };

        Convert.ToHexString(AddressRequest.Add(address, 2).Bytes).Should().BeEquivalentTo(
            "2c000000" + "1400" + "0500" + "0000000000000000" + "0218000002000000" + "080002000a090064" + "0b000300657468303a310000");
        Convert.ToHexString(AddressRequest.Remove(address, 2).Bytes).Should().BeEquivalentTo(
            "28000000" + "1500" + "0500" + "0000000000000000" + "0218000002000000" + "080002000a090064" + "080001000a090064");
    }

    [Fact]
    public void An_address_of_IPv6_that_is_not_preferred_is_asked_for_with_the_bytes_of_keepalived()
    {
        var address = new AddressConfig { Address = IPAddress.Parse("fd09::100"), PrefixLength = 64, PreferredLifetime = 0 };

        Convert.ToHexString(AddressRequest.Add(address, 2).Bytes).Should().BeEquivalentTo(
            "48000000" + "1400" + "0500" + "0000000000000000" + "0a40000002000000" + "1400060000000000ffffffff0000000000000000"
            + "14000200fd090000000000000000000000000100" + "0800080002000000");
    }

    [SkippableFact]
    public void Addresses_stand_on_the_link_as_keepalived_puts_them_and_can_be_taken_off()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            Network.Ip("link add eth0 type veth peer name eth1");
            var index = int.Parse(Network.Ip("-o link show eth0").Split(':')[0]);
            using var conversation = NetlinkConversation.Open(out _)!;
            AddressConfig[] addresses =
            [
                At("10.9.5.1", 24) with { Broadcast = IPAddress.Parse("10.9.5.200"), Scope = 200, Label = "eth0:x" },
                At("10.9.6.1", 24) with { Flags = 0x200 },
                At("10.9.8.1", 32) with { Peer = IPAddress.Parse("10.9.8.2") },
                At("fd66::1", 64) with { PreferredLifetime = 0 },
                At("fd67::1", 64) with { Flags = 0x10 },
            ];

            foreach (var address in addresses)
                conversation.Execute(AddressRequest.Add(address, index)).Text.Should().Be("Success", address.Address.ToString());

            Shown().Should().BeEquivalentTo(
                "inet 10.9.5.1/24 brd 10.9.5.200 scope site eth0:x",
                "inet 10.9.6.1/24 scope global noprefixroute eth0",
                "inet 10.9.8.1 peer 10.9.8.2/32 scope global eth0",
                "inet6 fd66::1/64 scope global nodad deprecated",
                "inet6 fd67::1/64 scope global nodad home");
            conversation.Execute(AddressRequest.Add(addresses[0], index)).IsAlreadyThere.Should().BeTrue();
            foreach (var address in addresses)
                conversation.Execute(AddressRequest.Remove(address, index)).Text.Should().Be("Success", address.Address.ToString());
            Shown().Should().BeEmpty();
            conversation.Execute(AddressRequest.Remove(addresses[0], index)).IsAddressNotAvailable.Should().BeTrue();
        });
    }

    private static AddressConfig At(string address, int length) => new() { Address = IPAddress.Parse(address), PrefixLength = length };

    private static string[] Shown() =>
        [.. Network.Ip("addr show dev eth0").Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("inet", StringComparison.Ordinal))];
}

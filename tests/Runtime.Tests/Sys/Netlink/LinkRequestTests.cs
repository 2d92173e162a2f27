using Dropin.Runtime.Sys.Netlink;
using FluentAssertions;
using Xunit;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Sys.Netlink;

public sealed class LinkRequestTests
{
    private static readonly string? s_whyNot = Network.WhyNot();

    [Fact]
    public void A_macvlan_is_asked_for_with_the_bytes_of_keepalived()
    {
        var bytes = LinkRequest.MakeMacvlan("vrrp.71", 2, [0, 0, 0x5e, 0, 1, 0x47]).Bytes.ToArray();

        Convert.ToHexString(bytes).Should().BeEquivalentTo(
            "5c000000" + "1000" + "0506" + "0000000000000000" + "00000000000000000000000000000000"
            + "1c001200" + "0b0001006d6163766c616e00" + "0c000200" + "0800010001000000"
            + "0800050002000000" + "0c000300767272702e373100" + "0a00010000005e0001470000");
    }

    [SkippableFact]
    public void A_macvlan_is_made_switched_on_configured_and_taken_away()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            Network.Ip("link add eth0 type veth peer name eth1");
            using var conversation = NetlinkConversation.Open(out _)!;
            var below = Links(conversation)["eth0"].Index;

            conversation.Execute(LinkRequest.MakeMacvlan("vrrp.71", below, [0, 0, 0x5e, 0, 1, 0x47])).IsNone.Should().BeTrue();
            var made = Links(conversation)["vrrp.71"];
            (made.Kind, made.MacvlanMode, made.Below, made.Mac.ToString()).Should().Be(("macvlan", 1, below, "00005E000147"));

            conversation.Execute(LinkRequest.SetUp(below, up: true)).IsNone.Should().BeTrue();
            conversation.Execute(LinkRequest.SetUp(made.Index, up: true)).IsNone.Should().BeTrue();
            Links(conversation)["vrrp.71"].Flags.Should().HaveFlag(LinkFlags.Up);

            conversation.Execute(LinkRequest.Configure(made.Index, (Inet4Setting.ArpIgnore, 1u), (Inet4Setting.AcceptLocal, 1u))).IsNone.Should().BeTrue();
            conversation.Execute(LinkRequest.StopAddressGeneration(made.Index)).IsNone.Should().BeTrue();
            LinkSettings.Read("ipv4", "vrrp.71", "arp_ignore").Should().Be(1);
            LinkSettings.Read("ipv4", "vrrp.71", "accept_local").Should().Be(1);
            LinkSettings.Read("ipv6", "vrrp.71", "addr_gen_mode").Should().Be(1);

            conversation.Execute(LinkRequest.MakeMacvlan("vrrp.71", below, [0, 0, 0x5e, 0, 1, 0x47])).IsAlreadyThere.Should().BeTrue();
            conversation.Execute(LinkRequest.Delete(made.Index)).IsNone.Should().BeTrue();
            conversation.Execute(LinkRequest.Delete(made.Index)).IsNoDevice.Should().BeTrue();
            Links(conversation).Should().NotContainKey("vrrp.71");
        });
    }

    [SkippableFact]
    public void The_kernel_tells_of_links_that_change()
    {
        Skip.If(s_whyNot is not null, s_whyNot);
        Network.Run(() =>
        {
            using var monitor = NetlinkSocket.Open(out _, nonBlocking: true, NetlinkGroup.Link)!;
            Network.Ip("link add eth0 type veth peer name eth1");

            var room = new byte[32 * 1024];
            var names = new List<string>();
            while (monitor.Receive(room, out var count).IsNone)
            {
                var reader = new NetlinkReader(room.AsSpan(0, count));
                while (reader.Next())
                    names.Add(LinkNotice.Read(reader.Body)!.Name);
            }
            names.Should().Contain(["eth0", "eth1"]);
            monitor.Receive(room, out _).IsAgain.Should().BeTrue();
        });
    }

    private static Dictionary<string, LinkNotice> Links(NetlinkConversation conversation)
    {
        var links = new Dictionary<string, LinkNotice>();
        conversation.Dump(LinkRequest.DumpAll, links.Clear, (in NetlinkReader message) =>
        {
            var link = LinkNotice.Read(message.Body)!;
            links[link.Name] = link;
        }).IsNone.Should().BeTrue();
        return links;
    }
}

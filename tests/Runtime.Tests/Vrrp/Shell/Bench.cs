using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

/// <summary>In a network namespace of its own: two Ethernet links that are the ends of one cable, eth0 with addresses; and what the shell's parts need.</summary>
internal sealed class Bench : IDisposable
{
    internal Bench()
    {
        Network.Ip("link set lo up");
        Network.Ip("link add eth0 address 02:00:0a:00:00:01 type veth peer name eth1");
        Network.Ip("link set eth0 up");
        Network.Ip("link set eth1 up");
        Network.Ip("addr add 10.9.0.1/24 dev eth0");
        Network.Ip("addr add fd09::1/64 dev eth0 nodad");
        // What is sent by one end carries an address of this host and must be taken at the other end all the same.
        foreach (var name in (string[])["all", "eth0", "eth1"])
        {
            LinkSettings.Write("ipv4", name, "rp_filter", 0);
            LinkSettings.Write("ipv4", name, "accept_local", 1);
        }
        Loop = new Loop(0, 16384, 64);
        Conversation = NetlinkConversation.Open(out _)!;
        Monitor = KernelMonitor.Open(Loop, out _)!;
        Interfaces = new InterfaceTable(Conversation);
        Monitor.Heard += (in NetlinkReader message) => Interfaces.Hear(message);
        Interfaces.Refresh();
    }

    internal static string? WhyNot { get; } = Network.WhyNot();

    internal Loop Loop { get; }

    internal NetlinkConversation Conversation { get; }

    internal KernelMonitor Monitor { get; }

    internal InterfaceTable Interfaces { get; }

    internal List<VrrpEvent> Log { get; } = [];

    internal static InstanceState Instance(InstanceConfig? config = null) =>
        new(new VrrpCore(new KeepalivedConfig { Global = new GlobalConfig() }), config ?? Router());

    internal static InstanceConfig Router() => new() { Name = "VI_1", Interface = "eth0", RouterId = 51 };

    internal static AddressConfig At(string address, int length = 32) => new() { Address = IPAddress.Parse(address), PrefixLength = length };

    internal static string[] Addresses(string link) =>
        [.. Network.Ip($"-o addr show dev {link}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])];

    /// <summary>Turns the loop until something holds, 5 s at most.</summary>
    internal bool Until(Func<bool> holds)
    {
        var end = Environment.TickCount64 + 5000;
        while (!holds() && Environment.TickCount64 < end)
            Loop.Turn(20);
        return holds();
    }

    public void Dispose()
    {
        Monitor.Close(Loop);
        Conversation.Dispose();
        Loop.Dispose();
    }
}

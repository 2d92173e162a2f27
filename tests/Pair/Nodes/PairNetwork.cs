using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Tests.Support.Networks;

namespace Dropin.Pair.Nodes;

/// <summary>The switch of one pair with what stands beside the two nodes: both web servers and the client.</summary>
internal sealed class PairNetwork : Network
{
    public const string Virtual = "192.168.219.253", FirstAddress = "192.168.219.125", SecondAddress = "192.168.219.126";

    private readonly WebServer[] _webs;
    private readonly int _clientLink;

    public PairNetwork()
    {
        try
        {
            _webs = [Web("web01", "192.168.219.128"), Web("web02", "192.168.219.129")];
            Client = Host("client", "192.168.219.10");
            _clientLink = int.Parse(Shell.Try("ip", ["-n", Client.Namespace, "-o", "link", "show", "eth0"]).Output.Split(':')[0], CultureInfo.InvariantCulture);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Node Client { get; }

    /// <summary>Waits until a node has just sent an advert, so that an event falls at the same place of its second each time; false when none comes in 3 s.</summary>
    public bool AwaitAdvert(string from)
    {
        using var socket = Client.Inside(() => RawIpSocket.OpenReceiver(
            new RawIpOptions { Family = AddressFamily.InterNetwork, Protocol = 112, InterfaceIndex = _clientLink, Group = IPAddress.Parse("224.0.0.18") }, out var error)
            ?? throw new InvalidOperationException($"VRRP cannot be listened to: {error.Text}"));
        Span<byte> packet = stackalloc byte[256], source = stackalloc byte[4];
        IPAddress.Parse(from).TryWriteBytes(source, out _);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(3); Thread.Sleep(2))
            while (socket.Receive(packet, out _).IsNone)
                if (packet[12..16].SequenceEqual(source)) return true;
        return false;
    }

    /// <summary>Stops the web servers; the namespaces go with <see cref="Network.Dispose"/>.</summary>
    public void StopWebs()
    {
        foreach (var web in _webs) web.Dispose();
    }

    private WebServer Web(string name, string address)
    {
        var web = new WebServer(Host(name, address), name, address);
        web.Up();
        return web;
    }
}

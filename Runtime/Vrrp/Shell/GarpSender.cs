using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Arp;
using Dropin.Runtime.Protocols.NeighbourDiscovery;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Sends gratuitous ARP and unsolicited neighbour advertisements, at once. Delays and limits of the rate are timers of the core.</summary>
internal sealed class GarpSender(InterfaceTable interfaces, Func<InstanceState, AddressConfig, string> placeOf, Action<VrrpEvent> log) : IDisposable
{
    private const int Ethernet = 1;

    private readonly byte[] _frame = new byte[NeighbourAdvertisement.Size];
    private LinkPacketSocket? _arp;
    private LinkPacketSocket? _neighbour;

    /// <summary>Opens the sockets in the network namespace of the calling thread.</summary>
    internal SysError Open()
    {
        _arp = LinkPacketSocket.Open(GratuitousArp.EtherType, out var error);
        if (error.IsNone)
        {
            _neighbour = LinkPacketSocket.Open(NeighbourAdvertisement.EtherType, out error);
        }

        return error;
    }

    /// <summary>Sends the whole list, and again as often as the effect says.</summary>
    /// <param name="effect">What to send.</param>
    /// <param name="isIn">Whether an address is in the kernel: one that the kernel refused is not announced.</param>
    internal void Announce(Announce effect, Func<AddressConfig, bool> isIn)
    {
        for (var round = 0; round < effect.Repeat; round++)
        {
            foreach (var address in effect.Addresses)
            {
                if (!isIn(address))
                {
                    continue;
                }

                var name = placeOf(effect.Instance, address);
                if (round == 0)
                {
                    log(new AnnouncementQueued(effect.Instance.Name, name, address.Address));
                }

                Send(name, address.Address);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _arp?.Dispose();
        _neighbour?.Dispose();
    }

    private void Send(string name, IPAddress address)
    {
        if (interfaces.Find(name) is not { Notice.HardwareType: Ethernet } link || (link.Notice.Flags & LinkFlags.NoArp) != 0)
        {
            return; // the loopback and tunnels have no neighbours to tell
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var isV4 = length == 4;
        var size = isV4
            ? GratuitousArp.Write(_frame, link.Notice.Mac.GetAddressBytes(), bytes[..4])
            : NeighbourAdvertisement.Write(
                _frame, link.Notice.Mac.GetAddressBytes(), bytes, isRouter: LinkSettings.Read("ipv6", BaseOf(link).Name, "forwarding") is > 0);
        var error = (isV4 ? _arp! : _neighbour!).Send(_frame.AsSpan(0, size), link.Index);
        log(error.IsNone ? new AnnouncementSent(name, address) : new AnnouncementFailed(name, address, error));
    }

    // Whether the host forwards is set at the interface below a VMAC.
    private Link BaseOf(Link link) => link.Notice.Kind is "macvlan" or "ipvlan" && interfaces.Find(link.Notice.Below) is { } below ? below : link;
}

using System.Net.Sockets;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Datagrams find their instance by socket and VRID.</summary>
public sealed partial class VrrpCore
{
    private readonly PacketDiscarded _discarded = new("");

    /// <summary>Datagrams that were too short to name a virtual router, or named none of ours.</summary>
    public ulong UnreadablePackets { get; private set; }

    /// <summary>Adverts of virtual routers that are not ours.</summary>
    public ulong UnknownRouterIds { get; private set; }

    /// <summary>A datagram came by a socket.</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">Which socket; one of <see cref="Channels"/>.</param>
    /// <param name="envelope">What the kernel told beside it (IPv6).</param>
    /// <param name="datagram">IPv4: from the IP header on, as raw sockets give it. IPv6: the VRRP message.</param>
    public void Receive(long now, AdvertChannel channel, in AdvertEnvelope envelope, ReadOnlySpan<byte> datagram)
    {
        if (!_started) return;
        NoteLateTurn(now);
        var problem = channel.Family == AddressFamily.InterNetworkV6
            ? AdvertReader.ReadV6(datagram, envelope.Source, envelope.Destination, envelope.HopLimit, out var packet)
            : AdvertReader.ReadV4(datagram, out packet);
        if (problem != AdvertProblem.None)
        {
            UnreadablePackets++;
            Effects.Add(_discarded.Fill(problem, datagram.Length, 0, envelope.Source));
            return;
        }
        if (FindInstance(channel, packet) is { } instance)
        {
            instance.Receive(now, packet);
            return;
        }
        UnknownRouterIds++;
        if (Config.Global.LogUnknownRouterIds) Effects.Add(new UnknownRouterId(channel.Interface ?? "", packet.RouterId, packet.Source));
    }

    // Unicast may have one VRID several times, with other peers each.
    private InstanceState? FindInstance(AdvertChannel channel, in AdvertPacket packet)
    {
        InstanceState? found = null;
        foreach (var instance in _instances)
        {
            if (instance.Config.RouterId != packet.RouterId || instance.Channel != channel) continue;
            if (!instance.Config.Path.IsUnicast || instance.HasPeer(packet.Source)) return instance;
            found ??= instance;
        }
        return found;
    }
}

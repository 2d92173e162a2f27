using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Making adverts.</summary>
public sealed partial class InstanceState
{
    private ushort _identification;

    private void SendAdverts(int priority)
    {
        Counters.AdvertsSent++;
        if (UsesHeader) Sequence++;
        if (++_identification == 0) _identification = 1;
        if (!Config.Path.IsUnicast) SendAdvert(priority, Channel.Address, AdvertFormat.Ttl);
        else
            foreach (var peer in _peers) SendAdvert(priority, peer, Config.Path.UnicastTtl < 0 ? AdvertFormat.Ttl : Config.Path.UnicastTtl);
    }

    private void SendAdvert(int priority, RouterAddress destination, int ttl)
    {
        var start = IsV6 ? 0 : AdvertFormat.Ipv4HeaderBytes + (UsesHeader ? AdvertFormat.HeaderBytes : 0);
        var datagram = new byte[start + AdvertFormat.MessageBytes(Config.Version, IsV6, _announced.Length)];
        var message = datagram.AsSpan(start);
        var interval = AdvertInterval / (Config.Version == 2 ? Microseconds.Second : Microseconds.Second / 100);
        var kind = Config.Version == 2 && Config.Authentication is { } authentication ? authentication.Kind : default;
        AdvertWriter.WriteMessage(message, Config.Version, Config.RouterId, priority, _announced, (int)interval, (int)kind,
            kind == AuthenticationKind.Password ? Secret : []);
        if (Config.Version == 2 || (!IsV6 && Config.ChecksumWithoutPseudoHeader)) AdvertWriter.WritePlainChecksum(message);
        else AdvertWriter.WriteChecksum(message, SourceAddress, UsesOldChecksum && Config.Path.IsUnicast && !IsV6 ? OldDestination : destination);
        if (!IsV6)
        {
            AdvertWriter.WriteIpv4(datagram, UsesHeader ? AdvertFormat.HeaderProtocol : AdvertFormat.Protocol, _identification, ttl, SourceAddress, destination);
            if (UsesHeader) AuthenticationHeader.Write(datagram, Secret, Sequence, Config.Path.IsUnicast);
        }
        _core.Effects.Add(new SendAdvert(Channel, this, SourceAddress, destination, ttl, datagram));
    }
}

using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Makes another router's adverts, right ones and wrong ones.</summary>
internal sealed record Advert
{
    public int? RouterId { get; init; }

    public int? Version { get; init; }

    public int? Interval { get; init; }

    public int Ttl { get; init; } = 255;

    public string? Destination { get; init; }

    public string[]? Addresses { get; init; }

    public int? Kind { get; init; }

    public byte[] Password { get; init; } = [];

    public uint Sequence { get; init; }

    public byte[] For(InstanceConfig config, int priority, RouterAddress source)
    {
        var v6 = config.Family == AddressFamily.InterNetworkV6;
        var version = Version ?? config.Version;
        var addresses = Addresses is { } named ? [.. named.Select(Router.A)] : config.Addresses.Select(a => RouterAddress.From(a.Address)).ToArray();
        var kind = Kind ?? (int)(config.Authentication?.Kind ?? 0);
        var start = v6 ? 0 : 20 + (kind == 2 ? 24 : 0);
        var datagram = new byte[start + AdvertFormat.MessageBytes(version, v6, addresses.Length)];
        var message = datagram.AsSpan(start);
        var interval = Interval ?? (int)(config.AdvertInterval.TotalSeconds * (version == 2 ? 1 : 100));
        AdvertWriter.WriteMessage(message, version, RouterId ?? config.RouterId, priority, addresses, interval, kind, kind == 1 ? Password : []);
        var destination = Router.A(Destination ?? (v6 ? "ff02::12" : config.Path.IsUnicast ? "10.9.0.1" : "224.0.0.18"));
        if (version == 2) AdvertWriter.WritePlainChecksum(message);
        else AdvertWriter.WriteChecksum(message, source, destination);
        if (v6) return datagram;
        AdvertWriter.WriteIpv4(datagram, kind == 2 ? 51 : 112, 7, Ttl, source, destination);
        if (kind == 2) AuthenticationHeader.Write(datagram, Password, Sequence, config.Path.IsUnicast);
        return datagram;
    }
}

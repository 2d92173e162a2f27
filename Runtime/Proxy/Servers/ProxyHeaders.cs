using Dropin.Runtime.Protocols.ProxyProtocol;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The PROXY protocol header in front of a connection to a server (<c>send-proxy</c>, <c>send-proxy-v2</c>).</summary>
internal static class ProxyHeaders
{
    internal static void Write(Http1End end, Stream stream, int version)
    {
        var client = stream.Session.Client;
        ref readonly var local = ref client.Local;
        var header = new ProxyHeader
        {
            HasAddresses = client.Peer.AddressBytes.Length > 0 && client.Peer.Family == local.Family,
            Source = client.Peer.AddressBytes,
            SourcePort = client.Peer.Port,
            Destination = local.AddressBytes,
            DestinationPort = local.Port,
        };
        Span<byte> bytes = stackalloc byte[ProxyHeaderWriter.MostBytes];
        var length = version == 1 ? ProxyHeaderWriter.WriteText(bytes, header) : ProxyHeaderWriter.WriteBinary(bytes, header);
        end.WriteRaw(bytes[..length]);
    }
}

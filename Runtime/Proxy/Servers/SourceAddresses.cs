using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The local address of a connection to a server (<c>source</c>).</summary>
internal static class SourceAddresses
{
    /// <summary>The address; empty where the system chooses.</summary>
    internal static SocketAddress128 Of(ServerState server, Stream stream)
    {
        var source = server.Config.Source ?? server.Backend.Config.Source;
        if (source is null)
        {
            return default;
        }

        if (source.UseClient != 0)
        {
            var client = stream.Session.Client.Peer;
            if (source.UseClient == 2)
            {
                client.SetPort(0);
            }

            return client;
        }

        return SocketAddress128.From(source.Address.Address, source.Address.Port);
    }
}

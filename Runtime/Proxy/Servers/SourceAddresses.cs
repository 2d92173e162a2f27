using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

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

    /// <summary>Starts a connection from an address of ours. The answer is that of <see cref="Connector.Start"/>.</summary>
    internal static int Connect(
        Loop loop, ServerState server, ServerConnection link, in SocketAddress128 address, SocketAddress128 source, bool hasFirstWord)
    {
        var options = server.Connecting with { SpeaksFirst = server.Connecting.SpeaksFirst && hasFirstWord };
        var search = new SourcePortSearch(server);
        while (true)
        {
            if (!search.Next(ref source))
            {
                return -Errno.Eaddrinuse;
            }

            var error = Connector.Start(loop, link.Connection, address, source, options);
            if (error >= 0)
            {
                if (error == 0)
                {
                    link.SourcePort = search.Port;
                }
                else
                {
                    search.Give();
                }

                return error;
            }

            if (!search.GoesOn(-error))
            {
                return error;
            }
        }
    }
}

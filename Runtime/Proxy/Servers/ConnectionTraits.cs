using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>
/// What a connection to a server owes to the client it was made for: the address it went to or came from, the PROXY header in front of it. Only a stream that
/// owes it the same may use it again (configuration manual 4.2, <c>http-reuse</c>).
/// </summary>
/// <remarks>A number that stands for the addresses: the process' own random seed is in it, so that nobody can aim at a connection of somebody else.</remarks>
internal static class ConnectionTraits
{
    /// <summary>The number; 0 where nothing is owed, which is the common case.</summary>
    internal static long Of(ServerState server, Stream stream)
    {
        var source = server.Config.Source ?? server.Backend.Config.Source;
        var usesClient = source is { UseClient: not 0 };
        var usesDestination = UsesDestination(server);
        if (!usesClient && !usesDestination && server.Config.SendProxyVersion == 0)
        {
            return 0;
        }

        var low = new HashCode();
        var high = new HashCode();
        low.Add(1);
        high.Add(2);
        if (usesClient)
        {
            Add(ref low, ref high, SourceAddresses.Of(server, stream));
        }

        if (usesDestination)
        {
            Add(ref low, ref high, stream.Subject.Destination);
        }

        if (server.Config.SendProxyVersion != 0)
        {
            Add(ref low, ref high, stream.Session.Client.Peer);
            Add(ref low, ref high, stream.Session.Client.Local);
        }

        return ((long)high.ToHashCode() << 32) | (uint)low.ToHashCode() | 1;
    }

    /// <summary>Whether the address of the client, or what a rule set instead, says where the connection goes.</summary>
    internal static bool UsesDestination(ServerState server) => !HasHost(server) || server.PortIsOffset;

    /// <summary>Whether the server has a host of its own.</summary>
    internal static bool HasHost(ServerState server) =>
        server.HasAddress && (server.Address.Family == SocketFamily.Unix || server.Address.AddressBytes.ContainsAnyExcept((byte)0));

    private static void Add(ref HashCode low, ref HashCode high, in SocketAddress128 address)
    {
        low.AddBytes(address.Bytes);
        high.AddBytes(address.Bytes);
    }
}

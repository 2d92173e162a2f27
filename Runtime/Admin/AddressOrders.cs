using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Admin;

/// <summary>Changing where a server is (management manual 9.3, <c>set server … addr</c>).</summary>
public static class AddressOrders
{
    /// <summary>New connections go to this address; idle ones to the old address are closed.</summary>
    public static void Change(AdminContext context, ServerState server, SocketAddress128 address)
    {
        lock (server.Backend.Gate)
        {
            if (server.Address.Bytes.SequenceEqual(address.Bytes))
            {
                return;
            }

            server.MoveTo(address);
        }

        foreach (var thread in context.Engine.Threads)
        {
            thread.Loop.Post(() => thread.Idle.CloseAll(server));
        }
    }
}

using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>Takes idle connections over from other threads (<c>tune.idle-pool.shared</c>, <c>pool-low-conn</c>).</summary>
/// <remarks>
/// Of a connection only its descriptor moves: the thread that takes it watches it with an object of its own, and the thread that had it is told to give
/// its object back. Until it does, events for that object find nobody. There is no lock: a claim is one exchange of a number.
/// </remarks>
internal static class IdleExchange
{
    internal static ServerConnection? Take(ProxyThread thread, ServerState server, long traits, bool unproven)
    {
        var threads = thread.Engine.Threads;
        if (threads.Length == 1 || !thread.Engine.Global.Tune.SharesIdleConnections || Volatile.Read(ref server.IdleCount) < Math.Max(1, server.Config.PoolLowConnections))
        {
            return null;
        }

        return Take(thread, server, traits, proven: true, threads) ?? (unproven ? Take(thread, server, traits, proven: false, threads) : null);
    }

    private static ServerConnection? Take(ProxyThread thread, ServerState server, long traits, bool proven, ProxyThread[] threads)
    {
        for (var step = 1; step < threads.Length; step++)
        {
            var owner = threads[(thread.Index + step) % threads.Length];
            while (server.Idle[owner.Index].ClaimFromOutside(server, traits, proven) is { } claimed)
            {
                IdleConnections.Count(server, claimed, -1);
                var taken = IsAlive(claimed) ? thread.TakeServerConnection() : null;
                if (taken is not null && !taken.TakeOver(claimed, owner))
                {
                    thread.Give(taken);
                    taken = null;
                }

                // A connection that is good for nothing goes back to its thread, which closes it.
                owner.Loop.Post(taken is null ? claimed.Discard : claimed.HandedOver);
                if (taken is not null)
                {
                    thread.Loop.Activity.TakenOver++;
                    return taken;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the server has neither closed it nor said anything, which its own thread may not have heard yet.</summary>
    private static bool IsAlive(ServerConnection connection)
    {
        Span<byte> one = stackalloc byte[1];
        return RawSocket.Peek(connection.Connection.Descriptor, one).Status == IoStatus.Again;
    }
}

using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Queues;

/// <summary>How looking for a server ended.</summary>
public enum AssignmentResult
{
    /// <summary>A place on a server was taken: connect, and <see cref="ServerSelection.Release"/> it in the end.</summary>
    Assigned,

    /// <summary>The stream waits; its task is woken when something has happened.</summary>
    Queued,

    /// <summary>No server may take it (503, termination SC).</summary>
    NoServer,

    /// <summary>The wanted server's queue is full (<c>maxqueue</c>): choose another one where redispatch is allowed.</summary>
    QueueFull,
}

/// <summary>How looking for a server ended, and with which one.</summary>
/// <param name="Result">The outcome.</param>
/// <param name="Server">The server taken or waited for; null in the backend's queue.</param>
public readonly record struct Assignment(AssignmentResult Result, ServerState? Server);

/// <summary>What the choice of a server depends on.</summary>
public readonly struct ServerWish
{
    /// <summary>What a hashing algorithm goes by (<see cref="BalanceKey"/>).</summary>
    public BalanceHash Hash { get; init; }

    /// <summary>The server of a cookie, a stick table, <c>use-server</c> or of the request before; null means the algorithm chooses.</summary>
    public ServerState? Server { get; init; }

    /// <summary>Whether <see cref="Server"/> is meant even while it is down (<c>force-persist</c>, <c>option persist</c>).</summary>
    public bool IsForced { get; init; }

    /// <summary>A server not to take if there is another one (redispatch).</summary>
    public ServerState? Avoid { get; init; }
}

/// <summary>Takes places on servers, queues streams where there is none, and hands freed places on.</summary>
public static class ServerSelection
{
    /// <summary>Takes a place or queues the entry. Called on the stream's own loop.</summary>
    public static Assignment Assign(BackendState backend, QueueEntry entry, in ServerWish wish, long nowMilliseconds)
    {
        lock (backend.Gate)
        {
            var server = wish.Server;
            if (server is null)
            {
                // Where the algorithm goes by the load, a queue means that all servers are full: nobody overtakes it.
                var saturated = backend.Queue.Count > 0 && !wish.Hash.IsKnown && backend.HasServer;
                server = saturated ? null : backend.Balancer.Choose(wish.Hash, wish.Avoid, out saturated);
                if (server is null)
                {
                    if (!saturated)
                    {
                        return new Assignment(AssignmentResult.NoServer, null);
                    }

                    Enqueue(backend, null, entry, nowMilliseconds, forced: false);
                    return new Assignment(AssignmentResult.Queued, null);
                }
            }
            else if (!wish.IsForced && !server.IsUsableForPersistence)
            {
                return new Assignment(AssignmentResult.NoServer, server);
            }

            if (ServerLimits.HasPlace(server))
            {
                Take(server);
                return new Assignment(AssignmentResult.Assigned, server);
            }

            if (server.Config.MaxQueue > 0 && server.Queue.Count >= server.Config.MaxQueue)
            {
                return new Assignment(AssignmentResult.QueueFull, server);
            }

            Enqueue(backend, server, entry, nowMilliseconds, wish.IsForced);
            return new Assignment(AssignmentResult.Queued, server);
        }
    }

    /// <summary>What became of a queued entry; Granted and Displaced turn to Idle by this call, the place then belongs to the caller.</summary>
    public static QueueEntryState Settle(BackendState backend, QueueEntry entry)
    {
        lock (backend.Gate)
        {
            var state = entry.State;
            if (state != QueueEntryState.Waiting)
            {
                entry.State = QueueEntryState.Idle;
            }

            return state;
        }
    }

    /// <summary>Leaves the queue (time-out, abort). A place granted meanwhile is handed on.</summary>
    public static void Abandon(BackendState backend, QueueEntry entry, Loop? current)
    {
        lock (backend.Gate)
        {
            switch (entry.State)
            {
                case QueueEntryState.Waiting:
                    Dequeue(backend, entry, served: false);
                    break;
                case QueueEntryState.Granted:
                    Leave(entry.Server!);
                    HandOver(entry.Server!, current);
                    break;
            }

            entry.State = QueueEntryState.Idle;
            entry.Server = null;
        }
    }

    /// <summary>Gives a place back and hands it to who waits for it.</summary>
    /// <param name="server">The server whose place was taken.</param>
    /// <param name="current">The loop this is called on; null outside of loops.</param>
    public static void Release(ServerState server, Loop? current)
    {
        var backend = server.Backend;
        if (!backend.Balancer.WatchesLoad)
        {
            // Lowered before the look at the queues, while who queues counts himself before he looks at the places: one of both sees the other.
            server.Served.Decrement();
            backend.Served.Decrement();
            if (server.Queued.Value == 0 && backend.Queued.Value == 0)
            {
                return;
            }

            lock (backend.Gate)
            {
                HandOver(server, current);
            }

            return;
        }

        lock (backend.Gate)
        {
            Leave(server);
            HandOver(server, current);
        }
    }

    /// <summary>Grants a server's free places to who waits for it or for any server. Called under the gate.</summary>
    /// <returns>How many were granted.</returns>
    public static int HandOver(ServerState server, Loop? current)
    {
        var backend = server.Backend;
        var granted = 0;
        while (server.MaxConnections == 0 || server.Served.Value < ServerLimits.Now(server))
        {
            var own = server.Queue.First;
            var any = server.IsUsable ? backend.Queue.First : null;
            var next = own is null ? any : any is null || WaitQueue.GoesBefore(own, any) ? own : any;
            if (next is null)
            {
                break;
            }

            Dequeue(backend, next, served: true);
            Take(server);
            next.Server = server;
            next.State = QueueEntryState.Granted;
            next.WakeOwner(current);
            granted++;
        }

        return granted;
    }

    /// <summary>Sends those who wait for a server away to choose another one, but for those forced to it. Called under the gate.</summary>
    /// <returns>How many were sent away.</returns>
    public static int Displace(ServerState server, Loop? current)
    {
        var displaced = 0;
        QueueEntry? kept = null;
        while (server.Queue.First is { } entry)
        {
            if (entry.IsForced)
            {
                server.Queue.Remove(entry, served: false);
                entry.Sibling = kept;
                kept = entry;
                continue;
            }

            Dequeue(server.Backend, entry, served: false);
            entry.State = QueueEntryState.Displaced;
            entry.WakeOwner(current);
            displaced++;
        }

        while (kept is not null)
        {
            var entry = kept;
            kept = entry.Sibling;
            server.Queue.Restore(entry);
        }

        return displaced;
    }

    private static void Take(ServerState server)
    {
        server.Served.Increment();
        server.Backend.Served.Increment();
        server.Backend.Balancer.Taken(server);
    }

    private static void Leave(ServerState server)
    {
        server.Served.Decrement();
        server.Backend.Served.Decrement();
        server.Backend.Balancer.Dropped(server);
    }

    private static void Enqueue(BackendState backend, ServerState? server, QueueEntry entry, long nowMilliseconds, bool forced)
    {
        entry.Server = server;
        entry.IsForced = forced;
        entry.State = QueueEntryState.Waiting;
        if (server is null)
        {
            backend.Queue.Add(entry, nowMilliseconds);
            backend.Queued.Increment();

            // A place may have been given back without the gate while we chose; whoever waits already was looked after.
            for (var i = 0; i < backend.Servers.Length && backend.Queue.Count == 1; i++)
            {
                if (backend.Servers[i] is { IsUsable: true } other && ServerLimits.HasPlace(other))
                {
                    HandOver(other, current: null);
                }
            }
        }
        else
        {
            server.Queue.Add(entry, nowMilliseconds);
            server.Queued.Increment();
            backend.Balancer.Taken(server);
            HandOver(server, current: null);
        }
    }

    private static void Dequeue(BackendState backend, QueueEntry entry, bool served)
    {
        var queue = entry.Queue!;
        queue.Remove(entry, served);

        // Who leaves unserved would have been the next: the log counts it as one that is served.
        var own = served ? 0 : 1;
        if (entry.Server is { } server)
        {
            entry.ServerQueuePosition += queue.Left - entry.Passed + own;
            server.Queued.Decrement();
            backend.Balancer.Dropped(server);
        }
        else
        {
            entry.BackendQueuePosition += queue.Left - entry.Passed + own;
            backend.Queued.Decrement();
        }
    }
}

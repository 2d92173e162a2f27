using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>Idle connections to servers, kept by one thread (<c>http-reuse</c>, <c>pool-max-conn</c>, <c>pool-purge-delay</c>).</summary>
/// <remarks>
/// As with the original, proven connections are used before others, the longest idle one first, and no more are kept than were
/// needed at once lately. An idle connection is closed with a reset: nothing is under way on it, and no port waits for the server's end.
/// A thread that has none looks at those of the others (<see cref="IdleExchange"/>).
/// </remarks>
public sealed class IdleConnections : LoopTask
{
    private readonly ProxyThread _thread;

    internal IdleConnections(ProxyThread thread) => _thread = thread;

    /// <summary>How many connections to a server are idle on this thread.</summary>
    public int CountOf(ServerState server) => ListOf(server).Count;

    private IdleList ListOf(ServerState server) => server.Idle[_thread.Index];

    /// <summary>Takes an idle connection to a server; null where there is none that may be used.</summary>
    /// <param name="server">The server.</param>
    /// <param name="traits">What the stream owes its connection (<see cref="ConnectionTraits"/>).</param>
    /// <param name="unproven">Whether others than proven ones may be used: not for first requests of a client with <c>aggressive</c>.</param>
    internal ServerConnection? Take(ServerState server, long traits, bool unproven)
    {
        if (Volatile.Read(ref server.IdleCount) == 0)
        {
            return null;
        }

        return Take(server, traits) ?? (unproven ? TakeUnproven(server, traits) : null) ?? IdleExchange.Take(_thread, server, traits, unproven);
    }

    private ServerConnection? Take(ServerState server, long traits)
    {
        for (var connection = ListOf(server).Oldest; connection is not null; connection = connection.Previous)
        {
            if (connection.Fits(server, traits, proven: true) && TryRemove(connection))
            {
                return connection;
            }
        }

        return null;
    }

    private ServerConnection? TakeUnproven(ServerState server, long traits)
    {
        for (var connection = ListOf(server).Oldest; connection is not null; connection = connection.Previous)
        {
            if (connection.Fits(server, traits, proven: false) && TryRemove(connection))
            {
                return connection;
            }
        }

        return null;
    }

    /// <summary>Keeps a connection that a stream has finished with; closes it where the server's limit is reached.</summary>
    internal void Keep(ServerConnection connection)
    {
        var server = connection.Server!;
        var config = server.Config;
        var list = ListOf(server);
        var limit = config.PoolMaxConnections;
        var used = server.UsedConnections;
        var isEnough = used + server.IdleCount > Math.Max(used, server.NeededConnections) + config.PoolLowConnections && list.Count > 0;
        if (isEnough || config.PoolPurgeDelay.Milliseconds == 0 || (limit >= 0 && server.IdleCount >= limit) || !server.IsUp || _thread.Engine.Process.IsStopping || connection.Connection.CanRead)
        {
            connection.Close(reset: true);
            return;
        }

        connection.Stream = null;
        connection.LeaveUse();
        connection.IdleSince = _thread.Loop.NowMilliseconds;
        list.Add(connection);
        Count(server, connection, 1);
        // From here on it is anybody's.
        connection.Offer();
        if (Deadline == Never)
        {
            _thread.Loop.SetDeadline(this, _thread.Loop.NowMilliseconds + Math.Max(1, config.PoolPurgeDelay.Milliseconds));
        }
    }

    /// <summary>Takes an idle connection of this thread out; false where another thread has just claimed it.</summary>
    internal bool TryRemove(ServerConnection connection)
    {
        if (!connection.TryClaim())
        {
            return false;
        }

        var server = connection.Server!;
        ListOf(server).Remove(connection);
        Count(server, connection, -1);
        return true;
    }

    /// <summary>Another thread has taken a connection over: forgets what stood for it here.</summary>
    internal void Release(ServerConnection connection) => ListOf(connection.Server!).Remove(connection);

    internal static void Count(ServerState server, ServerConnection connection, int difference)
    {
        Interlocked.Add(ref server.IdleCount, difference);
        if (connection.IsProven)
        {
            Interlocked.Add(ref server.SafeIdleCount, difference);
        }
    }

    /// <summary>Closes all idle connections to a server (it went down, its address changed).</summary>
    internal void CloseAll(ServerState server)
    {
        for (var connection = ListOf(server).Oldest; connection is not null;)
        {
            var newer = connection.Previous;
            TryClose(connection);
            connection = newer;
        }
    }

    /// <summary>Closes all idle connections: the process stops.</summary>
    internal void CloseAll()
    {
        foreach (var proxy in _thread.Engine.Proxies)
        {
            foreach (var server in proxy.Backend?.Servers ?? [])
            {
                CloseAll(server);
            }
        }
    }

    /// <summary>Closes half of what has been idle for a whole purge delay, as HAProxy's purge does.</summary>
    protected internal override void Run(Loop loop)
    {
        var now = loop.NowMilliseconds;
        var next = Never;
        foreach (var proxy in _thread.Engine.Proxies)
        {
            foreach (var server in proxy.Backend?.Servers ?? [])
            {
                var list = ListOf(server);
                var delay = server.Config.PoolPurgeDelay.Milliseconds;
                if (list.Count == 0)
                {
                    continue;
                }

                // What was needed at once is forgotten by halves.
                server.NeededConnections = (server.NeededConnections + server.UsedConnections) / 2;
                server.UsedMaximum = server.UsedConnections;
                var most = (list.Count + 1) / 2;
                for (var connection = list.Oldest; most-- > 0 && connection is not null && now - connection.IdleSince >= delay;)
                {
                    var newer = connection.Previous;
                    TryClose(connection);
                    connection = newer;
                }

                if (list.Oldest is not null)
                {
                    next = Math.Min(next, now + Math.Max(1, delay));
                }
            }
        }

        loop.SetDeadline(this, next);
    }

    private void TryClose(ServerConnection connection)
    {
        if (TryRemove(connection))
        {
            connection.Close(reset: true);
        }
    }
}

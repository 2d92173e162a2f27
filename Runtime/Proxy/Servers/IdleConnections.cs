using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>Idle connections to servers, owned by one thread (<c>http-reuse</c>, <c>pool-max-conn</c>, <c>pool-purge-delay</c>).</summary>
/// <remarks>
/// As with the original, proven connections are used before others, the longest idle one first, and no more are kept than were
/// needed at once lately. An idle connection is closed with a reset: nothing is under way on it, and no port waits for the server's end.
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
    /// <param name="unproven">Whether others than proven ones may be used: not for first requests of a client with <c>aggressive</c>.</param>
    internal ServerConnection? Take(ServerState server, bool unproven)
    {
        var list = ListOf(server);
        var taken = unproven ? list.Oldest : null;
        for (var connection = list.Oldest; connection is not null; connection = connection.Previous)
        {
            if (connection.IsProven)
            {
                taken = connection;
                break;
            }
        }

        if (taken is not null)
        {
            Remove(taken);
        }

        return taken;
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
        Interlocked.Increment(ref server.IdleCount);
        if (connection.IsProven)
        {
            Interlocked.Increment(ref server.SafeIdleCount);
        }

        if (Deadline == Never)
        {
            _thread.Loop.SetDeadline(this, _thread.Loop.NowMilliseconds + Math.Max(1, config.PoolPurgeDelay.Milliseconds));
        }
    }

    internal void Remove(ServerConnection connection)
    {
        var server = connection.Server!;
        ListOf(server).Remove(connection);
        Interlocked.Decrement(ref server.IdleCount);
        if (connection.IsProven)
        {
            Interlocked.Decrement(ref server.SafeIdleCount);
        }
    }

    /// <summary>Closes all idle connections to a server (it went down, its address changed).</summary>
    internal void CloseAll(ServerState server)
    {
        var list = ListOf(server);
        while (list.Oldest is { } connection)
        {
            Remove(connection);
            connection.Close(reset: true);
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
                while (most-- > 0 && list.Oldest is { } connection && now - connection.IdleSince >= delay)
                {
                    Remove(connection);
                    connection.Close(reset: true);
                }

                if (list.Oldest is not null)
                {
                    next = Math.Min(next, now + Math.Max(1, delay));
                }
            }
        }

        loop.SetDeadline(this, next);
    }
}

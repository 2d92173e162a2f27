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
    private readonly ServerConnection?[] _newest;
    private readonly ServerConnection?[] _oldest;
    private readonly int[] _counts;

    internal IdleConnections(ProxyThread thread, int servers)
    {
        _thread = thread;
        _newest = new ServerConnection?[servers];
        _oldest = new ServerConnection?[servers];
        _counts = new int[servers];
    }

    /// <summary>How many connections to a server are idle on this thread.</summary>
    public int CountOf(ServerState server) => _counts[server.GlobalIndex];

    /// <summary>Takes an idle connection to a server; null where there is none that may be used.</summary>
    /// <param name="server">The server.</param>
    /// <param name="unproven">Whether others than proven ones may be used: not for first requests of a client with <c>aggressive</c>.</param>
    internal ServerConnection? Take(ServerState server, bool unproven)
    {
        var taken = unproven ? _oldest[server.GlobalIndex] : null;
        for (var connection = _oldest[server.GlobalIndex]; connection is not null; connection = connection.Previous)
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
        var limit = config.PoolMaxConnections;
        var used = server.UsedConnections;
        var isEnough = used + server.IdleCount > Math.Max(used, server.NeededConnections) + config.PoolLowConnections && _counts[server.GlobalIndex] > 0;
        if (isEnough || config.PoolPurgeDelay.Milliseconds == 0 || (limit >= 0 && server.IdleCount >= limit) || !server.IsUp || _thread.Engine.Process.IsStopping || connection.Connection.CanRead)
        {
            connection.Close(reset: true);
            return;
        }

        var index = server.GlobalIndex;
        connection.Stream = null;
        connection.LeaveUse();
        connection.IdleSince = _thread.Loop.NowMilliseconds;
        connection.Previous = null;
        connection.Next = _newest[index];
        if (connection.Next is null)
        {
            _oldest[index] = connection;
        }
        else
        {
            connection.Next.Previous = connection;
        }

        _newest[index] = connection;
        _counts[index]++;
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
        var index = server.GlobalIndex;
        if (connection.Previous is null)
        {
            _newest[index] = connection.Next;
        }
        else
        {
            connection.Previous.Next = connection.Next;
        }

        if (connection.Next is null)
        {
            _oldest[index] = connection.Previous;
        }
        else
        {
            connection.Next.Previous = connection.Previous;
        }

        connection.Next = connection.Previous = null;
        _counts[index]--;
        Interlocked.Decrement(ref server.IdleCount);
        if (connection.IsProven)
        {
            Interlocked.Decrement(ref server.SafeIdleCount);
        }
    }

    /// <summary>Closes all idle connections to a server (it went down, its address changed).</summary>
    internal void CloseAll(ServerState server)
    {
        while (_oldest[server.GlobalIndex] is { } connection)
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
                var index = server.GlobalIndex;
                var delay = server.Config.PoolPurgeDelay.Milliseconds;
                if (_counts[index] == 0)
                {
                    continue;
                }

                // What was needed at once is forgotten by halves.
                server.NeededConnections = (server.NeededConnections + server.UsedConnections) / 2;
                server.UsedMaximum = server.UsedConnections;
                var most = (_counts[index] + 1) / 2;
                while (most-- > 0 && _oldest[index] is { } connection && now - connection.IdleSince >= delay)
                {
                    Remove(connection);
                    connection.Close(reset: true);
                }

                if (_oldest[index] is not null)
                {
                    next = Math.Min(next, now + Math.Max(1, delay));
                }
            }
        }

        loop.SetDeadline(this, next);
    }
}

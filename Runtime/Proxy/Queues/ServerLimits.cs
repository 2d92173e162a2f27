using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Queues;

/// <summary>How many streams a server may serve at once (configuration manual 5.2: <c>maxconn</c>, <c>minconn</c>, <c>slowstart</c>; 4.2: <c>fullconn</c>).</summary>
public static class ServerLimits
{
    /// <summary>The limit now; 0 unlimited.</summary>
    /// <remarks>
    /// Between <c>minconn</c> and <c>maxconn</c> it follows the backend's load: at <c>fullconn</c> sessions it reaches <c>maxconn</c>.
    /// While the server starts slowly it grows from 1 to this number.
    /// </remarks>
    public static int Now(ServerState server)
    {
        var most = server.MaxConnections;
        if (most == 0)
        {
            return 0;
        }

        var backend = server.Backend;
        var load = backend.Sessions.Value;
        var limit = load >= backend.FullConnections || server.MinConnections == most
            ? most
            : Math.Max(server.MinConnections, (int)((long)load * most / backend.FullConnections));
        if (server.Operational == OperationalState.Starting)
        {
            limit = Math.Max(1, (int)((long)limit * server.SlowStartPercent / 100));
        }

        return limit;
    }

    /// <summary>Whether a new stream may go to the server at once: a place is free and nobody waits for this server.</summary>
    public static bool HasPlace(ServerState server) =>
        server.MaxConnections == 0 || (server.Queued.Value == 0 && server.Served.Value < Now(server));
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Apply;

/// <summary>Why a server is not removed.</summary>
public enum ServerRemoval
{
    /// <summary>It was removed.</summary>
    Done,

    /// <summary>A rule, a sample fetch or another server names it.</summary>
    IsNamed,

    /// <summary>It is not in maintenance.</summary>
    IsInService,

    /// <summary>Streams are on it or wait for it, or connections to it are idle.</summary>
    IsInUse,
}

/// <summary>Adds servers to a running engine and removes them (management manual 9.3, <c>add server</c>, <c>del server</c>).</summary>
public static class ServerRoster
{
    /// <summary>Whether a backend can take further servers: its algorithm must bear it.</summary>
    public static bool CanGrow(BackendState backend) => !backend.Balancer.IsStatic && backend.Direct is null;

    /// <summary>Whether all connections that checks of a backend make have a port of their own.</summary>
    public static bool HasCheckPort(BackendState backend)
    {
        var connects = 0;
        foreach (var step in backend.Config.Check is Ir.Health.ScriptCheckConfig script ? script.Steps : [])
        {
            if (step is Ir.Health.ConnectStep connect)
            {
                connects++;
                if (connect.Port is null && connect.PortExpression is null)
                {
                    return false;
                }
            }
        }

        return connects > 0;
    }

    /// <summary>Adds a server. It is in maintenance, its checks and its agent are switched off, unless it is to be in use at once.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="backend">A backend that can grow and has no server of that name and number.</param>
    /// <param name="config">The server.</param>
    /// <param name="leader">The server that it follows; null none.</param>
    /// <param name="disabled">Its state as its words say it: in maintenance, in use at once, or nothing (null): in maintenance by order.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public static void Add(ProxyEngine engine, BackendState backend, ServerConfig config, ServerState? leader, bool? disabled, long now)
    {
        var server = new ServerState(config, backend, engine.Threads.Length)
        {
            SerialNumber = engine.TakeSerialNumber(),
            LastChangeSeconds = now / 1_000_000,
        };
        ServerSockets.Prepare(engine, server);
        Rest(server.Health);
        if (disabled != false)
        {
            server.Admin = AdministrativeState.ForcedMaintenance | (disabled == true ? AdministrativeState.ConfiguredMaintenance : AdministrativeState.Ready);
            server.Operational = OperationalState.Stopped;
        }

        if (leader is not null)
        {
            lock (leader.Backend.Gate)
            {
                ServerTransitions.Follow(server, leader);
                server.Admin |= leader.IsInMaintenance ? AdministrativeState.InheritedMaintenance : AdministrativeState.Ready;
                if (leader.IsInMaintenance || leader.Operational == OperationalState.Stopped)
                {
                    server.Operational = OperationalState.Stopped;
                }
            }
        }

        lock (backend.Gate)
        {
            if (backend.HasDynamicCookies)
            {
                DynamicCookie.Refresh(server, backend.DynamicCookieKey);
            }

            backend.Add(server);
        }

        EngineHealth.Start(engine, server);
    }

    /// <summary>Removes a server that nobody uses or names.</summary>
    public static ServerRemoval Remove(ServerState server)
    {
        if (server.IsNamed)
        {
            return ServerRemoval.IsNamed;
        }

        lock (server.Backend.Gate)
        {
            if (!server.IsInMaintenance)
            {
                return ServerRemoval.IsInService;
            }

            if (server.Sessions.Value + server.Served.Value + server.Queue.Count + server.IdleCount > 0)
            {
                return ServerRemoval.IsInUse;
            }

            server.Backend.Remove(server);
        }

        if (server.Leader is { } leader)
        {
            lock (leader.Backend.Gate)
            {
                leader.RemoveFollower(server);
            }
        }

        return ServerRemoval.Done;
    }

    // Until it is asked for by "enable health" or "enable agent".
    private static void Rest(ServerHealth health)
    {
        if (health.Check is { } check)
        {
            check.Enabled = false;
            check.Order(CheckOrder.Down);
        }

        if (health.Agent is { } agent)
        {
            agent.Enabled = false;
        }
    }
}

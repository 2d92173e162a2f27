using Dropin.Runtime.Proxy.Queues;

namespace Dropin.Runtime.Proxy.State;

/// <summary>The one door through which servers change: state, orders, weight. It keeps balancer, queues, followers and counters in step and says what happened.</summary>
/// <remarks>
/// Times come in as microseconds since 1970. Each method takes the backend's gate itself; the followers of a server (<c>track</c>) change after it, each
/// under its own backend's gate. The sentences and the moments at which counters move were taken from the original (fixtures/balance/states).
/// </remarks>
public sealed partial class ServerTransitions
{
    private const int LevelEmergency = 0, LevelAlert = 1, LevelNotice = 5;
    private const long Second = 1_000_000;

    private readonly IServerEvents _events;

    /// <summary>Transitions that report to a sink.</summary>
    public ServerTransitions(IServerEvents events) => _events = events;

    /// <summary>A server follows another one from now on (<c>track</c>); at start, before any change, or under the leader's gate.</summary>
    public static void Follow(ServerState server, ServerState leader)
    {
        server.Leader = leader;
        leader.AddFollower(server);
        leader.IsNamed |= !server.Config.AtRunTime;
        if (leader.Config.Disabled && (server.Admin & AdministrativeState.AnyMaintenance) == 0)
        {
            server.Admin |= AdministrativeState.InheritedMaintenance;
            server.Operational = OperationalState.Stopped;
        }
    }

    /// <summary>It takes no more traffic.</summary>
    /// <param name="server">A server that is not in maintenance; else nothing happens.</param>
    /// <param name="cause">What follows the word DOWN: <c>, reason: …</c>, <c>, changed from CLI</c> or <c> via be/s1</c>.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Down(ServerState server, string cause, long now) => Operate(server, OperationalState.Stopped, cause, now);

    /// <summary>It takes traffic again.</summary>
    /// <param name="server">A server that is not in maintenance; else nothing happens.</param>
    /// <param name="cause">What follows the word UP.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Up(ServerState server, string cause, long now) => Operate(server, OperationalState.Running, cause, now);

    /// <summary>It goes on with the clients it has, and takes no new ones (check says 404, agent says stopping).</summary>
    /// <param name="server">A server that is not in maintenance; else nothing happens.</param>
    /// <param name="cause">What follows the word stopping.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void StopTakingClients(ServerState server, string cause, long now) => Operate(server, OperationalState.Stopping, cause, now);

    private void Operate(ServerState server, OperationalState wanted, string cause, long now)
    {
        lock (server.Backend.Gate)
        {
            if (server.IsInMaintenance || server.Operational == wanted || (wanted == OperationalState.Running && server.Operational == OperationalState.Starting))
            {
                return;
            }

            switch (wanted)
            {
                case OperationalState.Stopped:
                    GoDown(server, $"is DOWN{cause}", now);
                    break;
                case OperationalState.Stopping:
                    StopBalancing(server, cause, now);
                    break;
                default:
                    ComeUp(server, cause, now);
                    break;
            }

            RemindOfDrain(server);
        }

        foreach (var follower in server.Followers)
        {
            Operate(follower, wanted, Via(server), now);
        }
    }

    private void GoDown(ServerState server, string what, long now)
    {
        var had = server.Backend.HasServer;
        var level = server.Operational != OperationalState.Stopping && !server.IsDraining ? LevelAlert : LevelNotice;
        server.DownTransitions++;
        SetOperational(server, OperationalState.Stopped, now);
        server.Backend.Balancer.Update(server);
        if (server.Config.ShutdownSessionsOnDown)
        {
            _events.ShutdownSessions(server, SessionShutdownReason.ServerDown);
        }

        var displaced = ServerSelection.Displace(server, current: null);
        Tell(server, level, $"{what}. {Left(server, displaced)}");
        NoticeBackendDown(server.Backend, had, now);
    }

    private void StopBalancing(ServerState server, string cause, long now)
    {
        var had = server.Backend.HasServer;
        SetOperational(server, OperationalState.Stopping, now);
        server.Backend.Balancer.Update(server);
        var displaced = ServerSelection.Displace(server, current: null);
        Tell(server, LevelNotice, $"is stopping{cause}. {Online(server, displaced)}");
        NoticeBackendDown(server.Backend, had, now);
    }

    private void ComeUp(ServerState server, string cause, long now)
    {
        NoticeBackendUp(server.Backend, now);
        AddDownTime(server, now);
        var granted = Start(server, now);
        Tell(server, LevelNotice, $"is UP{cause}. {Online(server, granted)}");
    }

    /// <summary>Up, slowly where it is configured so; returns how many waiting streams it took over.</summary>
    private int Start(ServerState server, long now)
    {
        var slow = server.Config.SlowStart is { Milliseconds: > 0 };
        SetOperational(server, slow ? OperationalState.Starting : OperationalState.Running, now);
        if (slow)
        {
            _events.SlowStartBegins(server, SlowStartStep(server));
        }

        ApplyWeight(server, now);
        server.Backend.Balancer.Update(server);
        if (server.Config.ShutdownBackupSessionsOnUp && !server.Config.Backup && server.EffectiveWeight > 0 && !server.IsDraining)
        {
            foreach (var other in server.Backend.Servers)
            {
                if (other.Config.Backup)
                {
                    _events.ShutdownSessions(other, SessionShutdownReason.ActiveServerUp);
                }
            }
        }

        return ServerSelection.HandOver(server, current: null);
    }

    private static void SetOperational(ServerState server, OperationalState state, long now)
    {
        server.Operational = state;
        server.LastChangeSeconds = now / Second;
    }

    private static void AddDownTime(ServerState server, long now)
    {
        if (server.Operational == OperationalState.Stopped && server.LastChangeSeconds < now / Second)
        {
            server.DownSeconds += (now / Second) - server.LastChangeSeconds;
        }
    }

    private void NoticeBackendDown(BackendState backend, bool hadServer, long now)
    {
        if (!hadServer || backend.HasServer)
        {
            return;
        }

        backend.LastChangeSeconds = now / Second;
        backend.DownTransitions++;
        // A 'listen' section is called a proxy.
        var kind = backend.Proxy.Frontend is null ? "backend" : "proxy";
        _events.Message(new ServerMessage(backend, null, LevelEmergency, $"{kind} {backend.Name} has no server available!",
            $"{kind} '{backend.Name}' has no server available!", IsAlert: true));
    }

    /// <summary>Called before a server of a backend that may have none is made usable.</summary>
    private static void NoticeBackendUp(BackendState backend, long now)
    {
        if (backend.HasServer)
        {
            return;
        }

        if (backend.LastChangeSeconds < now / Second)
        {
            backend.DownSeconds += (now / Second) - backend.LastChangeSeconds;
        }

        backend.LastChangeSeconds = now / Second;
    }

    private void Tell(ServerState server, int level, string sentence)
    {
        var text = $"{(server.Config.Backup ? "Backup " : "")}Server {server} {sentence}";
        _events.Message(new ServerMessage(server.Backend, server, level, text, text, IsAlert: false));
    }

    private static string Left(ServerState server, int displaced) =>
        $"{server.Backend.ActiveCount} active and {server.Backend.BackupCount} backup servers left.{OnBackup(server.Backend)}"
        + $" {server.Sessions.Value} sessions active, {displaced} requeued, {server.Queue.Count} remaining in queue.";

    private static string Online(ServerState server, int moved) =>
        $"{server.Backend.ActiveCount} active and {server.Backend.BackupCount} backup servers online.{OnBackup(server.Backend)}"
        + $" {moved} sessions requeued, {server.Queue.Count} total in queue.";

    private static string OnBackup(BackendState backend) => backend is { ActiveCount: 0, BackupCount: > 0 } ? " Running on backup." : "";

    private static string Via(ServerState leader) => $" via {leader}";
}

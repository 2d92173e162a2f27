using Dropin.Runtime.Proxy.Queues;

namespace Dropin.Runtime.Proxy.State;

/// <summary>Maintenance and drain (management manual 9.3, <c>set server … state</c>, <c>disable server</c>).</summary>
public sealed partial class ServerTransitions
{
    private const AdministrativeState ForFollowers = AdministrativeState.AnyMaintenance | AdministrativeState.AnyDrain;

    /// <summary>The operator wants it to work: maintenance and drain by order end.</summary>
    public void OrderReady(ServerState server, long now)
    {
        ClearFlag(server, AdministrativeState.ForcedMaintenance, now);
        ClearFlag(server, AdministrativeState.ForcedDrain, now);
    }

    /// <summary>The operator wants no new clients on it.</summary>
    public void OrderDrain(ServerState server, long now)
    {
        SetFlag(server, AdministrativeState.ForcedDrain, null, now);
        ClearFlag(server, AdministrativeState.ForcedMaintenance, now);
    }

    /// <summary>The operator takes it out of service.</summary>
    public void OrderMaintenance(ServerState server, long now)
    {
        SetFlag(server, AdministrativeState.ForcedMaintenance, null, now);
        ClearFlag(server, AdministrativeState.ForcedDrain, now);
    }

    /// <summary>Sets one flag; nothing happens where it is set.</summary>
    /// <param name="server">The server.</param>
    /// <param name="flag">One flag.</param>
    /// <param name="cause">What follows the words "for maintenance"; null none.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void SetFlag(ServerState server, AdministrativeState flag, string? cause, long now)
    {
        lock (server.Backend.Gate)
        {
            if ((server.Admin & flag) != 0)
            {
                return;
            }

            var before = server.Admin;
            if ((flag & AdministrativeState.AnyMaintenance) != 0)
            {
                EnterMaintenance(server, flag, cause, now);
            }
            else
            {
                server.Admin |= flag;
                if (!server.IsInMaintenance)
                {
                    EnterDrain(server, before, cause, now);
                }
            }
        }

        var inherited = (flag & AdministrativeState.AnyMaintenance) != 0 ? AdministrativeState.InheritedMaintenance : AdministrativeState.InheritedDrain;
        foreach (var follower in server.Followers)
        {
            SetFlag(follower, inherited, Via(server), now);
        }
    }

    /// <summary>Clears one flag; nothing happens where it is not set. Followers are freed when no flag of its kind is left.</summary>
    public void ClearFlag(ServerState server, AdministrativeState flag, long now)
    {
        AdministrativeState left;
        lock (server.Backend.Gate)
        {
            if ((server.Admin & flag) == 0)
            {
                return;
            }

            var before = server.Admin;
            server.Admin &= ~flag;
            left = server.Admin;
            if ((flag & AdministrativeState.AnyMaintenance) != 0)
            {
                LeaveMaintenance(server, before, now);
            }
            else if (!server.IsInMaintenance)
            {
                LeaveDrain(server, now);
            }
        }

        var kind = (flag & AdministrativeState.AnyMaintenance) != 0 ? AdministrativeState.AnyMaintenance : AdministrativeState.AnyDrain;
        if ((left & kind) != 0)
        {
            return;
        }

        foreach (var follower in server.Followers)
        {
            ClearFlag(follower, kind == AdministrativeState.AnyMaintenance ? AdministrativeState.InheritedMaintenance : AdministrativeState.InheritedDrain, now);
        }
    }

    private void EnterMaintenance(ServerState server, AdministrativeState flag, string? cause, long now)
    {
        var wasIn = server.IsInMaintenance;
        if (wasIn)
        {
            server.Admin |= flag;
            return;
        }

        server.Health.EnterMaintenance();

        if (server.Operational == OperationalState.Stopped)
        {
            server.Admin |= flag;
            server.Backend.Balancer.Update(server);
            Tell(server, LevelNotice, $"was DOWN and now enters maintenance{cause}.");
            return;
        }

        var had = server.Backend.HasServer;
        var level = server.Operational != OperationalState.Stopping && !server.IsDraining ? LevelAlert : LevelNotice;
        server.Admin |= flag;
        server.DownTransitions++;
        SetOperational(server, OperationalState.Stopped, now);
        server.Backend.Balancer.Update(server);
        if (server.Config.ShutdownSessionsOnDown)
        {
            _events.ShutdownSessions(server, SessionShutdownReason.ServerDown);
        }

        var displaced = ServerSelection.Displace(server, current: null);
        Tell(server, level, $"is going DOWN for maintenance{cause}. {Left(server, displaced)}");
        NoticeBackendDown(server.Backend, had, now);
    }

    private void LeaveMaintenance(ServerState server, AdministrativeState before, long now)
    {
        if (server.IsInMaintenance)
        {
            Tell(server, LevelNotice, (server.Admin & AdministrativeState.ForcedMaintenance) != 0
                ? "remains in forced maintenance."
                : $"is leaving forced maintenance but remains in maintenance{(server.Leader is { } leader ? Via(leader) : "")}.");
            return;
        }

        server.Health.LeaveMaintenance();
        NoticeBackendUp(server.Backend, now);
        if (server.Leader is { Operational: OperationalState.Stopped or OperationalState.Stopping } leads)
        {
            SetOperational(server, leads.Operational, now);
            server.Backend.Balancer.Update(server);
        }
        else
        {
            Start(server, now);
        }

        var up = server.Operational == OperationalState.Stopped ? "DOWN" : "UP";
        var ready = server.IsDraining ? "DRAIN" : "READY";
        var forced = (before & AdministrativeState.ForcedMaintenance) != 0 ? "forced " : "";
        Tell(server, LevelNotice, $"is {up}/{ready} (leaving {forced}maintenance).");
        RemindOfDrain(server);
    }

    private void EnterDrain(ServerState server, AdministrativeState before, string? cause, long now)
    {
        if ((before & AdministrativeState.AnyDrain) != 0)
        {
            RemindOfDrain(server);
            return;
        }

        var had = server.Backend.HasServer;
        server.LastChangeSeconds = now / Second;
        server.Backend.Balancer.Update(server);
        var displaced = ServerSelection.Displace(server, current: null);
        Tell(server, LevelNotice, server.Operational == OperationalState.Stopped
            ? $"enters drain state{cause}. {Left(server, displaced)}"
            : $"enters drain state{cause}. {Online(server, displaced)}");
        NoticeBackendDown(server.Backend, had, now);
    }

    private void LeaveDrain(ServerState server, long now)
    {
        if (server.IsDraining)
        {
            RemindOfDrain(server);
            return;
        }

        NoticeBackendUp(server.Backend, now);
        AddDownTime(server, now);
        server.LastChangeSeconds = now / Second;
        ApplyWeight(server, now);
        server.Backend.Balancer.Update(server);
        if (server.IsUsable)
        {
            ServerSelection.HandOver(server, current: null);
        }

        Tell(server, LevelNotice, $"is {(server.Operational == OperationalState.Stopped ? "DOWN" : "UP")} (leaving forced drain).");
    }

    /// <summary>A change that leaves it in drain is followed by this sentence.</summary>
    private void RemindOfDrain(ServerState server)
    {
        if (!server.IsDraining || server.IsInMaintenance)
        {
            return;
        }

        Tell(server, LevelNotice, (server.Admin & AdministrativeState.ForcedDrain) != 0 || server.Leader is null
            ? "remains in forced drain mode."
            : $"is leaving forced drain but remains in drain mode{Via(server.Leader)}.");
    }
}

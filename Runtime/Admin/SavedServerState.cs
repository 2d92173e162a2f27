using System.Net;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Admin;

/// <summary>What an older process said of a server (management manual 9.3, <c>show servers state</c>).</summary>
public sealed record SavedServerState
{
    /// <summary>The server's name.</summary>
    public required string Server { get; init; }

    /// <summary>Its address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Whether it took traffic.</summary>
    public OperationalState Operational { get; init; }

    /// <summary>What the operator had ordered.</summary>
    public AdministrativeState Admin { get; init; }

    /// <summary>The weight in force.</summary>
    public int Weight { get; init; }

    /// <summary>The weight its file gave it.</summary>
    public int InitialWeight { get; init; }

    /// <summary>How long ago its state changed, seconds.</summary>
    public long SecondsSinceChange { get; init; }

    /// <summary>The status of the last check, the format's number.</summary>
    public int CheckStatus { get; init; }

    /// <summary>Its port; 0 unknown.</summary>
    public int Port { get; init; }

    /// <summary>Takes the state over: orders that outlive a reload, the weight where the file's did not change, and where the checks stood.</summary>
    /// <param name="engine">The engine, not yet running.</param>
    /// <param name="server">The server.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Restore(ProxyEngine engine, ServerState server, long now)
    {
        const AdministrativeState drains = AdministrativeState.ForcedDrain;
        var transitions = engine.Transitions;
        var wasConfiguredOff = (Admin & AdministrativeState.ConfiguredMaintenance) != 0;
        var isConfiguredOff = (server.Admin & AdministrativeState.ConfiguredMaintenance) != 0;
        var forced = (Admin & AdministrativeState.ForcedMaintenance) != 0;
        if (wasConfiguredOff && isConfiguredOff && !forced)
        {
            // The operator had put it to work although the file switches it off.
            transitions.ClearFlag(server, AdministrativeState.ForcedMaintenance, now);
        }

        if (Operational == OperationalState.Stopped)
        {
            transitions.Down(server, ", changed from server-state after a reload", now);
        }

        lock (server.Backend.Gate)
        {
            server.Admin |= Admin & drains;
            if (forced && !wasConfiguredOff && !server.IsInMaintenance)
            {
                server.Admin |= AdministrativeState.ForcedMaintenance;
                server.Operational = OperationalState.Stopped;
            }

            if (Port > 0 && !server.PortIsOffset)
            {
                var moved = server.Address;
                moved.SetPort(Port);
                server.MoveTo(moved);
            }

            if (Address is not null && server.Config.HostName is not null && !server.HasAddress)
            {
                server.MoveTo(SocketAddress128.From(Address, Port));
            }

            server.LastChangeSeconds = (now / 1_000_000) - SecondsSinceChange;
            server.Backend.Balancer.Update(server);
        }

        if (InitialWeight == server.InitialWeight)
        {
            transitions.SetWeight(server, Weight, now);
        }

        var highest = server.Health.Check?.Counter.Highest ?? 0;
        HealthControl.Restore(server, Operational == OperationalState.Stopped ? 0 : highest, CheckStatus);
    }
}

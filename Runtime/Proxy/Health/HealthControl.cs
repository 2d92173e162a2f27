using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>A state that an operator gives a server for its checks to go on from.</summary>
public enum ForcedHealth
{
    /// <summary>Up.</summary>
    Up,

    /// <summary>Down.</summary>
    Down,

    /// <summary>Only for the clients it has.</summary>
    Stopping,
}

/// <summary>Orders about checks (management manual 9.3, <c>set server … health</c>, <c>disable health</c>, <c>enable agent</c> …).</summary>
public sealed class HealthControl
{
    private readonly ServerTransitions _transitions;
    private readonly string _cause;

    /// <summary>Makes the orders available.</summary>
    /// <param name="transitions">Through which servers change.</param>
    /// <param name="cause">What the log says behind the new state.</param>
    public HealthControl(ServerTransitions transitions, string cause = ", changed from CLI") => (_transitions, _cause) = (transitions, cause);

    /// <summary>Sets the health that checks found; they go on from there.</summary>
    /// <param name="server">A server that tracks no other one.</param>
    /// <param name="state">The state.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Force(ServerState server, ForcedHealth state, long now)
    {
        server.Health.Check?.Order(state == ForcedHealth.Down ? CheckOrder.Down : CheckOrder.Up);
        switch (state)
        {
            case ForcedHealth.Up:
                _transitions.Up(server, _cause, now);
                break;
            case ForcedHealth.Down:
                _transitions.Down(server, _cause, now);
                break;
            default:
                _transitions.StopTakingClients(server, _cause, now);
                break;
        }
    }

    /// <summary>Sets what the agent said.</summary>
    /// <returns>False where the server has no agent that is enabled.</returns>
    public bool ForceAgent(ServerState server, bool up, long now)
    {
        if (server.Health.Agent is not { Enabled: true } agent)
        {
            return false;
        }

        agent.Order(up ? CheckOrder.Up : CheckOrder.Down);
        if (up)
        {
            _transitions.Up(server, _cause, now);
        }
        else
        {
            _transitions.Down(server, _cause, now);
        }

        return true;
    }

    /// <summary>Switches the checks on or off.</summary>
    /// <returns>False where none are configured.</returns>
    public static bool SetChecks(ServerState server, bool enabled) => Set(server.Health.Check, enabled);

    /// <summary>Switches the agent on or off.</summary>
    /// <returns>False where none is configured.</returns>
    public static bool SetAgent(ServerState server, bool enabled) => Set(server.Health.Agent, enabled);

    /// <summary>Takes over the health of a state file, before the checks begin.</summary>
    /// <param name="server">The server.</param>
    /// <param name="health">srv_check_health.</param>
    /// <param name="status">srv_check_status, a number of the original; unknown ones become <see cref="CheckStatus.Unknown"/>.</param>
    public static void Restore(ServerState server, int health, int status)
    {
        server.Health.IsRestored = server.IsUp;
        server.Health.Check?.Restore(health, CheckNumbers.FromFile(status));
    }

    private static bool Set(CheckState? check, bool enabled)
    {
        if (check is null)
        {
            return false;
        }

        check.Enabled = enabled;
        return true;
    }
}

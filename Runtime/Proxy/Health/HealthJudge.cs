using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Draws the consequences of checks: health, log lines, the server's state.</summary>
public sealed class HealthJudge
{
    private const int LevelNotice = 5;

    private readonly ServerTransitions _transitions;
    private readonly IServerEvents _events;

    /// <summary>A judge that acts through transitions and reports to a sink.</summary>
    public HealthJudge(ServerTransitions transitions, IServerEvents events)
    {
        _transitions = transitions;
        _events = events;
    }

    /// <summary>The door through which servers change.</summary>
    internal ServerTransitions Transitions => _transitions;

    /// <summary>A check ended.</summary>
    /// <param name="server">The server checked.</param>
    /// <param name="check">Its checks, or its agent.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="duration">Milliseconds; -1 where that has no meaning.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Take(ServerState server, CheckState check, in CheckOutcome outcome, long duration, long now)
    {
        if (outcome.LacksDescriptor)
        {
            _events.OutOfDescriptors(server.Backend.Proxy);
        }
        else if (outcome.CannotBind)
        {
            _events.CannotBindSource(server.Backend.Proxy);
        }

        Record(server, check, outcome, duration);
        Follow(server, check, now);
    }

    private static bool Logs(ServerState server) => (server.Backend.Proxy.Config.Options & ProxyOptions.LogHealthChecks) != 0;

    private void Record(ServerState server, CheckState check, in CheckOutcome outcome, long duration)
    {
        var change = check.Take(outcome, duration);
        if (outcome.Status.Verdict() == CheckVerdict.None || !Logs(server) || !(change.StatusChanged || change.HealthChanged))
        {
            return;
        }

        var line = CheckTexts.Line(server, check, change.Counter);
        _events.Message(new ServerMessage(server.Backend, server, LevelNotice, line, line, IsAlert: false));
    }

    private void Follow(ServerState server, CheckState check, long now)
    {
        if (server.IsInMaintenance)
        {
            return;
        }

        // The line of log-health-checks has told the reason already.
        var reason = Logs(server) ? "" : CheckTexts.Reason(check);
        switch (check.Last.Status.Verdict())
        {
            case CheckVerdict.Failed when check.Counter.Health == 0:
                _transitions.Down(server, reason, now);
                break;
            case CheckVerdict.Passed when MayRun(server, check):
                _transitions.Up(server, reason, now);
                break;
            case CheckVerdict.Conditional when !check.IsAgent && !SaysDown(server):
                _transitions.StopTakingClients(server, reason, now);
                break;
            default:
                break;
        }
    }

    private static bool SaysDown(ServerState server) => server.Health is { CheckSaysDown: true } or { AgentSaysDown: true };

    // An agent does not bring back a server that a check sent to drain.
    private static bool MayRun(ServerState server, CheckState check) =>
        check.Counter.IsUp && !SaysDown(server) && !(check.IsAgent && server.Operational == OperationalState.Stopping);
}

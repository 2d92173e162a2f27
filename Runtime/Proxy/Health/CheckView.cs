using System.Globalization;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What statistics show of a server's health (management manual 9.1).</summary>
public static class CheckView
{
    /// <summary>The field "status": UP, UP 1/3, DOWN, DOWN 1/2, DOWN (agent), NOLB, DRAIN, MAINT, MAINT (via be/s1), no check …</summary>
    public static string Status(ServerState server)
    {
        if (server.IsInMaintenance)
        {
            return MaintenanceOf(server);
        }

        // A server that follows another one shows the progress of that one.
        var source = server;
        while (source.Leader is { } leader)
        {
            source = leader;
        }

        var health = source.Health;
        var counter = health.Check?.Counter ?? default;
        var agent = health.Agent is { Enabled: true } found ? found : null;
        if (server.Operational == OperationalState.Stopped)
        {
            return agent is not null && agent.Counter.Health == 0 ? "DOWN (agent)" : WithProgress("DOWN", counter);
        }

        if (server.IsDraining)
        {
            return agent is not null ? "DRAIN (agent)" : WithProgress("DRAIN", counter);
        }

        if (server.Operational == OperationalState.Stopping)
        {
            return WithProgress("NOLB", counter);
        }

        var isSettled = counter.Health == counter.Highest || health.Check is null;
        return isSettled && health.Check is not { Enabled: true } ? "no check" : WithProgress("UP", counter);
    }

    /// <summary>The field "check_status" or "agent_status": "L7OK", with "* " in front while a check runs; "" where none is to be shown.</summary>
    public static string StatusCode(CheckState? check) =>
        IsShown(check) ? (check!.InProgress && check.Last.Status != CheckStatus.Initializing ? "* " : "") + check.Last.Status.Code() : "";

    /// <summary>Whether the fields of a check are shown: it is enabled and does not rest.</summary>
    public static bool IsShown(CheckState? check) => check is { Enabled: true, Paused: false };

    /// <summary>The field "check_code"; null where the status has none.</summary>
    public static int? Number(CheckState? check) => IsShown(check) && check!.Last.Status.HasNumber() ? check.Last.Number : null;

    /// <summary>The field "check_duration", milliseconds; null before the first check ended.</summary>
    /// <remarks>After an analysis of traffic it is -1, which the original prints as an unsigned number.</remarks>
    public static long? Duration(CheckState? check) =>
        IsShown(check) && check!.Last.Status > CheckStatus.NoChange ? check.DurationMilliseconds : null;

    /// <summary>The field "check_desc".</summary>
    public static string Text(CheckState? check) => IsShown(check) ? check!.Last.Status.Text() : "";

    /// <summary>The field "last_chk": what was seen.</summary>
    public static string Description(CheckState? check) => IsShown(check) ? check!.Last.Description : "";

    private static string MaintenanceOf(ServerState server)
    {
        if ((server.Admin & AdministrativeState.ResolutionMaintenance) != 0)
        {
            return "MAINT (resolution)";
        }

        return (server.Admin & AdministrativeState.InheritedMaintenance) != 0 && server.Leader is { } leader ? $"MAINT (via {leader})" : "MAINT";
    }

    private static string WithProgress(string word, in CheckCounter counter)
    {
        if (counter.Rise == 0 || counter.IsSettled)
        {
            return word;
        }

        var (have, of) = counter.Progress;
        return string.Create(CultureInfo.InvariantCulture, $"{word} {have}/{of}");
    }
}

using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>What rows show of a server's checks.</summary>
internal static class ServerChecks
{
    /// <summary>Fills the fields of checks and agent.</summary>
    /// <param name="row">The server's row.</param>
    /// <param name="server">The server.</param>
    /// <param name="downFor">Seconds it has been down now; 0 while it is up.</param>
    internal static void Show(StatRow row, ServerState server, long downFor)
    {
        row.Text(StatField.Status, CheckView.Status(server));
        var health = server.Health;
        if (health.Check is { } counted && counted.Enabled)
        {
            row.Count(StatField.Chkfail, counted.FailedCount);
            row.Count(StatField.Chkdown, server.DownTransitions);
            row.Number(StatField.Downtime, server.DownSeconds + downFor);
        }

        if (Source(server).Config.Observe != ObserveMode.None)
        {
            row.Count(StatField.Hanafail, health.FailedAnalyses);
        }

        if (CheckView.IsShown(health.Check))
        {
            Show(row, health.Check!, StatField.CheckStatus, StatField.CheckCode, StatField.CheckDuration, StatField.CheckDesc, StatField.LastChk, StatField.CheckRise);
        }

        if (CheckView.IsShown(health.Agent))
        {
            Show(row, health.Agent!, StatField.AgentStatus, StatField.AgentCode, StatField.AgentDuration, StatField.AgentDesc, StatField.LastAgt, StatField.AgentRise);
        }
    }

    /// <summary>Whether it is checked, and whether no change is on its way.</summary>
    internal static (bool IsChecked, bool IsSettled) Progress(ServerState server) =>
        Source(server).Health.Check is { } check ? (check.Enabled, check.Counter.IsSettled) : (false, true);

    /// <summary>The server at the end of a chain of <c>track</c>.</summary>
    private static ServerState Source(ServerState server)
    {
        while (server.Leader is { } leader)
        {
            server = leader;
        }

        return server;
    }

    private static void Show(
        StatRow row, CheckState check, StatField status, StatField code, StatField duration, StatField text, StatField description, StatField rise)
    {
        row.Text(status, CheckView.StatusCode(check));
        if (CheckView.Number(check) is { } number)
        {
            row.Number(code, number);
        }

        if (CheckView.Duration(check) is { } milliseconds)
        {
            row.Count(duration, milliseconds);
        }

        row.Text(text, CheckView.Text(check));
        row.Text(description, CheckView.Description(check));
        var counter = check.Counter;
        row.Number(rise, counter.Rise);
        row.Number(rise + 1, counter.Fall);
        row.Number(rise + 2, counter.Health);
    }
}

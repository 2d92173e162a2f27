using System.Globalization;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Orders to servers (management manual 9.3).</summary>
internal static partial class ServerOrders
{
    private const string Usage =
        "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send | check-addr | check-port | fqdn | health | ssl | state | weight\n";

    internal static void Set(CliCall call)
    {
        if (call.FindServer(2) is not { } server)
            return;
        switch (call.Word(3))
        {
            case "weight":
                ChangeWeight(call, server, call.Word(4));
                break;
            case "state":
                ChangeState(call, server);
                break;
            case "health":
                ChangeHealth(call, server);
                break;
            case "agent":
                ChangeAgent(call, server);
                break;
            case "agent-addr":
                ChangeAgentAddress(call, server);
                break;
            case "agent-port":
                ChangeAgentPort(call, server);
                break;
            case "agent-send":
                ChangeAgentSend(call, server);
                break;
            case "check-addr":
                ChangeCheckAddress(call, server);
                break;
            case "check-port":
                ChangeCheckPort(call, server);
                break;
            case "addr":
                ChangeAddress(call, server);
                break;
            case "fqdn":
                call.Fail(call.Word(4).Length == 0
                    ? "set server <b>/<s> fqdn requires a FQDN.\n" : "set server <b>/<s> fqdn failed because no resolution is configured.\n");
                break;
            case "ssl":
                call.Fail("'set server <srv> ssl' cannot be set.  default-server should define ssl settings\n");
                break;
            default:
                call.Fail(Usage);
                break;
        }
    }

    internal static void SetWeight(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            ChangeWeight(call, server, call.Word(3));
    }

    internal static void GetWeight(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            call.Output.Append(CultureInfo.InvariantCulture, $"{server.UserWeight} (initial {server.InitialWeight})\n");
    }

    internal static void SetMaxConnections(CliCall call)
    {
        if (call.FindServer(3) is not { } server)
            return;
        var word = call.Word(4);
        if (word.Length == 0)
        {
            call.Fail("Require <maxconn>.\n");
            return;
        }
        var digits = LeadingDigits(word);
        if (digits == 0)
            call.Fail("maxconn string empty or preceded by garbage");
        else if (digits < word.Length)
            call.Fail("Trailing garbage in maxconn string");
        else
            ServerTransitions.SetMaxConnections(server, Math.Max(0, ShowStat.Integer(word)));
    }

    internal static void Enable(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            call.Context.Engine.Transitions.OrderReady(server, call.Now);
    }

    internal static void Disable(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            call.Context.Engine.Transitions.OrderMaintenance(server, call.Now);
    }

    internal static void EnableHealth(CliCall call)
    {
        if (call.FindServer(2) is { } server && !HealthOrders.SetChecks(server, enabled: true))
            call.Fail("Health check was not configured on this server, cannot enable.\n");
    }

    internal static void DisableHealth(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            HealthOrders.SetChecks(server, enabled: false);
    }

    internal static void EnableAgent(CliCall call)
    {
        if (call.FindServer(2) is { } server && !HealthOrders.SetAgent(server, enabled: true))
            call.Fail("Agent was not configured on this server, cannot enable.\n");
    }

    internal static void DisableAgent(CliCall call)
    {
        if (call.FindServer(2) is { } server)
            HealthOrders.SetAgent(server, enabled: false);
    }

    internal static void ShutdownSessions(CliCall call)
    {
        if (call.FindServer(3) is { } server)
            call.Context.Engine.Events.ShutdownSessions(server, SessionShutdownReason.Ordered);
    }

    private static void ChangeState(CliCall call, ServerState server)
    {
        var transitions = call.Context.Engine.Transitions;
        switch (call.Word(4))
        {
            case "ready":
                transitions.OrderReady(server, call.Now);
                break;
            case "drain":
                transitions.OrderDrain(server, call.Now);
                break;
            case "maint":
                transitions.OrderMaintenance(server, call.Now);
                break;
            default:
                call.Fail("'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n");
                break;
        }
    }

    private static void ChangeWeight(CliCall call, ServerState server, string word)
    {
        if (WeightOrders.Change(call.Context, server, word, call.Now) is { } failure)
            call.Fail(failure);
    }

    private static int LeadingDigits(string word)
    {
        var count = word.Length > 0 && word[0] is ('-' or '+') ? 1 : 0;
        var sign = count;
        while (count < word.Length && char.IsAsciiDigit(word[count]))
            count++;
        return count == sign ? 0 : count;
    }
}

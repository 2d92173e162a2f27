using System.Globalization;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Orders about checks and agents.</summary>
internal static partial class ServerOrders
{
    private const string CliCause = ", changed from CLI";

    private static void ChangeHealth(CliCall call, ServerState server)
    {
        if (server.Leader is not null)
        {
            call.Fail("cannot change health on a tracking server.\n");
            return;
        }
        switch (call.Word(4))
        {
            case "up":
                HealthOrders.Force(call.Context, server, ForcedHealth.Up, CliCause, call.Now);
                break;
            case "stopping":
                HealthOrders.Force(call.Context, server, ForcedHealth.Stopping, CliCause, call.Now);
                break;
            case "down":
                HealthOrders.Force(call.Context, server, ForcedHealth.Down, CliCause, call.Now);
                break;
            default:
                call.Fail("'set server <srv> health' expects 'up', 'stopping', or 'down'.\n");
                break;
        }
    }

    private static void ChangeAgent(CliCall call, ServerState server)
    {
        if (!HealthOrders.HasAgent(server))
            call.Fail("agent checks are not enabled on this server.\n");
        else if (call.Word(4) is "up" or "down")
            HealthOrders.ForceAgent(call.Context, server, call.Word(4) == "up", CliCause, call.Now);
        else
            call.Fail("'set server <srv> agent' expects 'up' or 'down'.\n");
    }

    private static void ChangeAgentAddress(CliCall call, ServerState server)
    {
        if (call.Word(4).Length == 0)
            call.Fail("set server <b>/<s> agent-addr requires an address and optionally a port.\n");
        else if (!HealthOrders.HasAgent(server))
            call.Fail("agent checks are not enabled on this server");
        else if (HealthOrders.Target(call.Word(4)) is not { } address)
            call.Fail("invalid addr for agent\n");
        else if (PortBehind(call, "set server <b>/<s> agent-addr requires an address and optionally a port.\n", out var port))
            HealthOrders.SetAgentTarget(server, address, port);
    }

    private static void ChangeAgentPort(CliCall call, ServerState server)
    {
        if (call.Word(4).Length == 0)
            call.Fail("set server <b>/<s> agent-port requires a port.\n");
        else if (!HealthOrders.HasAgent(server))
            call.Fail("agent checks are not enabled on this server");
        else if (Port(call, call.Word(4)) is { } port)
            HealthOrders.SetAgentTarget(server, null, port);
    }

    private static void ChangeAgentSend(CliCall call, ServerState server)
    {
        if (!HealthOrders.HasAgent(server))
            call.Fail("agent checks are not enabled on this server.\n");
        else
            HealthOrders.SetAgentSend(server, call.Word(4));
    }

    private static void ChangeCheckAddress(CliCall call, ServerState server)
    {
        if (call.Word(4).Length == 0)
            call.Fail("set server <b>/<s> check-addr requires an address and optionally a port.\n");
        else if (!HealthOrders.HasChecks(server))
            call.Fail("health checks are not enabled on this server");
        else if (HealthOrders.Target(call.Word(4)) is not { } address)
            call.Fail("invalid addr for health check\n");
        else if (PortBehind(call, "set server <b>/<s> check-addr requires an address and optionally a port.\n", out var port))
            HealthOrders.SetCheckTarget(server, address, port);
    }

    private static void ChangeCheckPort(CliCall call, ServerState server)
    {
        if (call.Word(4).Length == 0)
            call.Fail("set server <b>/<s> check-port requires a port.\n");
        else if (!HealthOrders.HasChecks(server))
            call.Fail("health checks are not enabled on this server");
        else if (Port(call, call.Word(4)) is { } port)
            HealthOrders.SetCheckTarget(server, null, port);
    }

    /// <summary>The port behind the word "port"; 0 where it is not given.</summary>
    private static bool PortBehind(CliCall call, string usage, out int port)
    {
        port = 0;
        if (call.Word(5).Length == 0)
            return true;
        if (call.Word(5) != "port" || call.Word(6).Length == 0)
        {
            call.Fail(usage);
            return false;
        }
        if (Port(call, call.Word(6)) is not { } found)
            return false;
        port = found;
        return true;
    }

    private static int? Port(CliCall call, string word)
    {
        if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port))
        {
            call.Fail("provided port is not an integer");
            return null;
        }
        if (port is < 0 or > 65535)
        {
            call.Fail("provided port is invalid");
            return null;
        }
        return (int)port;
    }
}

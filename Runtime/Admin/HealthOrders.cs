using System.Net;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Admin;

/// <summary>Orders about checks and agents (management manual 9.3).</summary>
public static class HealthOrders
{
    /// <summary>Sets the health that checks found; they go on from there.</summary>
    /// <param name="context">What it belongs to.</param>
    /// <param name="server">A server that tracks no other one.</param>
    /// <param name="state">The state.</param>
    /// <param name="cause">What the log says behind the new state.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public static void Force(AdminContext context, ServerState server, ForcedHealth state, string cause, long now) =>
        new HealthControl(context.Engine.Transitions, cause).Force(server, state, now);

    /// <summary>Sets what the agent said; false where none is asked.</summary>
    public static bool ForceAgent(AdminContext context, ServerState server, bool up, string cause, long now) =>
        new HealthControl(context.Engine.Transitions, cause).ForceAgent(server, up, now);

    /// <summary>Switches the checks on or off; false where none are configured.</summary>
    public static bool SetChecks(ServerState server, bool enabled) => HealthControl.SetChecks(server, enabled);

    /// <summary>Switches the agent on or off; false where none is configured.</summary>
    public static bool SetAgent(ServerState server, bool enabled) => HealthControl.SetAgent(server, enabled);

    /// <summary>Whether checks are made.</summary>
    public static bool HasChecks(ServerState server) => server.Health.Check is { Enabled: true };

    /// <summary>Whether an agent is asked.</summary>
    public static bool HasAgent(ServerState server) => server.Health.Agent is { Enabled: true };

    /// <summary>Sends checks elsewhere.</summary>
    /// <param name="server">A server that is checked.</param>
    /// <param name="address">The address; null leaves it.</param>
    /// <param name="port">The port; 0 leaves it.</param>
    public static void SetCheckTarget(ServerState server, SocketAddress128? address, int port)
    {
        if (address is { } to)
        {
            server.Health.MoveChecks(to);
        }

        if (port > 0)
        {
            server.Health.CheckPort = port;
        }
    }

    /// <summary>Asks the agent elsewhere; see <see cref="SetCheckTarget"/>.</summary>
    public static void SetAgentTarget(ServerState server, SocketAddress128? address, int port)
    {
        if (address is { } to)
        {
            server.Health.MoveAgent(to);
        }

        if (port > 0)
        {
            server.Health.AgentPort = port;
        }
    }

    /// <summary>What is sent to the agent.</summary>
    public static void SetAgentSend(ServerState server, string text) => server.Health.AgentSend = text;

    /// <summary>An address written by an operator; null where it is none.</summary>
    public static SocketAddress128? Target(string word) => IPAddress.TryParse(word, out var address) ? SocketAddress128.From(address, 0) : null;
}

using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>What a line of a state file says of a server's checks; the numbers are those of the file format (management manual 9.3).</summary>
/// <param name="Status">srv_check_status.</param>
/// <param name="Result">srv_check_result.</param>
/// <param name="Health">srv_check_health.</param>
/// <param name="CheckState">srv_check_state: 1 under way, 2 configured, 4 enabled, 8 paused.</param>
/// <param name="AgentState">srv_agent_state: the same, and 16.</param>
/// <param name="CheckPort">srv_check_port.</param>
/// <param name="CheckAddress">srv_check_addr; "-" none.</param>
/// <param name="AgentAddress">srv_agent_addr; "-" none.</param>
/// <param name="AgentPort">srv_agent_port.</param>
public readonly record struct HealthSnapshot(
    int Status, int Result, int Health, int CheckState, int AgentState, int CheckPort, string CheckAddress, string AgentAddress, int AgentPort)
{
    private const int InProgress = 1, Configured = 2, Enabled = 4, Paused = 8, Agent = 16;
    private const int DefaultRise = 2, DefaultFall = 3;

    /// <summary>Takes a server's.</summary>
    public static HealthSnapshot Of(ServerState server)
    {
        var health = server.Health;
        var status = health.Check?.Last.Status ?? CheckStatus.Initializing;
        return new HealthSnapshot(
            CheckNumbers.ToFile(status), CheckNumbers.ResultOf(status),
            health.Check?.Counter.Health ?? Unchecked(server),
            health.Check is null && server.Config.Disabled && server.IsInMaintenance ? Paused : BitsOf(health.Check), health.Agent is null ? 0 : BitsOf(health.Agent) | Agent,
            health.CheckPort > 0 ? health.CheckPort : server.Config.Check?.Port ?? 0, AddressTexts.HostOf(health.CheckAddress), AddressTexts.HostOf(health.AgentAddress),
            health.AgentPort);
    }

    // Without checks the number is the one that a check would begin with, or end with where an older process is believed.
    private static int Unchecked(ServerState server) =>
        server.IsInMaintenance || server.Leader is not null ? 0 : server.Health.IsRestored ? DefaultRise + DefaultFall - 1 : DefaultRise;

    private static int BitsOf(CheckState? check) =>
        check is null ? 0 : Configured | (check.Enabled ? Enabled : 0) | (check.Paused ? Paused : 0) | (check.InProgress ? InProgress : 0);
}

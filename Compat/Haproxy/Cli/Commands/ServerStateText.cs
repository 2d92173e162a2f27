using System.Globalization;
using System.Text;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Lines of the servers' states, which a process writes and the next one reads (management manual 9.3, <c>show servers state</c>).</summary>
internal static class ServerStateText
{
    internal const string Header = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change "
        + "srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord "
        + "srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n";

    internal static void Line(ServerState server, AdminContext context, long now, StringBuilder into)
    {
        var proxy = server.Backend.Proxy;
        var changed = server.LastChangeSeconds == 0 ? context.StartWallMicroseconds / 1_000_000 : server.LastChangeSeconds;
        var health = HealthSnapshot.Of(server);
        into.Append(CultureInfo.InvariantCulture, $"{proxy.Config.Id} {proxy.Name} {server.Config.Id} {server.Name} {AddressTexts.HostOf(server.Address)} ")
            .Append(CultureInfo.InvariantCulture, $"{(int)server.Operational} {(int)server.Admin} {server.UserWeight} {server.InitialWeight} {(now / 1_000_000) - changed} ")
            .Append(CultureInfo.InvariantCulture, $"{health.Status} {health.Result} {health.Health} {health.CheckState} {health.AgentState} ")
            .Append(CultureInfo.InvariantCulture, $"{(proxy.Config.HasOwnId ? 1 : 0)} {(server.Config.HasOwnId ? 1 : 0)} ")
            .Append(CultureInfo.InvariantCulture, $"{server.Config.HostName ?? "-"} {AddressTexts.PortOf(server)} - 0 {health.CheckPort} {health.CheckAddress} {health.AgentAddress} {health.AgentPort}\n");
    }
}

using System.Globalization;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Runs a program (configuration manual 4.2, <c>external-check command</c>): it ends with 0 for a good server.</summary>
public static class ExternalCheck
{
    private const int CannotStart = 255;

    internal static async ValueTask<CheckOutcome> RunAsync(CheckRun run, ExternalCheckConfig config)
    {
        var pid = Spawn.Start(RequestOf(run.Server, config), out _);
        if (pid <= 0)
        {
            return new CheckOutcome(CheckStatus.ProgramError, CannotStart);
        }

        using var watch = new ChildWatch(run.Loop, pid);
        // The program has the interval or 'timeout check', whichever the connection of another check would have.
        run.Connected();
        var result = await watch.EndAsync(run.AnswerDeadline);
        if (!result.IsDone)
        {
            Children.Send(pid, Signal.Kill);
            await watch.EndAsync(Reactor.LoopTask.Never);
            Children.TryReap(pid, out _);
            return new CheckOutcome(CheckStatus.ProgramTimeout);
        }

        if (!Children.TryReap(pid, out var exit))
        {
            return new CheckOutcome(CheckStatus.ProgramError, -1);
        }

        return exit switch
        {
            { Signal: not 0 } => new CheckOutcome(CheckStatus.ProgramError, -1),
            { Status: 0 } => new CheckOutcome(CheckStatus.ProgramOk),
            _ => new CheckOutcome(CheckStatus.ProgramError, exit.Status),
        };
    }

    /// <summary>The program of a server with its words and environment.</summary>
    public static SpawnRequest RequestOf(ServerState server, ExternalCheckConfig config)
    {
        var (proxyAddress, proxyPort) = ListenerOf(server.Backend.Proxy);
        var isUnix = server.Address.Family == SocketFamily.Unix;
        var address = server.Address.ToIPAddress()?.ToString() ?? (server.Config.Endpoint as UnixEndpoint)?.Path ?? "";
        var port = isUnix ? "" : server.Address.Port.ToString(CultureInfo.InvariantCulture);
        return new SpawnRequest
        {
            Path = config.Command,
            Arguments = [config.Command, Or(proxyAddress), Or(proxyPort), address, Or(port)],
            Environment =
            [
                "PATH=" + config.Path,
                "HAPROXY_PROXY_NAME=" + server.Backend.Name,
                "HAPROXY_PROXY_ID=" + server.Backend.Proxy.Config.Id.ToString(CultureInfo.InvariantCulture),
                "HAPROXY_PROXY_ADDR=" + proxyAddress,
                "HAPROXY_PROXY_PORT=" + proxyPort,
                "HAPROXY_SERVER_NAME=" + server.Name,
                "HAPROXY_SERVER_ID=" + server.Config.Id.ToString(CultureInfo.InvariantCulture),
                "HAPROXY_SERVER_ADDR=" + address,
                "HAPROXY_SERVER_PORT=" + port,
                "HAPROXY_SERVER_MAXCONN=" + server.MaxConnections.ToString(CultureInfo.InvariantCulture),
                "HAPROXY_SERVER_CURCONN=" + server.Sessions.Value.ToString(CultureInfo.InvariantCulture),
                "HAPROXY_SERVER_SSL=0",
                "HAPROXY_SERVER_PROTO=tcp",
            ],
        };
    }

    private static string Or(string text) => text.Length == 0 ? "NOT_USED" : text;

    private static (string Address, string Port) ListenerOf(ProxyState proxy)
    {
        foreach (var bind in proxy.Config.Frontend?.Binds ?? [])
        {
            switch (bind.Endpoint)
            {
                case IpEndpoint ip:
                    return (ip.Address.ToString(), ip.Port.ToString(CultureInfo.InvariantCulture));
                case UnixEndpoint unix:
                    return (unix.Path, "");
                default:
                    break;
            }
        }

        return ("", "");
    }
}

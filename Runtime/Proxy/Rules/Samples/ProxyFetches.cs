using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Fetches of the state of sections and servers (configuration manual 7.3.2).</summary>
internal static class ProxyFetches
{
    public static int UsableServers(BackendState backend)
    {
        var balancer = backend.Balancer;
        if (balancer is null)
        {
            return 0;
        }

        return balancer.ActiveCount > 0 ? balancer.ActiveCount
            : (backend.Proxy.Config.Options & ProxyOptions.AllBackups) != 0 ? balancer.BackupCount : Math.Min(1, balancer.BackupCount);
    }

    public static int Queue(BackendState backend)
    {
        var queued = backend.Queued.Value;
        foreach (var server in backend.Servers)
        {
            queued += server.Queued.Value;
        }

        return queued;
    }

    public static int AverageQueue(BackendState backend)
    {
        var servers = UsableServers(backend);
        var queued = Queue(backend);
        return servers > 0 ? (queued + servers - 1) / servers : queued * 4;
    }

    /// <summary>Free places and, where asked for, free places in queues; -1 where a server has no limit.</summary>
    public static long FreePlaces(BackendState backend, bool queues)
    {
        long free = 0;
        foreach (var server in backend.Servers)
        {
            if (!IsUp(server))
            {
                continue;
            }

            if (server.MaxConnections == 0 || (queues && server.Config.MaxQueue == 0))
            {
                return -1;
            }

            free += Math.Max(0, server.MaxConnections - server.Sessions.Value);
            if (queues)
            {
                free += Math.Max(0, server.Config.MaxQueue - server.Queued.Value);
            }
        }

        return free;
    }

    public static bool IsUp(ServerState server) =>
        (server.Admin & AdministrativeState.AnyMaintenance) == 0 && server.Operational != OperationalState.Stopped;

    public static long Milliseconds(Duration? time) => time?.Milliseconds ?? 0;
}

/// <summary>A number of a section or server that the configuration names.</summary>
internal sealed class StateFetch<T>(T state, Func<T, RuleSubject, long> number, bool isBool = false) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        isBool ? sample.SetBool(number(state, subject) != 0) : sample.SetInteger(number(state, subject));
}

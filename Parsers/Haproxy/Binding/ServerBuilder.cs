using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Makes the IR of servers.</summary>
internal static class ServerBuilder
{
    /// <summary>All servers of a section, numbered.</summary>
    public static ServerConfig[] Build(ProxySyntax proxy)
    {
        var numbers = new NumberSequence(1, proxy.Servers.Select(server => server.Id));
        return [.. proxy.Servers.Select(server => Build(server, numbers.Next(server.Id)))];
    }

    /// <summary>One server with its number.</summary>
    public static ServerConfig Build(ServerSyntax s, int id)
    {
        // A lower limit above the upper one, or alone, is the limit.
        var (most, least) = s.MinConnections > s.MaxConnections ? (s.MinConnections, 0) : (s.MaxConnections, s.MinConnections);
        return new ServerConfig
        {
            Name = s.Name,
            Id = id,
            HasOwnId = s.Id != 0,
            Endpoint = s.Endpoint!,
            At = s.At,
            HostName = s.HostName,
            PortIsOffset = s.PortIsOffset,
            Weight = s.Weight,
            Backup = s.Backup,
            Disabled = s.Disabled == true,
            MaxConnections = most,
            MinConnections = least,
            MaxQueue = s.MaxQueue,
            Cookie = s.Cookie,
            RedirectPrefix = s.RedirectPrefix,
            SlowStart = s.SlowStart,
            Check = !s.Check ? null : new ServerCheckConfig
            {
                Interval = s.Interval,
                FastInterval = s.FastInterval,
                DownInterval = s.DownInterval,
                Rise = s.Rise,
                Fall = s.Fall,
                Port = s.CheckPort > 0 ? s.CheckPort : null,
                Address = s.CheckAddress,
                SendProxy = s.CheckSendProxy || (s.SendProxyVersion > 0 && s.CheckPort == 0 && s.CheckAddress is null),
            },
            Agent = !s.AgentCheck ? null : new AgentCheckConfig(s.AgentPort, s.AgentAddress, s.AgentInterval ?? s.Interval, s.AgentSend),
            Track = s.Track,
            Observe = s.Observe,
            ErrorLimit = s.ErrorLimit,
            OnError = s.OnError,
            ShutdownSessionsOnDown = s.ShutdownSessionsOnDown,
            ShutdownBackupSessionsOnUp = s.ShutdownBackupSessionsOnUp,
            SendProxyVersion = s.SendProxyVersion,
            Source = s.Source,
            PoolPurgeDelay = s.PoolPurgeDelay,
            PoolMaxConnections = s.PoolMaxConnections,
            PoolLowConnections = s.PoolLowConnections,
            FastOpen = s.FastOpen,
            TcpUserTimeout = s.TcpUserTimeout,
            Namespace = s.Namespace,
        };
    }
}

using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// How many connections the process takes and how many descriptors that needs, by the original's arithmetic (management manual, chapter 5), so that
/// <c>show info</c> and the messages agree with it.
/// </summary>
/// <param name="MaxConnections">Most connections.</param>
/// <param name="MaxSockets">Descriptors needed for them (<c>Maxsock</c>).</param>
/// <param name="DescriptorLimit">The limit to ask the system for (<c>Ulimit-n</c>).</param>
/// <param name="MostDescriptors">The highest limit that may be asked for (<c>fd-hard-limit</c>).</param>
/// <param name="Strict">Whether a limit that cannot be reached stops the start.</param>
public sealed record ResourcePlan(int MaxConnections, int MaxSockets, int DescriptorLimit, ulong MostDescriptors, bool Strict)
{
    private const int Reserved = 10;           // standard streams, epoll, logs, files
    private const int PerThread = 3;           // epoll, and a pipe to wake it
    private const int LeastConnections = 100;

    /// <summary>Makes the plan.</summary>
    /// <param name="config">The files.</param>
    /// <param name="threads">How many threads serve.</param>
    /// <param name="fromCommandLine"><c>-n</c>, which wins; 0 = not given.</param>
    /// <param name="megabytes"><c>-m</c>; 0 = not given.</param>
    public static ResourcePlan For(HaproxyConfig config, int threads, int fromCommandLine, int megabytes)
    {
        var besides = Reserved + PerThread * threads + Listeners(config) + Checks(config);
        _ = Limits.Get(Limits.Resource.Descriptors, out _, out var hard);
        var most = config.Global.DescriptorHardLimit is > 0 and var highest ? (ulong)highest : ulong.MaxValue;
        hard = Math.Min(hard, most);
        int connections;
        if (fromCommandLine > 0)
            connections = fromCommandLine;
        else if (config.Global.MaxConnections is > 0 and var configured)
            connections = configured;
        else
            connections = Derive((long)Math.Min(hard, int.MaxValue), besides, megabytes);
        var sockets = besides + 2 * connections;
        return new ResourcePlan(connections, sockets, config.Global.DescriptorLimit ?? sockets, most, config.Global.StrictLimits);
    }

    /// <summary>Asks the system for the limit; the plan as it came true, or null when the process must not start, which has been said.</summary>
    public ResourcePlan? Apply(Messages messages)
    {
        _ = Limits.Get(Limits.Resource.Descriptors, out var soft, out var hard);
        var wanted = (ulong)DescriptorLimit;
        var reached = this;
        if (wanted > MostDescriptors || (wanted > soft && !Limits.Set(Limits.Resource.Descriptors, wanted, Math.Max(hard, wanted)).IsNone))
        {
            // What is not strict takes what the system gives, beyond fd-hard-limit too.
            var limit = Strict ? Math.Min(hard, MostDescriptors) : hard;
            _ = Limits.Set(Limits.Resource.Descriptors, limit, hard);
            var text = $"Cannot raise FD limit to {DescriptorLimit}, limit is {limit}.";
            if (Strict)
            {
                messages.AlertInMain(text);
                return null;
            }
            messages.WarningInMain(text);
            reached = this with { DescriptorLimit = (int)Math.Min(limit, int.MaxValue) };
        }
        _ = Limits.Get(Limits.Resource.Descriptors, out soft, out _);
        if (soft >= (ulong)MaxSockets)
            return reached;
        messages.AlertInMain($"FD limit ({soft}) too low for maxconn={MaxConnections}/maxsock={MaxSockets}. "
            + $"Please raise 'ulimit-n' to {MaxSockets} or more to avoid any trouble.");
        return Strict ? null : reached;
    }

    private static int Derive(long hard, int besides, int megabytes)
    {
        var connections = (hard - besides) / 2;
        if (megabytes > 0)
            connections = Math.Min(connections, megabytes * 28L); // what a connection costs the original, buffers included
        return (int)Math.Max(connections, LeastConnections);
    }

    private static int Listeners(HaproxyConfig config)
    {
        var count = config.Proxies.Sum(proxy => proxy.Frontend?.Binds.Count ?? 0) + config.Global.StatsSockets.Count;
        return config.Global.StatsSockets.Count > 0 ? count + config.Global.StatsMaxConnections : count;
    }

    private static int Checks(HaproxyConfig config) => config.Proxies.Sum(proxy => proxy.Backend?.Servers.Sum(ChecksOf) ?? 0);

    private static int ChecksOf(ServerConfig server) => (server.Check != null ? 1 : 0) + (server.Agent != null ? 2 : 0);
}

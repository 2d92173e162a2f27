using System.Globalization;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show servers state</c>, <c>show servers conn</c>, <c>show backend</c> (management manual 9.3).</summary>
internal static class ShowServers
{
    internal static void State(CliCall call)
    {
        if (!TryFind(call, out var only))
            return;
        call.Output.Append(ServerStateText.Header);
        foreach (var backend in Chosen(call, only))
        {
            foreach (var server in backend.Servers)
                ServerStateText.Line(server, call.Context, call.Now, call.Output);
        }
    }

    internal static void Connections(CliCall call)
    {
        if (!TryFind(call, out var only))
            return;
        var threads = call.Context.Engine.Threads;
        var output = call.Output;
        output.Append("# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[")
            .Append(threads.Length).Append("]\n");
        foreach (var backend in Chosen(call, only))
        {
            foreach (var server in backend.Servers)
            {
                var safe = Volatile.Read(ref server.SafeIdleCount);
                output.Append(CultureInfo.InvariantCulture, $"{server} {backend.Proxy.Config.Id}/{server.Config.Id} {AddressTexts.HostOf(server.Address)} {AddressTexts.PortOf(server)} - ")
                    .Append(CultureInfo.InvariantCulture, $"{server.Config.PoolPurgeDelay.Milliseconds} {server.UsedConnections} {server.UsedMaximum} {server.NeededConnections} ")
                    .Append(CultureInfo.InvariantCulture, $"{Math.Max(0, server.IdleCount - safe)} {safe} {server.Config.PoolMaxConnections} {server.IdleCount}");
                // A server without a pool has no counts by thread.
                foreach (var thread in server.Config.PoolMaxConnections == 0 ? [] : threads)
                    output.Append(' ').Append(thread.Idle.CountOf(server));
                output.Append('\n');
            }
        }
    }

    internal static void Backends(CliCall call)
    {
        call.Output.Append("# name\n");
        foreach (var backend in Chosen(call, null))
            call.Output.Append(backend.Name).Append('\n');
    }

    private static bool TryFind(CliCall call, out BackendState? only)
    {
        only = null;
        if (call.Word(3).Length == 0)
            return true;
        only = call.Context.FindBackend(call.Word(3));
        if (only is null)
            call.Fail("Can't find backend.\n");
        return only is not null;
    }

    private static IEnumerable<BackendState> Chosen(CliCall call, BackendState? only) =>
        call.Context.Engine.Proxies.Where(proxy => proxy.Backend is { } backend && (only is null || backend == only) && !proxy.Config.Disabled).Select(proxy => proxy.Backend!);
}

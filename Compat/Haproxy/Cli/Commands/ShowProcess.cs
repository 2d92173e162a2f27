using System.Collections;
using System.Globalization;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>What there is to see of the process itself (management manual 9.3).</summary>
internal static class ShowProcess
{
    internal static void Version(CliCall call) => call.Output.Append(ProductVersion.Text).Append('\n');

    internal static void Variables(CliCall call)
    {
        if (call.Word(2) is { Length: > 0 } name)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                call.Output.Append(name).Append('=').Append(value).Append('\n');
            else
                call.Fail("Variable not found\n");
            return;
        }
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            call.Output.Append(entry.Key).Append('=').Append(entry.Value).Append('\n');
    }

    internal static void Sockets(CliCall call)
    {
        call.Output.Append("# socket lvl processes\n");
        foreach (var socket in call.Session.Server.Sockets)
            call.Output.Append(NameOf(socket)).Append(' ').Append(NameOf(socket.Level)).Append(" all\n");
    }

    internal static void Level(CliCall call) => call.Say(CliSeverity.Info, NameOf(call.Session.Level) + "\n");

    internal static void StartupLogs(CliCall call)
        => call.Output.Append(call.Session.Server.StartupLog is { Length: > 0 } log ? log : "\n");

    internal static void Tasks(CliCall call) => call.Output
        .Append(CultureInfo.InvariantCulture, $"Running tasks: 0 ({call.Context.Engine.Threads.Length} threads)\n")
        .Append("  function                     places     %    lat_tot   lat_avg\n");

    internal static void Libraries(CliCall call) => call.Output.Append(MemoryMap.Libraries());

    internal static void Threads(CliCall call)
    {
        foreach (var thread in call.Context.Engine.Threads)
        {
            // The one that answers is at work, the others wait as far as anybody here can know.
            var isAnswering = thread.Index == 0;
            call.Output.Append(CultureInfo.InvariantCulture, $"{(isAnswering ? '*' : ' ')} Thread {thread.Index + 1,-2}: act={(isAnswering ? 1 : 0)} glob=0 wq=0 rq=0 tl=0 tlsz=0 rqsz=0\n")
                .Append(CultureInfo.InvariantCulture, $"      1/{thread.Index + 1,-2}   stuck=0 prof=0 harmless={(isAnswering ? 0 : 1)} wantrdv=0\n\n");
        }
    }

    /// <summary>Pools as the original lays them out: its buffers are ours, what its other pools hold lies in the managed heap, which is shown beside them.</summary>
    internal static void Pools(CliCall call)
    {
        call.Output.Append("Dumping pools usage. Use SIGQUIT to flush them.\n");
        long pools = 0, allocated = 0, used = 0, cached = 0;
        foreach (var pool in PoolUsage.Of(call.Context))
        {
            call.Output.Append(CultureInfo.InvariantCulture, $"  - Pool {pool.Name} ({pool.Size} bytes) : {pool.Allocated} allocated ({pool.Allocated * pool.Size} bytes), ")
                .Append(CultureInfo.InvariantCulture, $"{pool.Used} used (~{pool.Allocated - pool.Used} by thread caches), needed_avg {pool.Used}, 0 failures, {pool.Users} users, @0x0\n");
            pools++;
            allocated += pool.Allocated * pool.Size;
            used += pool.Used * pool.Size;
            cached += (pool.Allocated - pool.Used) * pool.Size;
        }
        call.Output.Append(CultureInfo.InvariantCulture, $"Total: {pools} pools, {allocated} bytes allocated, {used} used (~{cached} by thread caches).\n")
            .Append(PoolUsage.Heap());
    }

    internal static void Activity(CliCall call)
    {
        var threads = call.Context.Engine.Threads;
        var now = call.Now;
        call.Output.Append(CultureInfo.InvariantCulture, $"thread_id: {threads.Length} (1..{threads.Length})\n")
            .Append(CultureInfo.InvariantCulture, $"date_now: {now / 1_000_000}.{now % 1_000_000:000000}\n");
        foreach (var (name, values) in ActivityCounts.Of(call.Context))
        {
            call.Output.Append(name).Append(": ").Append(values.Sum());
            if (values.Length > 1)
                call.Output.Append(" [ ").AppendJoin(' ', values).Append(" ]");
            call.Output.Append('\n');
        }
    }

    internal static string NameOf(CliLevel level) => level switch
    {
        CliLevel.Admin => "admin",
        CliLevel.Operator => "operator",
        _ => "user",
    };

    private static string NameOf(BindConfig socket) => socket.Endpoint switch
    {
        UnixEndpoint unix => "unix@" + unix.Path,
        AbstractEndpoint named => "abns@" + named.Name,
        IpEndpoint { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ip => $"ipv6@[{ip.Address}]:{ip.Port}",
        IpEndpoint ip => $"ipv4@{ip.Address}:{ip.Port}",
        _ => "unknown",
    };
}

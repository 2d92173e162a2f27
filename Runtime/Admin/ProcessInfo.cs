namespace Dropin.Runtime.Admin;

/// <summary>The process' information (<c>show info</c>): a value for each field that has one.</summary>
public sealed class ProcessInfo
{
    private static readonly int s_count = Enum.GetValues<InfoField>().Length;
    private readonly StatValue[] _values = new StatValue[s_count];

    private ProcessInfo()
    {
    }

    /// <summary>How many fields there are.</summary>
    public static int FieldCount => s_count;

    /// <summary>How long the process has served, microseconds.</summary>
    public long UptimeMicroseconds { get; private init; }

    /// <summary>When it began to serve, microseconds since 1970.</summary>
    public long StartWallMicroseconds { get; private init; }

    /// <summary>The value of a field.</summary>
    public StatValue this[InfoField field] => _values[(int)field];

    /// <summary>Takes the information of this moment. Product name, version, date and the written form of the uptime are the caller's.</summary>
    public static ProcessInfo Take(AdminContext context, long nowMilliseconds, long nowMicroseconds)
    {
        var engine = context.Engine;
        var process = engine.Process;
        var info = new ProcessInfo { UptimeMicroseconds = nowMicroseconds - context.StartMicroseconds, StartWallMicroseconds = context.StartWallMicroseconds };
        for (var field = InfoField.Nbthread; field < (InfoField)s_count; field++)
        {
            info.Number(field, 0);
        }

        info._values[(int)InfoField.ZlibMemUsage] = default;
        info._values[(int)InfoField.MaxZlibMemUsage] = default;
        info.Number(InfoField.Nbthread, engine.Threads.Length);
        info.Number(InfoField.Nbproc, 1);
        info.Number(InfoField.ProcessNum, 1);
        info.Number(InfoField.Pid, Environment.ProcessId);
        info.Number(InfoField.UptimeSec, info.UptimeMicroseconds / 1_000_000);
        info.Number(InfoField.MemmaxMB, engine.Global.MemoryLimitMegabytes);
        info.Number(InfoField.UlimitN, context.DescriptorLimit);
        info.Number(InfoField.Maxsock, context.MaxSockets);
        info.Number(InfoField.Maxconn, process.MaxConnections);
        info.Number(InfoField.HardMaxconn, process.HardMaxConnections);
        info.Number(InfoField.CurrConns, process.Connections.Value);
        info.Number(InfoField.CumConns, Volatile.Read(ref process.TotalConnections));
        info.Number(InfoField.CumReq, Volatile.Read(ref process.TotalRequests));
        info.Number(InfoField.ConnRate, process.ConnectionRate.Read(nowMilliseconds));
        info.Number(InfoField.ConnRateLimit, process.ConnectionRateLimit);
        info.Number(InfoField.MaxConnRate, process.ConnectionRateMaximum);
        info.Number(InfoField.SessRate, process.SessionRate.Read(nowMilliseconds));
        info.Number(InfoField.SessRateLimit, process.SessionRateLimit);
        info.Number(InfoField.MaxSessRate, process.SessionRateMaximum);
        info.Number(InfoField.SslRateLimit, process.TlsRateLimit);
        info.Number(InfoField.CompressBpsRateLim, process.CompressionRateLimit);
        info.Number(InfoField.IdlePct, context.Load.IdlePercent);
        info.Text(InfoField.Node, context.Node);
        if (engine.Global.Description is { } description)
        {
            info.Text(InfoField.Description, description);
        }
        else
        {
            info._values[(int)InfoField.Description] = default;
        }

        var listeners = context.Listeners.Listeners.Count(listener => listener.Descriptor >= 0 && !listener.IsPaused) + context.CliListeners;
        info.Number(InfoField.Stopping, process.IsStopping ? 1 : 0);
        info.Number(InfoField.Jobs, listeners + process.Connections.Value + 1);
        info.Number(InfoField.Listeners, listeners);
        info.Number(InfoField.Tasks, Tasks(context));
        info.Number(InfoField.DroppedLogs, engine.Logs?.Dropped ?? 0);
        info.Count(InfoField.TotalBytesOut, Volatile.Read(ref process.TotalBytesOut));
        info.Count(InfoField.TotalSplicdedBytesOut, 0);
        info.Count(InfoField.BytesOutRate, context.Load.BytesOutRate);
        info.Number(InfoField.MemmaxBytes, (long)engine.Global.MemoryLimitMegabytes << 20);
        var (allocated, used) = BufferMemory(context);
        info.Number(InfoField.PoolAllocMB, allocated >> 20);
        info.Number(InfoField.PoolUsedMB, used >> 20);
        info.Count(InfoField.PoolAllocBytes, allocated);
        info.Count(InfoField.PoolUsedBytes, used);
        info.Number(InfoField.StartTimeSec, context.StartWallMicroseconds / 1_000_000);
        info.Text(InfoField.Tainted, "0");
        return info;
    }

    /// <summary>Sets a text that Runtime does not know.</summary>
    public void Text(InfoField field, string text) => _values[(int)field] = new StatValue(StatValueKind.Text, 0, text, InfoTags.Of(field));

    private void Number(InfoField field, long number) => _values[(int)field] = new StatValue(StatValueKind.Unsigned32, number, null, InfoTags.Of(field));

    private void Count(InfoField field, long number) => _values[(int)field] = new StatValue(StatValueKind.Unsigned64, number, null, InfoTags.Of(field));

    /// <summary>What there is to run: connections, checks, and each thread's own.</summary>
    private static int Tasks(AdminContext context)
    {
        var tasks = context.Engine.Threads.Length * 4;
        foreach (var thread in context.Engine.Threads)
        {
            tasks += thread.SessionCount;
        }

        foreach (var proxy in context.Engine.Proxies)
        {
            foreach (var server in proxy.Backend?.Servers ?? [])
            {
                tasks += (server.Config.Check is null ? 0 : 1) + (server.Config.Agent is null ? 0 : 1);
            }
        }

        return tasks;
    }

    private static (long Allocated, long Used) BufferMemory(AdminContext context)
    {
        long allocated = 0, used = 0;
        foreach (var thread in context.Engine.Threads)
        {
            var pool = thread.Loop.Buffers;
            used += (long)pool.Outstanding * pool.BlockSize;
            allocated += (long)(pool.Outstanding + pool.Free) * pool.BlockSize;
        }

        return (allocated, used);
    }
}

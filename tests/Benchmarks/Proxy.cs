using System.Diagnostics;
using System.Globalization;

namespace Dropin.Benchmarks;

/// <summary>CPU time that a process has used, split as the kernel does.</summary>
internal readonly record struct CpuTime(TimeSpan User, TimeSpan System)
{
    public TimeSpan Total => User + System;

    public static CpuTime operator -(CpuTime a, CpuTime b) => new(a.User - b.User, a.System - b.System);
}

/// <summary>A running haproxy (the original or ours) on one configuration.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly Process _process;
    private readonly string _config;

    private Proxy(Process process, string config, int port) => (_process, _config, Port) = (process, config, port);

    public int Port { get; }

    /// <summary>Starts the binary in the foreground; null with the reason when it does not come to listen.</summary>
    public static Proxy? TryStart(string binary, Func<int, string> configOf, out string reason)
    {
        var port = Machine.FreePort();
        var config = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}-{port}.cfg");
        File.WriteAllText(config, configOf(port));
        var process = Machine.Start(Machine.ProxyCpu, binary, "-db", "-f", config);
        var proxy = new Proxy(process, config, port);
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        if (Machine.WaitListening(port, TimeSpan.FromSeconds(10), () => !process.HasExited))
        {
            reason = "";
            return proxy;
        }
        proxy.Dispose();
        reason = errors.Result.Split('\n').FirstOrDefault(l => l.Contains("[ALERT]", StringComparison.Ordinal)) ?? "it does not come to listen";
        return null;
    }

    public int Id => _process.Id;

    public bool Alive => !_process.HasExited;

    /// <summary>
    /// The total comes from the scheduler (nanoseconds), its split from the tick-based counters of /proc/PID/stat, whose ratio
    /// the kernel scales to the same total.
    /// </summary>
    public CpuTime Cpu()
    {
        var stat = File.ReadAllText($"/proc/{Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double user = long.Parse(fields[11], CultureInfo.InvariantCulture), system = long.Parse(fields[12], CultureInfo.InvariantCulture);
        long nanoseconds = 0;
        foreach (var task in Directory.EnumerateDirectories($"/proc/{Id}/task"))
            nanoseconds += long.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        var share = user + system == 0 ? 0 : user / (user + system);
        return new CpuTime(TimeSpan.FromMicroseconds(nanoseconds / 1000.0 * share), TimeSpan.FromMicroseconds(nanoseconds / 1000.0 * (1 - share)));
    }

    /// <summary>Proportional set size and resident set size in bytes.</summary>
    public (long Pss, long Rss) Memory()
    {
        long pss = 0, rss = 0;
        foreach (var line in File.ReadLines($"/proc/{Id}/smaps_rollup"))
        {
            if (line.StartsWith("Pss:", StringComparison.Ordinal)) pss = Kilobytes(line);
            if (line.StartsWith("Rss:", StringComparison.Ordinal)) rss = Kilobytes(line);
        }
        return (pss, rss);

        static long Kilobytes(string line) => 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_config);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Dropin.Benchmarks;

/// <summary>The config test of a large file: wall time, with the CPU time beside it.</summary>
internal sealed record CheckRow(string Name, string Title, double Target) : Row(Name, Title, Target)
{
    public override Run? Prepare(string binary, Bench bench, out string reason)
    {
        var file = Path.Combine(Path.GetTempPath(), $"bench-large-{Environment.ProcessId}.cfg");
        File.WriteAllText(file, Configs.Large(25999));
        var output = Machine.Run(Machine.ProxyCpu, binary, "-c", "-f", file);
        reason = output.Contains("Configuration file is valid", StringComparison.Ordinal) ? ""
            : output.Split('\n').FirstOrDefault(l => l.Contains("[ALERT]", StringComparison.Ordinal)) ?? "it does not say that the file is valid";
        return reason.Length == 0 ? new CheckRun(binary, file) : null;
    }

    private sealed class CheckRun(string binary, string file) : Run
    {
        public override Sample Measure()
        {
            var best = Enumerable.Range(0, 3).Select(_ => Once()).MinBy(t => t.Wall);
            return new Sample(best.Wall, string.Create(CultureInfo.InvariantCulture, $"{best.Wall:0.000} s ({best.User:0.000} user + {best.System:0.000} system), best of 3"));
        }

        // bash's time asks the kernel for the child's own usage (getrusage), which .NET does not offer.
        private (double Wall, double User, double System) Once()
        {
            var output = Machine.Run(Machine.ProxyCpu, "bash", "-c", "TIMEFORMAT='%3R %3U %3S'; time \"$0\" -c -f \"$1\" >/dev/null 2>&1", binary, file);
            var parts = output.Trim().Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            return (parts[0], parts[1], parts[2]);
        }
    }
}

/// <summary>From the start of the process to the first accepted connection.</summary>
internal sealed record StartRow(string Name, string Title, double Target) : Row(Name, Title, Target)
{
    public override Run? Prepare(string binary, Bench bench, out string reason)
    {
        var proxy = Proxy.TryStart(binary, port => Configs.Document(port, bench.Origin.Port, bench.SyslogPort), out reason);
        proxy?.Dispose();
        return proxy is null ? null : new StartRun(binary, bench);
    }

    private sealed class StartRun(string binary, Bench bench) : Run
    {
        public override Sample Measure()
        {
            var all = new List<double>();
            for (var i = 0; i < 8; i++) all.Add(Once());
            all.Sort();
            var median = all[all.Count / 2];
            return new Sample(median, string.Create(CultureInfo.InvariantCulture, $"{median:0.0} ms (median of {all.Count}, {all[0]:0.0} to {all[^1]:0.0})"));
        }

        private double Once()
        {
            var port = Machine.FreePort();
            var file = Path.Combine(Path.GetTempPath(), $"bench-start-{Environment.ProcessId}.cfg");
            File.WriteAllText(file, Configs.Document(port, bench.Origin.Port, bench.SyslogPort));
            var clock = Stopwatch.StartNew();
            using var process = Machine.StartHere(binary, "-db", "-f", file);
            try
            {
                while (!Machine.CanConnect(port))
                    if (process.HasExited || clock.Elapsed.TotalSeconds > 10) throw new InvalidOperationException("it does not come to listen");
                return clock.Elapsed.TotalMilliseconds;
            }
            finally
            {
                if (!process.HasExited) process.Kill();
                process.WaitForExit();
                File.Delete(file);
            }
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Dropin.Benchmarks;

/// <summary>A load of wrk for some seconds; the value is the CPU time of the proxy a request.</summary>
internal sealed partial record LoadRow(string Name, string Title, double Target, int Clients, Func<int, Bench, string> Config, string Path = "/", bool Close = false)
    : Row(Name, Title, Target)
{
    public override Run? Prepare(string binary, Bench bench, out string reason)
    {
        var proxy = Proxy.TryStart(binary, port => Config(port, bench), out reason);
        if (proxy is null) return null;
        var run = new LoadRun(this, proxy, bench);
        run.Load(1); // warm: pools filled, server connections open
        return run;
    }

    private sealed class LoadRun(LoadRow row, Proxy proxy, Bench bench) : Run
    {
        public override Sample Measure()
        {
            var before = proxy.Cpu();
            var (requests, perSecond) = Load(bench.Seconds);
            if (!proxy.Alive) throw new InvalidOperationException("the program died under load");
            var used = proxy.Cpu() - before;
            var (pss, rss) = proxy.Memory();
            double total = used.Total.TotalMicroseconds / requests, user = used.User.TotalMicroseconds / requests;
            return new Sample(total, string.Create(CultureInfo.InvariantCulture,
                $"{total:0.0} us ({user:0.0} user + {total - user:0.0} system), {perSecond:0}/s, PSS {pss / 1e6:0.0} RSS {rss / 1e6:0.0} MB"));
        }

        public (long Requests, double PerSecond) Load(int seconds)
        {
            string[] close = row.Close ? ["-H", "Connection: close"] : [];
            var output = Machine.Run(Machine.OtherCpus, "wrk", ["-t1", $"-c{row.Clients}", $"-d{seconds}s", "--timeout", "10s", .. close,
                $"http://127.0.0.1:{proxy.Port}{row.Path}"]);
            var requests = Requests().Match(output);
            var perSecond = PerSecond().Match(output);
            if (!requests.Success || !perSecond.Success) throw new InvalidOperationException("wrk: " + output.Trim());
            if (Bad().Match(output) is { Success: true } bad) throw new InvalidOperationException("wrk: " + bad.Value.Trim());
            var count = long.Parse(requests.Groups[1].Value, CultureInfo.InvariantCulture);
            if (count == 0) throw new InvalidOperationException("wrk: no request was answered");
            return (count, double.Parse(perSecond.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        public override void Dispose() => proxy.Dispose();
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    // Any answer that is not good, any connection that failed: the figures would compare different work.
    [GeneratedRegex(@"Non-2xx.*|Socket errors:(?! connect 0, read 0, write 0, timeout 0).*")]
    private static partial Regex Bad();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dropin.Benchmarks;

// Measures ours beside the original, in turns, on the same work.
//   Dropin.Benchmarks ORIGINAL OURS RESULTS.md [--seconds N] [--rounds N] [ROW ...]

if (args.Length < 3) { Console.Error.WriteLine("usage: ORIGINAL OURS RESULTS.md [--seconds N] [--rounds N] [ROW ...]"); return 2; }
var (original, ours, report) = (args[0], args[1], args[2]);
int seconds = 3, rounds = 4;
var only = new List<string>();
for (var i = 3; i < args.Length; i++)
    switch (args[i])
    {
        case "--seconds": seconds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--rounds": rounds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        default: only.Add(args[i]); break;
    }

Row[] all =
[
    new LoadRow("http-keepalive-32", "HTTP keep-alive, 32 clients: CPU a request", 0.80, 32, (p, b) => Configs.Http(p, b.Origin.Port)),
    new LoadRow("http-keepalive-256", "HTTP keep-alive, 256 clients", 0.75, 256, (p, b) => Configs.Http(p, b.Origin.Port)),
    new LoadRow("http-new-connection", "a new connection a request", 0.90, 32, (p, b) => Configs.Http(p, b.Origin.Port), Close: true),
    new LoadRow("document", "the document's configuration (httpclose, cookie, log)", 0.85, 32, (p, b) => Configs.Document(p, b.Origin.Port, b.SyslogPort)),
    new LoadRow("rules-40", "40 ACLs, variables, a stick table, regex, header edits", 0.80, 32, (p, b) => Configs.Rules(p, b.Origin.Port)),
    new LoadRow("tcp", "mode tcp, request/response", 1.00, 32, (p, b) => Configs.Tcp(p, b.Origin.Port)),
    new LoadRow("bodies-1m", "1 MB bodies", 0.90, 16, (p, b) => Configs.Http(p, b.Origin.Port), "/1m"),
    new LaterRow("tls-keepalive", "TLS keep-alive (ECDSA P-256)", 0.85, "not yet: TLS"),
    new LaterRow("tls-handshake", "TLS handshakes", 1.00, "not yet: TLS"),
    new LaterRow("h2-tls", "HTTP/2 over TLS", 0.90, "not yet: HTTP/2"),
    new IdleRow("idle-memory", "idle connection after one request: memory", 4),
    new CheckRow("check-40k", "-c of 40,000 lines with 20,000 servers", 0.80),
    new StartRow("start", "start to listening", 0.60),
];
var unknown = only.Where(o => all.All(r => r.Name != o)).ToList();
if (unknown.Count > 0) { Console.Error.WriteLine($"no row {string.Join(", ", unknown)}; rows: {string.Join(" ", all.Select(r => r.Name))}"); return 2; }

var results = new List<Result>();
using (var bench = new Bench(seconds, rounds))
    foreach (var row in all.Where(r => only.Count == 0 || only.Contains(r.Name)))
    {
        Console.WriteLine($"--- {row.Name}: {row.Title}");
        results.Add(Measure(row, bench));
        Console.WriteLine("    " + string.Join(" | ", results[^1].Cells().Skip(3)));
    }

var text = Table(results);
Console.WriteLine();
Console.WriteLine(text);
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(report))!);
File.WriteAllText(report, text);
return 0;

Result Measure(Row row, Bench bench)
{
    var (first, second) = (new List<Sample>(), new List<Sample>());
    string Problem(string who, string why) => why.StartsWith("not yet", StringComparison.Ordinal) ? why : $"not yet: {who}: {why}";
    try
    {
        using var a = row.Prepare(original, bench, out var reason);
        if (a is null) return new Result(row, first, second, Problem("original", reason));
        using var b = row.Prepare(ours, bench, out reason);
        if (b is null) return new Result(row, first, second, Problem("ours", reason));
        for (var round = 0; round < bench.Rounds; round++)
        {
            // Turns change order each round, so that a drift of the machine favours neither.
            if (round % 2 == 0) { first.Add(a.Measure()); second.Add(b.Measure()); }
            else { second.Add(b.Measure()); first.Add(a.Measure()); }
            Console.WriteLine($"    original {first[^1].Detail}\n    ours     {second[^1].Detail}");
        }
        return new Result(row, first, second, "");
    }
    catch (Exception e) when (e is InvalidOperationException or System.Net.Sockets.SocketException or IOException)
    {
        return new Result(row, first, second, "FAILED: " + e.Message.ReplaceLineEndings(" "));
    }
}

string Table(List<Result> rows)
{
    var text = new StringBuilder();
    var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
    text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {cpu}, {Environment.ProcessorCount} processors, Linux {Environment.OSVersion.Version}");
    text.AppendLine($"original: {Version(original)}; ours: {Version(ours)}");
    text.AppendLine($"one thread, {rounds} rounds in turns of {seconds} s, medians; the ratio is ours / original, with its range over the rounds").AppendLine();
    string[] head = ["work", "original", "ours", "ratio", "target", ""];
    var cells = rows.Select(r => r.Cells()).Prepend(head).ToList();
    var widths = Enumerable.Range(0, head.Length).Select(c => cells.Max(r => r[c].Length)).ToArray();
    for (var r = 0; r < cells.Count; r++)
    {
        text.AppendLine("| " + string.Join(" | ", cells[r].Select((c, i) => c.PadRight(widths[i]))) + " |");
        if (r == 0) text.AppendLine("| " + string.Join(" | ", widths.Select(w => new string('-', w))) + " |");
    }
    return text.ToString();
}

static string Version(string binary)
{
    using var process = Process.Start(new ProcessStartInfo(binary, "-v") { RedirectStandardOutput = true, RedirectStandardError = true })!;
    var line = process.StandardOutput.ReadLine() ?? "no version";
    process.WaitForExit();
    return $"{Path.GetFileName(binary)} ({line.Split(" - ")[0]})";
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Dropin.KeepalivedCorpus;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;

// Judges the probes of this repository and a folder of keepalived configurations, and writes a page about them.
//   Dropin.KeepalivedCorpus CORPUS PAGE.md [PART OF A NAME ...]

if (args.Length < 2) { Console.Error.WriteLine("usage: CORPUS PAGE.md [PART OF A NAME ...]"); return 2; }
var (corpus, page) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]));
var parts = args.Skip(2).ToList();
var scratch = Directory.CreateTempSubdirectory("corpus-").FullName;
// The recordings name files of the folder without it.
ExpectedFindings.Folder = scratch;
var probes = Probes().ToList();
var files = File.Exists(Path.Combine(corpus, "EXPECTED.jsonl")) ? Files().ToList() : [];
Directory.Delete(scratch, recursive: true);
if (parts.Count > 0)
{
    foreach (var row in probes.Concat(files).Where(r => parts.Contains("differs") ? !r.SameMessages : parts.Any(p => r.Name.Contains(p, StringComparison.Ordinal))))
        Console.WriteLine($"== {row.Name}\n-- ours {row.Ours}\n-- 2.2.7 {row.Old}" + (row.Old.SameMessages(row.New) && row.Old.Exit == row.New.Exit ? "" : $"\n-- 2.4.3 {row.New}"));
    return 0;
}

var text = new StringBuilder("# How real keepalived configurations fare\n\n");
text.AppendLine("Made by `build/keepalived-corpus.sh`: what a test of the configuration (`-t`) says of the probes in `fixtures/keepalived/probes` and of configurations of");
text.AppendLine("public repositories, beside what keepalived 2.2.7 and 2.4.3 said on the machine that is described with them. Agreement with either counts.").AppendLine();
text.AppendLine("| | files | same exit code | same exit code and all messages, word for word |").AppendLine("| --- | ---: | ---: | ---: |");
Line("probes", probes);
Line("configurations", files);
Line("together", [.. probes, .. files]);
text.AppendLine().AppendLine("## What differs").AppendLine();
foreach (var row in probes.Concat(files).Where(r => !r.SameMessages))
    text.AppendLine(CultureInfo.InvariantCulture, $"- {row.Name}: exit {row.Ours.Exit} (2.2.7: {row.Old.Exit}, 2.4.3: {row.New.Exit}); {Difference(row)}");
var refused = files.SelectMany(f => f.Refused.Distinct()).GroupBy(k => k).OrderByDescending(g => g.Count()).ToList();
text.AppendLine().AppendLine("## What a start would refuse, by files").AppendLine();
foreach (var keyword in refused) text.AppendLine(CultureInfo.InvariantCulture, $"- `{keyword.Key}`: {keyword.Count()}");
text.AppendLine().Append(File.ReadAllText(Repository.PathOf("tests/KeepalivedCorpus/differences.md")));
File.WriteAllText(page, text.ToString());
Console.WriteLine(string.Join('\n', text.ToString().Split('\n').Where(l => l.StartsWith('|'))));
Console.WriteLine($"{page} written");
return 0;

IEnumerable<Row> Probes()
{
    var host = FixedHost.Read(Repository.PathOf("fixtures/keepalived/probes/environment.txt"));
    foreach (var line in File.ReadLines(Repository.PathOf("fixtures/keepalived/probes/probes.jsonl")))
    {
        using var probe = JsonDocument.Parse(line);
        var path = Path.Combine(scratch, "keepalived.conf");
        File.WriteAllText(path, probe.RootElement.GetProperty("config").GetString()!, new UTF8Encoding(false));
        yield return Judge(probe.RootElement.GetProperty("name").GetString()!, path, host, probe.RootElement);
    }
}

IEnumerable<Row> Files()
{
    var host = FixedHost.Read(Path.Combine(corpus, "ENVIRONMENT.txt"));
    foreach (var line in File.ReadLines(Path.Combine(corpus, "EXPECTED.jsonl")))
    {
        using var expected = JsonDocument.Parse(line);
        var name = expected.RootElement.GetProperty("file").GetString()!;
        var path = Path.Combine(scratch, name);
        if (expected.RootElement.TryGetProperty("config", out var config))
            File.WriteAllText(path, config.GetString()!, new UTF8Encoding(false));
        else
            File.Copy(Path.Combine(corpus, name), path);
        yield return Judge(name, path, host, expected.RootElement);
        File.Delete(path);
    }
}

static Row Judge(string name, string path, FixedHost host, JsonElement recorded)
{
    var load = KeepalivedConfigLoader.Load(path, new KeepalivedLoadOptions { Facts = host, RandomSeed = 1 });
    return new Row(name, ExpectedFindings.Of(recorded.GetProperty("v227")), ExpectedFindings.Of(recorded.GetProperty("v243")), ExpectedFindings.Of(load),
        [.. load.Refused.Select(r => r.Keyword)]);
}

void Line(string what, IReadOnlyCollection<Row> rows) => text.AppendLine(CultureInfo.InvariantCulture,
    $"| {what} | {rows.Count} | {rows.Count(r => r.SameExit)} ({Percent(rows, r => r.SameExit)}) | {rows.Count(r => r.SameMessages)} ({Percent(rows, r => r.SameMessages)}) |");

static string Percent(IReadOnlyCollection<Row> rows, Func<Row, bool> what) => rows.Count == 0 ? "-" : (100.0 * rows.Count(what) / rows.Count).ToString("F1", CultureInfo.InvariantCulture) + " %";

static string Difference(Row row)
{
    if (row.OldCrashed) return $"2.2.7 is ended by signal {-row.Old.Exit}, which is not imitated";
    var original = row.Ours.Exit == row.New.Exit && row.Ours.Exit != row.Old.Exit ? row.New : row.Old;
    var same = original.Messages.Zip(row.Ours.Messages).TakeWhile(p => p.First == p.Second).Count();
    return (same < original.Messages.Count ? $"the original says \"{original.Messages[same].Sentence}\"" : "the original says no more") +
        (same < row.Ours.Messages.Count ? $", ours \"{row.Ours.Messages[same].Sentence}\"" : ", ours no more");
}

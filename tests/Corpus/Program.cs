using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Corpus;

// Judges a folder of configurations with our binary and writes a page about it.
//   Dropin.Corpus OURS CORPUS PAGE.md [PART OF A NAME ...]

if (args.Length < 3) { Console.Error.WriteLine("usage: OURS CORPUS PAGE.md [PART OF A NAME ...]"); return 2; }
var (program, corpus, page) = (Path.GetFullPath(args[0]), args[1], args[2]);
var parts = args.Skip(3).ToList();
var expected = Verdict.LoadExpected(Path.Combine(corpus, "EXPECTED.jsonl"), "v26");
var files = Directory.EnumerateFiles(corpus, "*.cfg").Order(StringComparer.Ordinal)
    .Where(f => parts.Count == 0 || parts.Any(p => f.Contains(p, StringComparison.Ordinal))).ToList();
var judge = new Judge(program);
var rows = new List<Row>();
var scratch = Directory.CreateTempSubdirectory("corpus-").FullName;
foreach (var file in files)
{
    // An empty folder: what the original saw when its verdict was taken.
    var folder = Directory.CreateDirectory(Path.Combine(scratch, Path.GetFileNameWithoutExtension(file))).FullName;
    var copy = Path.Combine(folder, Path.GetFileName(file));
    File.Copy(file, copy);
    var ours = judge.Check(copy);
    var original = expected[Path.GetFileName(file)];
    rows.Add(new Row(Path.GetFileName(file), original, ours, ours.Exit == 0 ? judge.Starts(copy) : null));
    if (parts.Count > 0) Show(rows[^1]);
}
Directory.Delete(scratch, recursive: true);

var good = rows.Where(r => r.Original.Exit == 0).ToList();
var reasons = rows.SelectMany(r => r.Refusals.Distinct().Select(k => (Keyword: k, Row: r))).GroupBy(p => p.Keyword)
    .Select(g => (Keyword: g.Key, Files: g.Count(), Good: g.Count(p => p.Row.Original.Exit == 0))).OrderByDescending(g => g.Good).ThenByDescending(g => g.Files).ToList();
var text = new StringBuilder();
text.AppendLine("# How real configurations fare").AppendLine();
text.AppendLine("Made by `make corpus` from configurations of public repositories, each alone in an empty folder, with the verdict of HAProxy 2.6.12 beside ours.");
text.AppendLine("Many files name certificates, maps or hosts that are not there; the original rejects those too.").AppendLine();
text.AppendLine("| | files |").AppendLine("| --- | ---: |");
Line("files", rows.Count);
Line("valid for the original (`-c` gives 0)", good.Count);
Line("... and for ours", good.Count(r => r.Ours.Exit == 0));
Line("... and started with ours, alive after a second", good.Count(r => r.Starts == true));
Line("... refused by ours, with the keyword", good.Count(r => r.Ours.Exit != 0 && r.Refusals.Count > 0));
Line("... rejected by ours for another reason: a defect", good.Count(r => r.Ours.Exit != 0 && r.Refusals.Count == 0));
Line("rejected by the original", rows.Count - good.Count);
Line("... and by ours", rows.Count(r => r.Original.Exit != 0 && r.Ours.Exit != 0));
Line("... but valid for ours: a defect", rows.Count(r => r.Original.Exit != 0 && r.Ours.Exit == 0));
Line("same exit code", rows.Count(r => r.Original.Exit == r.Ours.Exit));
Line("same exit code and the same messages, word for word", rows.Count(r => r.Original.Exit == r.Ours.Exit && r.Original.SameMessages(r.Ours)));

text.AppendLine().AppendLine("## What is refused, most frequent first").AppendLine();
text.AppendLine("\"Valid\" counts the files that the original accepts: those would be won first.").AppendLine();
text.AppendLine("| keyword | valid files | all files |").AppendLine("| --- | ---: | ---: |");
foreach (var (keyword, count, valid) in reasons) text.AppendLine(CultureInfo.InvariantCulture, $"| `{keyword}` | {valid} | {count} |");
if (reasons.Count == 0) text.AppendLine("| none | 0 | 0 |");

Section("Valid for both", good.Where(r => r.Ours.Exit == 0), r => r.Starts switch { true => "starts", false => "does not start", null => "start not tried" });
Section("Valid for the original, refused by ours", good.Where(r => r.Ours.Exit != 0 && r.Refusals.Count > 0), r => string.Join(", ", r.Refusals.Distinct().Select(k => $"`{k}`")));
Section("Valid for the original, rejected by ours for another reason", good.Where(r => r.Ours.Exit != 0 && r.Refusals.Count == 0), r => First(r.Ours.Messages));
Section("Rejected by the original, valid for ours", rows.Where(r => r.Original.Exit != 0 && r.Ours.Exit == 0), r => First(r.Original.Messages));
Section("Rejected by both, with other messages", rows.Where(r => r.Original.Exit != 0 && r.Ours.Exit != 0 && !r.Original.SameMessages(r.Ours)),
    r => r.Refusals.Count > 0 ? "also refused: " + string.Join(", ", r.Refusals.Distinct().Select(k => $"`{k}`")) : "first difference: " + FirstDifference(r));

if (parts.Count == 0)
{
    File.WriteAllText(page, text.ToString());
    Console.WriteLine(string.Join('\n', text.ToString().Split('\n').SkipWhile(l => !l.StartsWith("| |", StringComparison.Ordinal)).TakeWhile(l => l.Length > 0)));
    Console.WriteLine($"{page} written");
}
return 0;

void Line(string what, int count) => text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {count} |");

void Section(string title, IEnumerable<Row> some, Func<Row, string> why)
{
    var list = some.ToList();
    text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title} ({list.Count})").AppendLine();
    foreach (var row in list) text.AppendLine($"- {row.File}: {Short(why(row))}");
}

static string First(IReadOnlyList<Message> messages) => messages.FirstOrDefault(m => m.Severity == "ALERT")?.Text ?? messages.FirstOrDefault()?.Text ?? "no message";

static string FirstDifference(Row row)
{
    var at = row.Original.Messages.Zip(row.Ours.Messages).TakeWhile(p => p.First.Text.TrimEnd() == p.Second.Text.TrimEnd() && p.First.Severity == p.Second.Severity).Count();
    return at < row.Original.Messages.Count ? $"original says \"{row.Original.Messages[at].Text}\"" : at < row.Ours.Messages.Count ? $"ours adds \"{row.Ours.Messages[at].Text}\"" : "the exit code";
}

static string Short(string text)
{
    text = text.ReplaceLineEndings(" ");
    return text.Length > 220 ? text[..220] + " ..." : text;
}

static void Show(Row row)
{
    Console.WriteLine($"== {row.File}: original {row.Original.Exit}, ours {row.Ours.Exit}{(row.Starts is { } s ? s ? ", starts" : ", does not start" : "")}");
    foreach (var m in row.Original.Messages.Where(m => row.Ours.Messages.All(o => o.Text.TrimEnd() != m.Text.TrimEnd()))) Console.WriteLine($"  - [{m.Severity}] {m.Text}");
    foreach (var m in row.Ours.Messages.Where(m => row.Original.Messages.All(o => o.Text.TrimEnd() != m.Text.TrimEnd()))) Console.WriteLine($"  + [{m.Severity}] {m.Text}");
}

/// <summary>One file with both verdicts.</summary>
internal sealed partial record Row(string File, Verdict Original, Verdict Ours, bool? Starts)
{
    /// <summary>The keywords that ours names as known but not executed yet.</summary>
    public IReadOnlyList<string> Refusals { get; } = [.. Ours.Messages.Select(m => Refused().Match(m.Text)).Where(m => m.Success).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"'(?:server \S+/\S+ )?([^']+)'[^']*\b(?:not executed|not supported yet|is refused)\b")]
    private static partial Regex Refused();
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dropin.Conformance;

// Runs HAProxy's own regression tests on one binary and compares with Expected.toml.
//   Dropin.Conformance SUITE PROGRAM EXPECTED.toml LOGS [--jobs N] [--limit SECONDS] [--promote] [--no-list] [TEST ...]
// TEST is a part of a test's name. Exit code 1 when a test that is listed as passing failed, or one is listed nowhere.

if (args.Length < 4) { Console.Error.WriteLine("usage: SUITE PROGRAM EXPECTED.toml LOGS [--jobs N] [--limit S] [--promote] [--no-list] [TEST ...]"); return 2; }
var (suite, program, list, logs) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]), args[2], Path.GetFullPath(args[3]));
int jobs = Environment.ProcessorCount * 2, limit = 15;
bool promote = false, judge = true;
var only = new List<string>();
for (var i = 4; i < args.Length; i++)
    switch (args[i])
    {
        case "--jobs": jobs = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--limit": limit = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--promote": promote = true; break;
        case "--no-list": judge = false; break;
        default: only.Add(args[i]); break;
    }

var expected = Expected.Load(list);
var tests = Directory.EnumerateFiles(suite, "*.vtc", SearchOption.AllDirectories)
    .Select(f => Path.GetRelativePath(suite, f).Replace('\\', '/'))
    .Where(t => only.Count == 0 || only.Any(o => t.Contains(o, StringComparison.Ordinal)))
    .Order(StringComparer.Ordinal).ToList();
if (tests.Count == 0) { Console.Error.WriteLine("no test of that name"); return 2; }
Directory.CreateDirectory(logs);
var scratch = Directory.CreateTempSubdirectory("vtc-").FullName;
var clock = Stopwatch.StartNew();
var runs = new ConcurrentDictionary<string, VtcRun>();

// What should pass runs first and gets its time. The rest mostly waits for something that does not come: more at a time, and less patience.
const int NotYetLimit = 8;
var shouldPass = tests.Where(t => !judge || expected.GroupOf(t) is not { IsPass: false }).ToList();
InParallel(shouldPass, jobs, limit);
InParallel(tests.Except(shouldPass).ToList(), jobs * 2, Math.Min(limit, NotYetLimit));

// A busy machine can upset a test's own time limits: what should pass is judged alone before it breaks a build.
foreach (var test in tests.Where(t => !runs[t].Passed && (!judge || expected.GroupOf(t) is { IsPass: true })))
{
    var again = VtcRun.Execute(suite, test, program, scratch, limit);
    if (again.Passed) Console.WriteLine($"AGAIN    {test}: failed beside others ({runs[test].Reason()}), passed alone");
    runs[test] = again;
}
Directory.Delete(scratch, recursive: true);

int passed = 0, failed = 0, skipped = 0;
foreach (var test in tests)
{
    var run = runs[test];
    File.WriteAllText(Path.Combine(logs, test.Replace('/', '_') + ".log"), run.Log);
    var group = expected.GroupOf(test);
    if (run.Passed)
    {
        passed++;
        if (judge && group is { IsPass: false })
        {
            Console.WriteLine($"PROMOTE  {test}: passes, but is listed as not yet ({group.Reason})");
            if (promote) expected.Promote(test);
        }
        else if (judge && group is null) { Console.WriteLine($"UNLISTED {test}: passes"); if (promote) expected.Promote(test); }
    }
    else if (judge && group is { IsPass: false }) { skipped++; Console.WriteLine($"not yet  {test}: {group.Reason} [{run.Reason()}]"); }
    else { failed++; Console.WriteLine($"FAILED   {test}: {run.Reason()}"); }
}
if (judge && only.Count == 0)
    foreach (var gone in expected.All.Except(tests).ToList()) { failed++; Console.WriteLine($"FAILED   {gone}: listed in {list}, but the suite has no such test"); }
if (promote) expected.Save(list);

var slow = runs.Values.OrderByDescending(r => r.Took).Take(3).Select(r => $"{r.Test} {r.Took.TotalSeconds:0.0} s");
Console.WriteLine($"{tests.Count} tests in {clock.Elapsed.TotalSeconds:0} s, {jobs} at a time, limit {limit} s each; slowest: {string.Join(", ", slow)}; logs in {logs}");
Console.WriteLine($"conformance: {passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 ? 0 : 1;

void InParallel(List<string> some, int workers, int seconds)
{
    var queue = new ConcurrentQueue<string>(some);
    var threads = Enumerable.Range(0, Math.Min(workers, some.Count)).Select(_ => new Thread(() =>
    {
        while (queue.TryDequeue(out var test))
            runs[test] = VtcRun.Execute(suite, test, program, scratch, seconds);
    })).ToList();
    threads.ForEach(t => t.Start());
    threads.ForEach(t => t.Join());
}

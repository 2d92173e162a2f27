using Dropin.Tests.Support;
using Dropin.Tests.Support.Differential;
using Dropin.Tests.Support.Text;

// Runs differential cases from a shell:
//   caserunner [options] [text in the name ...]
//     (nothing)      the binary under test against the saved transcripts; differing lines are shown
//     --oracle       the original against the saved transcripts
//     --accept       save the original's transcripts where they are missing or differ
//     --show         print the transcript instead of judging it
//     --names        print only the names of differing cases
//     --times N      run the cases N times, each once (are they deterministic?)
// Exit code: 0 when everything agrees.
var options = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
var times = Array.IndexOf(args, "--times") is >= 0 and var at ? int.Parse(args[at + 1]) : 0;
var wanted = args.Where((a, i) => !a.StartsWith("--", StringComparison.Ordinal) && (i == 0 || args[i - 1] != "--times")).ToArray();
var accept = options.Contains("--accept");
var binary = accept || options.Contains("--oracle") ? Oracle.Path : Subject.Path;
if (binary is null)
{
    Console.Error.WriteLine(Subject.Message);
    return 2;
}
var cases = CaseLibrary.All.Where(c => wanted.Length == 0 || wanted.Any(w => c.Name.Contains(w, StringComparison.Ordinal))).ToArray();
var differing = new HashSet<string>();
for (var round = 0; round < Math.Max(times, 1); round++)
{
    using var pool = new CasePool(binary);
    var runs = cases.Select(c => (Case: c, Run: OneAsync(c, pool))).ToArray();
    foreach (var (file, run) in runs)
    {
        var (differs, text) = await run;
        if (differs)
            differing.Add(file.Name);
        if (text.Length > 0)
            Console.WriteLine(text);
    }
}
Console.Error.WriteLine($"{cases.Length} cases, {differing.Count} differ ({binary})");
return differing.Count == 0 ? 0 : 1;

async Task<(bool Differs, string Text)> OneAsync(CaseFile file, CasePool pool)
{
    try
    {
        if (options.Contains("--show"))
            return (false, $"=== {file.Name}\n{TolerantText.Rounded(await pool.RunAsync(file, withFamily: false))}");
        if (accept)
            return await AcceptAsync(file, pool);
        var difference = times > 0
            ? CaseVerdict.Difference(file, await pool.RunAsync(file, withFamily: false))
            : await pool.JudgeAsync(file, withFamily: false);
        if (difference is null)
            return (false, KnownDifferences.Reasons.ContainsKey(file.Name) && !options.Contains("--oracle") ? $"=== {file.Name} agrees now" : "");
        var known = KnownDifferences.ReasonOf(file) is { } reason ? $" (known: {reason})" : "";
        return (true, options.Contains("--names") ? file.Name : $"=== {file.Name}{known}\n{difference}");
    }
    catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or OperationCanceledException)
    {
        return (true, $"=== {file.Name}: {e.Message}");
    }
}

async Task<(bool, string)> AcceptAsync(CaseFile file, CasePool pool)
{
    if (await pool.JudgeAsync(file, withFamily: false) is null)
        return (false, "");
    // A busy moment must not become the expectation: a second run has to agree with the first.
    var first = await CaseRun.TranscriptAsync(file, binary);
    var second = await CaseRun.TranscriptAsync(file, binary);
    var same = TolerantText.SameShape(first, second);
    CaseVerdict.Accept(file, same ? TolerantText.Least(first, second) : second);
    return (false, same ? $"=== {file.Name}: saved"
        : $"=== {file.Name}: saved, but two runs differ\n{Golden.Difference(TolerantText.Rounded(first), TolerantText.Rounded(second))}");
}

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
//     --times N      run the cases N times (are they deterministic?)
// Exit code: 0 when everything agrees.
var options = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
var times = Array.IndexOf(args, "--times") is >= 0 and var at ? int.Parse(args[at + 1]) : 1;
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
for (var round = 0; round < times; round++)
{
    using var pool = new CasePool(binary);
    var runs = cases.Select(c => (Case: c, Run: pool.RunAsync(c, withFamily: false))).ToArray();
    foreach (var (file, run) in runs)
    {
        string transcript;
        try
        {
            transcript = await run;
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            Console.WriteLine($"=== {file.Name}: {e.Message}");
            differing.Add(file.Name);
            continue;
        }
        if (options.Contains("--show"))
            Console.WriteLine($"=== {file.Name}\n{TolerantText.Rounded(transcript)}");
        else if (accept)
        {
            if (CaseVerdict.Difference(file, transcript) is null)
                continue;
            // A busy moment must not become the expectation: a second, quiet run has to agree.
            var again = await CaseRun.TranscriptAsync(file, binary);
            Console.WriteLine(TolerantText.SameShape(transcript, again) ? $"=== {file.Name}: saved"
                : $"=== {file.Name}: saved, but two runs differ\n{Golden.Difference(TolerantText.Rounded(transcript), TolerantText.Rounded(again))}");
            CaseVerdict.Accept(file, again);
        }
        else if (CaseVerdict.Difference(file, transcript) is { } difference)
        {
            differing.Add(file.Name);
            var known = KnownDifferences.Reasons.TryGetValue(file.Name, out var reason) ? $" (known: {reason})" : "";
            Console.WriteLine(options.Contains("--names") ? file.Name : $"=== {file.Name}{known}\n{difference}");
        }
    }
}
Console.Error.WriteLine($"{cases.Length} cases, {differing.Count} differ ({binary})");
return differing.Count == 0 ? 0 : 1;

using System.Diagnostics;
using System.Globalization;
using Dropin.Pair;
using Dropin.Pair.Client;
using Dropin.Pair.Play;
using Dropin.Pair.Results;
using Dropin.Tests.Support.Handbook;

// The operator's story on two booted nodes, with each combination of programs, beside the originals.
//   Dropin.Pair TREE FOLDER DEBS RESULT.md      (build/pair.sh makes them, in namespaces that vanish with it)

const int mostPlays = 3;

if (args.Length != 4) { Console.Error.WriteLine("usage: TREE FOLDER DEBS RESULT.md (run 'make pair')"); return 2; }
if (Options.Read(out var wrong) is not { } options) { Console.Error.WriteLine(wrong); return 2; }

var began = Stopwatch.StartNew();
var surroundings = new Surroundings(args[0], args[1], new Packages(args[2], args[1]), OperatorsCommands.Read());
var book = new Book();
using var originals = new PairPlay(Combination.Originals, surroundings);
foreach (var step in options.Of(Combination.Originals))
{
    var outcome = Told(originals, step, 1);
    book.Enter(Combination.Originals, step, outcome, null, 1);
}

foreach (var combination in options.Combinations.Where(combination => combination != Combination.Originals && options.Of(combination).Any()))
{
    using var pair = new PairPlay(combination, surroundings);
    foreach (var step in options.Of(combination))
    {
        var outcome = Told(pair, step, 1);
        var (verdict, plays) = (Verdict.Of(outcome, book.Theirs(step)), 1);
        while (!verdict.IsGood && plays < mostPlays)
        {
            plays++;
            Say($"    looks worse: {string.Join("; ", verdict.Faults)}. Both are played again.");
            var theirs = Told(originals, step, plays);
            outcome = Told(pair, step, plays);
            verdict = Verdict.Of(outcome, theirs);
        }
        if (!verdict.IsGood) Say($"    WORSE in {plays} plays of {plays}: {string.Join("; ", verdict.Faults)}");
        book.Enter(combination, step, outcome, verdict, plays);
    }
}

var tolerance = $"One request each {Load.IntervalMilliseconds} ms, a new connection each, one second to answer. A step counts as worse when it loses over {Verdict.LostTolerance} requests or "
    + $"{Verdict.GapTolerance} ms more than the originals, or when the operator sees something else (exit codes, states, alerts, place of the address), in each of {mostPlays} plays told in turns with the originals.";
var good = book.Faults.Count == 0;
var table = book.Table();
var lines = book.Faults.Concat(book.ProblemsOfOriginals.Select(problem => "the originals too: " + problem)).ToList();
var result = good ? "verdict: never worse than the originals" : $"verdict: WORSE than the originals in {book.Faults.Count} respects";
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{tolerance}\n\n{table}\n{string.Concat(lines.Select(line => line + "\n"))}{result} ({began.Elapsed.TotalMinutes:0.0} minutes)"));
File.WriteAllText(args[3], $"{tolerance}\n\n{table}\n{string.Concat(lines.Select(line => $"- {line.ReplaceLineEndings(" ")}\n"))}\n{char.ToUpperInvariant(result[0]) + result[1..]}.\n");
return good ? 0 : 1;

Outcome Told(PairPlay pair, Step step, int play)
{
    var outcome = pair.Do(step);
    Say(string.Create(CultureInfo.InvariantCulture, $"{pair.Combination.Name}, {step.Title}{(play > 1 ? $", play {play}" : "")}: {outcome.Tally.Asked} asked, lost {outcome.Tally.Losses}, longest gap {outcome.Tally.GapMilliseconds} ms ({outcome.Seconds:0} s)"));
    Say($"    {outcome.Timeline}");
    foreach (var problem in outcome.Problems) Say($"    {problem}");
    return outcome;
}

void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{began.Elapsed:mm\\:ss} {line}"));

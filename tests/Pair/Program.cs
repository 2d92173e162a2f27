using System.Diagnostics;
using System.Globalization;
using Dropin.Pair;
using Dropin.Pair.Play;
using Dropin.Pair.Results;
using Dropin.Tests.Support.Handbook;

// The operator's story on two booted nodes, with each combination of programs, beside the originals.
//   Dropin.Pair TREE FOLDER DEBS RESULT.md      (build/pair.sh makes them, in namespaces that vanish with it)

if (args.Length != 4) { Console.Error.WriteLine("usage: TREE FOLDER DEBS RESULT.md (run 'make pair')"); return 2; }
if (Options.Read(out var wrong) is not { } options) { Console.Error.WriteLine(wrong); return 2; }

var began = Stopwatch.StartNew();
var surroundings = new Surroundings(args[0], args[1], new Packages(args[2], args[1]), OperatorsCommands.Read());
var programs = $"{string.Join(", ", surroundings.Packages.Names)}; originals: {string.Join(", ", Packages.NamesIn(args[0] + "/srv/debian"))}";
Say(programs);

var book = new Contest(options, surroundings, Say).Hold();

var faults = book.Faults;
var verdict = faults.Count == 0 ? "verdict: never worse than the originals" : $"verdict: WORSE than the originals in {faults.Count} respects";
var taken = string.Create(CultureInfo.InvariantCulture, $"{began.Elapsed.TotalMinutes:0.0} minutes");
Console.WriteLine($"\n{Verdict.Rule}\n\n{book.Table()}\n{string.Concat(faults.Select(fault => fault + "\n"))}{verdict} ({taken})");
File.WriteAllText(args[3], string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, Linux {Environment.OSVersion.Version}, {taken}. Ours: {programs}.\n\n")
    + $"{Verdict.Rule}\n\n{book.Table()}\n{string.Concat(faults.Select(fault => $"- {fault}\n"))}{char.ToUpperInvariant(verdict[0])}{verdict[1..]}.\n");
return faults.Count == 0 ? 0 : 1;

void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{began.Elapsed:mm\\:ss} {line}"));

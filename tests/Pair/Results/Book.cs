using System.Globalization;
using System.Text;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>All outcomes of a run, and the table they make.</summary>
internal sealed class Book
{
    private readonly Dictionary<(string Combination, string Step), (Outcome Outcome, Verdict? Verdict, int Plays)> _entries = [];

    public void Enter(Combination combination, Step step, Outcome outcome, Verdict? verdict, int plays) => _entries[(combination.Name, step.Name)] = (outcome, verdict, plays);

    /// <summary>All that is worse than the originals, a line each.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _entries.Where(entry => entry.Value.Verdict is { IsGood: false }).SelectMany(entry => entry.Value.Verdict!.Faults.Select(fault => $"{entry.Key.Combination}, {entry.Key.Step}: {fault}"))];

    /// <summary>What went otherwise than it should with the originals themselves.</summary>
    public IReadOnlyList<string> ProblemsOfOriginals =>
        [.. _entries.Where(entry => entry.Key.Combination == Combination.Originals.Name).SelectMany(entry => entry.Value.Outcome.Problems.Select(problem => $"{entry.Key.Combination}, {entry.Key.Step}: {problem}"))];

    /// <summary>The outcome of the originals.</summary>
    public Outcome Theirs(Step step) => _entries[(Combination.Originals.Name, step.Name)].Outcome;

    /// <summary>Steps down, combinations across; a cell is lost requests and the longest gap.</summary>
    public string Table()
    {
        var combinations = Combination.All.Where(combination => _entries.Keys.Any(key => key.Combination == combination.Name)).ToList();
        List<string[]> rows = [["lost requests / longest gap, ms", .. combinations.Select(combination => combination.Name)]];
        foreach (var step in Steps.All.Where(step => _entries.Keys.Any(key => key.Step == step.Name)))
            rows.Add([$"{step.Title} ({step.Name})", .. combinations.Select(combination => _entries.TryGetValue((combination.Name, step.Name), out var entry) ? Cell(entry) : "")]);
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append("| ").AppendJoin(" | ", rows[row].Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
            if (row == 0) text.Append("| ").AppendJoin(" | ", widths.Select(width => new string('-', width))).Append(" |\n");
        }
        return text.ToString();
    }

    private static string Cell((Outcome Outcome, Verdict? Verdict, int Plays) entry) => string.Create(CultureInfo.InvariantCulture,
        $"{entry.Outcome.Tally.Lost} / {entry.Outcome.Tally.GapMilliseconds}{(entry.Plays > 1 ? $" (play {entry.Plays})" : "")}{(entry.Verdict is { IsGood: false } ? " WORSE" : "")}");
}

using System.Globalization;
using System.Text;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>All outcomes of a run, and the table they make.</summary>
internal sealed class Book
{
    private readonly Dictionary<(string Combination, string Step), Entry> _entries = [];

    public void Enter(Combination combination, Step step, Entry entry) => _entries[(combination.Name, step.Name)] = entry;

    /// <summary>All that is worse than the originals, and what went wrong with them, a line each.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _entries.SelectMany(entry => entry.Value.Verdict.Faults.Select(fault => $"{entry.Key.Combination}, {entry.Key.Step}: {fault.ReplaceLineEndings(" / ")}"))];

    /// <summary>The outcome of the originals.</summary>
    public Outcome Theirs(Step step) => _entries[(Combination.Originals.Name, step.Name)].Outcome;

    /// <summary>Steps down, combinations across; a cell is lost requests, the longest gap and downloads that did not come whole.</summary>
    public string Table()
    {
        var combinations = Combination.All.Where(combination => _entries.Keys.Any(key => key.Combination == combination.Name)).ToList();
        List<string[]> rows = [["lost requests / longest gap in ms / broken downloads", .. combinations.Select(combination => combination.Name)]];
        foreach (var step in Steps.All.Where(step => _entries.Keys.Any(key => key.Step == step.Name)))
            rows.Add([$"{step.Title} (`{step.Name}`)", .. combinations.Select(combination => _entries.TryGetValue((combination.Name, step.Name), out var entry) ? Cell(entry) : "")]);
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append("| ").AppendJoin(" | ", rows[row].Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
            if (row == 0) text.Append("| ").AppendJoin(" | ", widths.Select(width => new string('-', width))).Append(" |\n");
        }
        return text.ToString();
    }

    // A step that was played again is shown with what it was compared with.
    private static string Cell(Entry entry)
    {
        var again = entry.Plays == 1 ? "" : entry.Theirs is { } theirs ? $" (play {entry.Plays}; originals {Shown(theirs)})" : $" (play {entry.Plays})";
        return Shown(entry.Outcome) + again + (entry.Verdict.IsGood ? "" : entry.Theirs is null ? " WRONG" : " WORSE");
    }

    private static string Shown(Outcome outcome) => string.Create(CultureInfo.InvariantCulture, $"{outcome.Tally.Lost} / {outcome.Tally.GapMilliseconds} / {outcome.Tally.DownloadsLost}");
}

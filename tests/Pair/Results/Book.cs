using System.Globalization;
using System.Text;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>All outcomes of a run, and the table they make.</summary>
internal sealed class Book
{
    private readonly Dictionary<(string Combination, string Step), Entry> _entries = [];

    private readonly List<(string Name, Outcome Outcome, IReadOnlyList<Outcome> Theirs)> _firsts = [];

    public void Enter(Combination combination, Step step, Entry entry) => _entries[(combination.Name, step.Name)] = entry;

    /// <summary>Notes a first play: whether it lost something where the originals lose nothing, in whatever play (<paramref name="theirs"/> grows).</summary>
    public void First(Combination combination, Step step, Outcome outcome, IReadOnlyList<Outcome> theirs) => _firsts.Add(($"{combination.Name}, {step.Name}", outcome, theirs));

    /// <summary>All that is worse than the originals, and what went wrong with them, a line each.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            var faults = _entries.SelectMany(entry => entry.Value.Verdict.Faults.Select(fault => $"{entry.Key.Combination}, {entry.Key.Step}: {fault.ReplaceLineEndings(" / ")}")).ToList();
            var alone = _firsts.Where(first => Verdict.LosesAlone(first.Outcome, first.Theirs)).Select(first => first.Name).ToList();
            if (alone.Count > Verdict.ChanceLosses) faults.Add($"losses in {alone.Count} first plays of {_firsts.Count} where the originals lose nothing: {string.Join("; ", alone)}");
            return faults;
        }
    }

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

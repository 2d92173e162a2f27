using System.Globalization;
using Dropin.Pair.Client;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>How a step of ours stands beside the same step of the originals.</summary>
internal sealed record Verdict
{
    /// <summary>How often a step that looks worse is played before it is said to be.</summary>
    public const int Plays = 3;

    /// <summary>A longer gap without a lost request is the machine's, not the program's.</summary>
    public const int QuietMilliseconds = 150;

    // What turns of a loaded machine may cost.
    private const int LostTolerance = 5, GapTolerance = 250, DownloadTolerance = 2;

    private Verdict(IReadOnlyList<string> faults) => Faults = faults;

    /// <summary>The rule in words.</summary>
    public static string Rule { get; } = $"One request each {Load.IntervalMilliseconds} ms, a new connection each, one second to answer; four times a second a download that takes a second. A step counts as worse when it loses over {LostTolerance} requests or "
        + $"{GapTolerance} ms or {DownloadTolerance} downloads more than the originals, or when the operator sees something else (exit codes, states, alerts, place of the address), in each of {Plays} plays told in turns with the originals.";

    /// <summary>What is worse or different; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults { get; }

    public bool IsGood => Faults.Count == 0;

    /// <summary>The originals have to do by themselves what a step says: nothing can be compared with a step that went wrong.</summary>
    public static Verdict Of(Outcome theirs) => new([.. theirs.Problems]);

    /// <summary>Compares.</summary>
    public static Verdict Of(Outcome ours, Outcome theirs)
    {
        var faults = new List<string>(ours.Problems);
        if (ours.Tally.Lost > theirs.Tally.Lost + LostTolerance)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ours.Tally.Lost} requests lost ({ours.Tally.Losses}), the originals lose {theirs.Tally.Lost}"));
        if (ours.Tally.GapMilliseconds > theirs.Tally.GapMilliseconds + GapTolerance)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"a gap of {ours.Tally.GapMilliseconds} ms, the originals' is {theirs.Tally.GapMilliseconds} ms"));
        if (ours.Tally.DownloadsLost > theirs.Tally.DownloadsLost + DownloadTolerance)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ours.Tally.DownloadsLost} downloads of {ours.Tally.Downloads} are not whole, with the originals {theirs.Tally.DownloadsLost} of {theirs.Tally.Downloads}"));
        foreach (var name in theirs.Facts.Keys.Union(ours.Facts.Keys))
            if (ours.Facts.GetValueOrDefault(name, "nothing") is var own && theirs.Facts.GetValueOrDefault(name, "nothing") is var their && own != their)
                faults.Add($"{name}: {own}; the originals': {their}");
        return new Verdict(faults);
    }
}

using System.Globalization;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>How a step of ours stands beside the same step of the originals.</summary>
internal sealed record Verdict
{
    /// <summary>What turns of a loaded machine may cost, in requests and in milliseconds of the longest gap.</summary>
    public const int LostTolerance = 10, GapTolerance = 250;

    private Verdict(IReadOnlyList<string> faults) => Faults = faults;

    /// <summary>What is worse or different; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults { get; }

    public bool IsGood => Faults.Count == 0;

    /// <summary>Compares. A problem that the originals have in the same words is theirs.</summary>
    public static Verdict Of(Outcome ours, Outcome theirs)
    {
        var faults = new List<string>(ours.Problems.Except(theirs.Problems));
        if (ours.Tally.Lost > theirs.Tally.Lost + LostTolerance)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ours.Tally.Lost} requests lost ({ours.Tally.Losses}), the originals lose {theirs.Tally.Lost}"));
        if (ours.Tally.GapMilliseconds > theirs.Tally.GapMilliseconds + GapTolerance)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"a gap of {ours.Tally.GapMilliseconds} ms, the originals' is {theirs.Tally.GapMilliseconds} ms"));
        foreach (var (name, value) in theirs.Facts)
            if (ours.Facts.GetValueOrDefault(name, "nothing") is var own && own != value)
                faults.Add($"{name}: {own}, the originals' is {value}");
        return new Verdict(faults);
    }
}

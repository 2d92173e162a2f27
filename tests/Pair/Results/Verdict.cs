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

    /// <summary>So many first plays may lose something in steps in which the originals lose nothing; more are no chance.</summary>
    public const int ChanceLosses = 4;

    // What turns of a machine may cost beyond the worst play of the originals, where these lose something by themselves.
    private const int LostMargin = 2, GapMargin = 100, DownloadMargin = 1;

    private Verdict(IReadOnlyList<string> faults) => Faults = faults;

    /// <summary>The rule in words.</summary>
    public static string Rule { get; } = $"One request each {Load.IntervalMilliseconds} ms, a new connection each, one second to answer; four times a second a download that takes a second. A step looks worse when it loses a request or a download where the originals "
        + $"lose none, or loses them in a way in which the originals lose none (refused, cut, an error, silence); where they lose some, {LostMargin} requests or {DownloadMargin} download more than in their worst play; a gap {GapMargin} ms longer than their longest; or when the "
        + $"operator sees something else (exit codes, states, alerts, place of the address). It counts as worse when it looks so in each of {Plays} plays told in turns with the originals. More than {ChanceLosses} first plays with a loss where the originals lose nothing count as worse too.";

    /// <summary>What is worse or different; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults { get; }

    public bool IsGood => Faults.Count == 0;

    /// <summary>The originals have to do by themselves what a step says: nothing can be compared with a step that went wrong.</summary>
    public static Verdict Of(Outcome theirs) => new([.. theirs.Problems]);

    /// <summary>Compares with all plays of the originals, what the operator sees with the last.</summary>
    public static Verdict Of(Outcome ours, IReadOnlyList<Outcome> theirs)
    {
        var faults = new List<string>(ours.Problems);
        var (lost, gap, downloads) = (theirs.Max(their => their.Tally.Lost), theirs.Max(their => their.Tally.GapMilliseconds), theirs.Max(their => their.Tally.DownloadsLost));
        if (ours.Tally.Lost > lost + (lost > 0 ? LostMargin : 0))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ours.Tally.Lost} requests lost ({ours.Tally.Losses}), the originals lose {lost}"));
        foreach (var (kind, count) in ours.Tally.LossesByKind)
            if (theirs.All(their => !their.Tally.LossesByKind.ContainsKey(kind)) && lost > 0)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {Tally.Word(kind)}, the originals lose none in this way"));
        if (ours.Tally.GapMilliseconds > gap + GapMargin)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"a gap of {ours.Tally.GapMilliseconds} ms, the originals' is {gap} ms"));
        if (ours.Tally.DownloadsLost > downloads + (downloads > 0 ? DownloadMargin : 0))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ours.Tally.DownloadsLost} downloads of {ours.Tally.Downloads} are not whole, with the originals {downloads}"));
        foreach (var name in theirs[^1].Facts.Keys.Union(ours.Facts.Keys))
            if (ours.Facts.GetValueOrDefault(name, "nothing") is var own && theirs[^1].Facts.GetValueOrDefault(name, "nothing") is var their && own != their)
                faults.Add($"{name}: {own}; the originals': {their}");
        return new Verdict(faults);
    }

    /// <summary>Whether a play lost something where no play of the originals did.</summary>
    public static bool LosesAlone(Outcome ours, IReadOnlyList<Outcome> theirs) =>
        (ours.Tally.Lost > 0 && theirs.All(their => their.Tally.Lost == 0)) || (ours.Tally.DownloadsLost > 0 && theirs.All(their => their.Tally.DownloadsLost == 0));
}

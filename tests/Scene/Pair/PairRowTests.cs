using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;
using Xunit;

namespace Dropin.Scene.Pair;

/// <summary>Eighteen kinds of pairs, each told by originals on both hosts, and by ours on one, the other and both: the same lines, the same addresses.</summary>
public sealed class PairRowTests
{
    private const int Times = 3;
    private const int AtOnce = 12; // stories wait most of the time, but their networks are made by somebody

    private static readonly Lazy<string?> Missing = new(() => Laboratory.WhyNot() ?? KeepalivedOracle.WhyNot ?? KeepalivedSubject.WhyNot);
    private static readonly SemaphoreSlim Places = new(AtOnce);
    private static readonly Lazy<Dictionary<string, Task<string>>> Stories = new(TellAll);

    public static TheoryData<string> Rows => new(PairRow.All.Select(row => row.Name));

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public async Task Ours_is_what_the_original_is(string row)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        var kind = PairRow.All.First(known => known.Name == row);
        var difference = "";
        for (var time = 0; time < Times; time++)
        {
            difference = await DifferencesAsync(kind, anew: time > 0);
            if (difference.Length == 0) return;
        }
        Assert.Fail(difference);
    }

    // What differs by chance agrees when it is told again; what really differs does so each time.
    private static async Task<string> DifferencesAsync(PairRow row, bool anew)
    {
        var (original, ours) = (KeepalivedOracle.Path, KeepalivedSubject.Path!);
        var stories = Stories.Value;
        if (anew)
        {
            stories = [];
            Tell(stories, row, original, ours);
        }
        var expected = await stories[row.Name + ": original, original"];
        var differences = new List<string>();
        foreach (var pair in (string[])["ours, original", "original, ours", "ours, ours"])
        {
            var told = await stories[$"{row.Name}: {pair}"];
            if (told != expected) differences.Add($"{pair}:\n{Difference(expected, told)}");
        }
        return string.Join("\n", differences);
    }

    private static Dictionary<string, Task<string>> TellAll()
    {
        var (original, ours) = (KeepalivedOracle.Path, KeepalivedSubject.Path!);
        var stories = new Dictionary<string, Task<string>>();
        foreach (var row in PairRow.All)
            Tell(stories, row, original, ours);
        return stories;
    }

    private static void Tell(Dictionary<string, Task<string>> stories, PairRow row, string original, string ours)
    {
        stories[row.Name + ": original, original"] = Told(original, original, row);
        stories[row.Name + ": ours, original"] = Told(ours, original, row);
        stories[row.Name + ": original, ours"] = Told(original, ours, row);
        stories[row.Name + ": ours, ours"] = Told(ours, ours, row);
    }

    private static async Task<string> Told(string first, string second, PairRow row)
    {
        await Places.WaitAsync();
        try
        {
            return await Transcript.Begin(() => PairStory.TellShort(first, second, row)) is var told && row.HasTwins ? Alike(told) : told;
        }
        finally
        {
            Places.Release();
        }
    }

    // Twins are called by one name, and a chapter is what was said in it, whatever the order.
    private static string Alike(string told) => string.Join("\n== ", told.Replace("VI_2", "VI_1", StringComparison.Ordinal).Split("\n== ").Select(chapter =>
        string.Join("\n", chapter.Split('\n').Select(line => string.Join(' ', line.Split(' ').Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal))));

    private static string Difference(string expected, string told)
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder.FileNamed("original"), expected);
        File.WriteAllText(folder.FileNamed("told"), told);
        return Shell.Try("diff", ["-U2", folder.FileNamed("original"), folder.FileNamed("told")]).Output;
    }
}

using System.Globalization;
using System.Text;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Scene.Pair;

/// <summary>
/// The document's two keepalived files, unchanged, on two hosts, beside a client that asks every 20 ms: originals on both, ours on one, the other,
/// and both. The four stories are told at the same time, each in its own network.
/// </summary>
public sealed class PairTests
{
    // What turns of a loaded machine may cost; the master down interval of the slave is 3.6 s, 180 questions.
    private const int Tolerance = 25;

    private static readonly Lazy<string?> Missing = new(() => Laboratory.WhyNot() ?? KeepalivedOracle.WhyNot ?? KeepalivedSubject.WhyNot);
    private static readonly Lazy<Dictionary<string, Task<PairStory.Outcome>>> Stories = new(TellAll);

    [SkippableTheory]
    [InlineData("ours, original")]
    [InlineData("original, ours")]
    [InlineData("ours, ours")]
    public async Task The_pair_tells_the_story_that_the_originals_tell(string pair)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        var original = (await Stories.Value["original, original"]).Text;
        var told = (await Stories.Value[pair]).Text;
        await Transcript.AssertSameAsync("pair-original, original", original, "pair-" + pair, told,
            () => (TextAsync(KeepalivedOracle.Path, KeepalivedOracle.Path), TextAsync(Binary(pair, 0), Binary(pair, 1))));

        static async Task<string> TextAsync(string first, string second) => (await Told(first, second)).Text;
    }

    [SkippableTheory]
    [InlineData("ours, original")]
    [InlineData("original, ours")]
    [InlineData("ours, ours")]
    public async Task No_event_costs_the_client_more_than_with_the_originals(string pair)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        await Task.WhenAll(Stories.Value.Values);
        Transcript.Keep("pair-losses", await TableAsync());
        var original = (await Stories.Value["original, original"]).Losses;
        foreach (var (loss, theirs) in (await Stories.Value[pair]).Losses.Zip(original))
            loss.Lost.Should().BeLessThanOrEqualTo(theirs.Lost + Tolerance, $"{loss.Event}: the originals lose {theirs.Lost}");
    }

    [SkippableFact]
    public async Task Each_event_costs_what_the_protocol_says()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        const int skewOfSlave = 610, downOfSlave = 3610; // milliseconds: (256 - 100) / 256 s, and three adverts more
        var losses = (await Stories.Value["ours, ours"]).Losses.ToDictionary(loss => loss.Event, loss => loss.Lost * Caller.IntervalMilliseconds);
        var slack = Tolerance * Caller.IntervalMilliseconds;
        losses["the master ends"].Should().BeLessThanOrEqualTo(skewOfSlave + slack, "priority 0 tells the slave");
        losses["the master crashes"].Should().BeLessThanOrEqualTo(downOfSlave + slack, "the slave waits for three adverts");
        losses["it returns"].Should().BeLessThanOrEqualTo(slack, "the address is announced at once");
        losses["a reload with a word that nobody knows"].Should().BeLessThanOrEqualTo(slack / 4, "nothing changes");
    }

    [SkippableFact]
    public async Task Killing_what_speaks_leaves_no_address_without_a_voice()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        var original = Task.Run(() => PairStory.LossOfVoice(KeepalivedOracle.Path));
        var ours = Task.Run(() => PairStory.LossOfVoice(KeepalivedSubject.Path!));
        Transcript.Keep("pair-voice", FormattableString.Invariant($"killed: what speaks VRRP on the master. Unanswered questions, one each 20 ms: originals {await original}, ours {await ours}\n"));
        (await original).Should().BeGreaterThan(100, "its new child takes the address away and is a backup first, while the old adverts keep the other quiet");
        (await ours).Should().BeLessThan(Tolerance);
    }

    private static string Binary(string pair, int host) => pair.Split(", ")[host] == "ours" ? KeepalivedSubject.Path! : KeepalivedOracle.Path;

    private static async Task<string> TableAsync()
    {
        var text = new StringBuilder("| event | " + string.Join(" | ", Stories.Value.Keys) + " |\n");
        var columns = await Task.WhenAll(Stories.Value.Values);
        for (var row = 0; row < columns[0].Losses.Count; row++)
            text.Append(CultureInfo.InvariantCulture, $"| {columns[0].Losses[row].Event} | {string.Join(" | ", columns.Select(column => column.Losses[row].Lost))} |\n");
        return text.ToString();
    }

    private static Dictionary<string, Task<PairStory.Outcome>> TellAll()
    {
        var (original, ours) = (KeepalivedOracle.Path, KeepalivedSubject.Path!);
        return new Dictionary<string, Task<PairStory.Outcome>>
        {
            ["original, original"] = Told(original, original),
            ["ours, original"] = Told(ours, original),
            ["original, ours"] = Told(original, ours),
            ["ours, ours"] = Told(ours, ours),
        };
    }

    private static Task<PairStory.Outcome> Told(string first, string second) => Transcript.Begin(() => PairStory.Tell(first, second));
}

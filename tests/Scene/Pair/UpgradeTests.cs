using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Scene.Pair;

/// <summary>The kinds of pairs again: ours is upgraded and reloaded twenty times, as master and as backup, beside the original. Nobody notices.</summary>
public sealed class UpgradeTests
{
    private const int Times = 20, Tries = 2;

    private static readonly Lazy<string?> Missing = new(() => Laboratory.WhyNot() ?? KeepalivedOracle.WhyNot ?? KeepalivedSubject.WhyNot);
    private static readonly SemaphoreSlim Places = new(8);
    private static readonly Lazy<Dictionary<(string Row, bool First), Task<string>>> Stories = new(() =>
        PairRow.Upgrades.SelectMany(row => (bool[])[true, false], (row, first) => (row, first))
            .ToDictionary(kind => (kind.row.Name, kind.first), kind => ToldAsync(kind.row, kind.first)));

    public static TheoryData<string> Rows => new(PairRow.Upgrades.Select(row => row.Name));

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public async Task An_upgrade_of_the_master_is_not_noticed(string row) => await ExpectNothing(row, oursIsFirst: true);

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public async Task An_upgrade_of_the_backup_is_not_noticed(string row) => await ExpectNothing(row, oursIsFirst: false);

    [SkippableFact]
    public void Signals_that_come_at_the_moment_of_an_execution_are_obeyed()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        UpgradeStory.NoticedInAStorm(10).Should().BeEmpty();
    }

    private static async Task ExpectNothing(string row, bool oursIsFirst)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        Skip.If(row.Contains("50 ms", StringComparison.Ordinal) && File.Exists(KeepalivedSubject.Path + ".dll"), "an executable that is not published needs longer to begin: make publish");
        var noticed = await Stories.Value[(row, oursIsFirst)];
        // A machine under load may keep any daemon from its turn; it does not do so twice.
        for (var again = 1; again < Tries && noticed.Length > 0; again++)
            noticed = await ToldAsync(PairRow.Upgrades.First(known => known.Name == row), oursIsFirst);
        noticed.Should().BeEmpty();
    }

    private static async Task<string> ToldAsync(PairRow row, bool oursIsFirst)
    {
        await Places.WaitAsync();
        try
        {
            return await Transcript.Begin(() => UpgradeStory.Noticed(row, oursIsFirst, Times));
        }
        finally
        {
            Places.Release();
        }
    }
}

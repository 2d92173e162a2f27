using System.Collections.Concurrent;
using System.Globalization;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Dropin.Simulation;

/// <summary>
/// Ten thousand networks of two to five routers. A failure prints its seed; <c>DROPIN_SEED=n</c> plays that one alone,
/// <c>DROPIN_SEEDS=from-to</c> plays others than 1 to 10,000 (2,000 with handovers).
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void In_ten_thousand_scenarios_nothing_happens_that_must_not()
    {
        var (from, to) = Seeds(10_000);
        PlayAll(from, to, Play.Run);
    }

    [Fact]
    public void A_handover_at_any_moment_changes_nothing_that_anybody_sees()
    {
        var (from, to) = Seeds(2_000);
        PlayAll(from, to, Play.RunWithHandovers);
    }

    private void PlayAll(int from, int to, Func<int, string?> play)
    {
        var broken = new ConcurrentBag<(int Seed, string Text)>();
        Parallel.For(from, to + 1, (seed, loop) =>
        {
            if (play(seed) is not { } text) return;
            broken.Add((seed, text));
            if (broken.Count > 20) loop.Stop();
        });
        foreach (var (_, text) in broken.OrderBy(b => b.Seed)) output.WriteLine(text);
        broken.OrderBy(b => b.Seed).Select(b => b.Text).Should().BeEmpty();
    }

    private static (int From, int To) Seeds(int most)
    {
        if (Environment.GetEnvironmentVariable("DROPIN_SEED") is { Length: > 0 } one)
        {
            var seed = int.Parse(one, CultureInfo.InvariantCulture);
            return (seed, seed);
        }
        if (Environment.GetEnvironmentVariable("DROPIN_SEEDS") is not { Length: > 0 } range) return (1, most);
        var ends = range.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}

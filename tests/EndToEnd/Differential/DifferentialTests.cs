using Dropin.Tests.Support;
using Dropin.Tests.Support.Differential;
using Xunit;
using Xunit.Abstractions;

namespace Dropin.EndToEnd.Differential;

/// <summary>One pool for the binary under test, one for the original, for all tests of the class.</summary>
public sealed class Pools : IDisposable
{
    public CasePool? Subject { get; } = Tests.Support.Subject.Path is { } path ? new CasePool(path) : null;

    public CasePool? Original { get; } = Oracle.IsAvailable ? new CasePool(Oracle.Path) : null;

    public void Dispose()
    {
        Subject?.Dispose();
        Original?.Dispose();
    }
}

/// <summary>
/// Every case of <c>fixtures/differential</c>: ours against the saved transcript of the original, and the saved transcript against the
/// original itself where it is installed.
/// </summary>
public sealed class DifferentialTests(Pools pools, ITestOutputHelper output) : IClassFixture<Pools>
{
    public static TheoryData<string> Cases()
    {
        var only = Environment.GetEnvironmentVariable("DROPIN_CASES");
        var data = new TheoryData<string>();
        foreach (var file in CaseLibrary.All.Where(c => string.IsNullOrEmpty(only) || c.Name.Contains(only, StringComparison.Ordinal)))
            data.Add(file.Name);
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Ours_does_what_the_original_does(string name)
    {
        Skip.If(pools.Subject is null, Subject.WhyNot);
        Skip.If(KnownDifferences.Everything is not null, KnownDifferences.Everything);
        output.WriteLine(Subject.Message);
        var file = CaseLibrary.All.First(c => c.Name == name);
        var difference = await pools.Subject!.JudgeAsync(file);
        var reason = KnownDifferences.ReasonOf(file);
        if (reason?.StartsWith(KnownDifferences.Sometimes, StringComparison.Ordinal) == true)
            output.WriteLine($"{name} {(difference is null ? "agrees" : "differs")} this time: {reason}");
        else if (reason is not null)
            // Said in the summary rather than judged: on another machine, or in another build, some agree by their timing alone.
            Skip.If(difference is null, "it is in known-differences.txt and agrees now: take it off the list if it does so again");
        else
            Assert.True(difference is null, $"{name}: ours (+) is not what the original (-) does\n{difference}");
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task The_saved_transcript_is_what_the_original_does(string name)
    {
        Skip.If(pools.Original is null, Oracle.WhyNot);
        var file = CaseLibrary.All.First(c => c.Name == name);
        var difference = await pools.Original!.JudgeAsync(file);
        // Where the original itself answers now this way, now that, its transcript is one of several: there is nothing to hold it to.
        Skip.If(difference is not null && KnownDifferences.ReasonOf(file)?.StartsWith(KnownDifferences.Sometimes, StringComparison.Ordinal) == true,
            "the original does not do the same in each run");
        Assert.True(difference is null, $"{name}: the original (+) is not what is saved (-)\n{difference}");
    }

    [Fact]
    public void Every_known_difference_is_a_case() =>
        Assert.Empty(KnownDifferences.Reasons.Keys.Except(["*"]).Except(CaseLibrary.All.SelectMany(c => (string[])[c.Name, c.Family + "/*"])));
}

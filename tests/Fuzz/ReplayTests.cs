using Dropin.Fuzz.Targets;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Fuzz;

/// <summary>What the fuzzer once found stays found: each saved input is read again, and the seeds with it.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string> Targets => new(Target.All.Keys);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Saved_inputs_are_read_without_a_finding(string name)
    {
        foreach (var file in Repository.Files($"fixtures/fuzz/{name}"))
        {
            var check = () => Target.All[name].Check(File.ReadAllBytes(Repository.PathOf(file)));
            check.Should().NotThrow(file);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_seeds_are_read_without_a_finding(string name)
    {
        var target = Target.All[name];
        target.Seeds.Should().NotBeEmpty();
        foreach (var seed in target.Seeds) target.Check(seed);
    }
}

using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Http1;

public sealed class WireFixtureTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var fixture in WireFixture.All) data.Add(fixture.File, fixture.Name);
        return data;
    }

    [Fact]
    public void The_table_is_there() => WireFixture.All.Should().HaveCountGreaterThan(500);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_means_what_HAProxy_takes_it_for(string file, string name)
    {
        var fixture = WireFixture.All.Single(f => f.File == file && f.Name == name);
        var actual = Run(fixture, []);
        var expected = fixture.Expected();

        // HAProxy keeps no position where the refusal does not come from its parser.
        if (expected.EndsWith(" - -", StringComparison.Ordinal)) actual.Should().StartWith(expected[..8]);
        else actual.Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_in_pieces_means_the_same(string file, string name)
    {
        var fixture = WireFixture.All.Single(f => f.File == file && f.Name == name);
        var whole = Run(fixture, []);
        var length = fixture.Input.Length;
        var step = Math.Max(1, length / 400);
        for (var cut = 1; cut < length; cut += step) Run(fixture, [cut]).Should().Be(whole, "it was cut at {0}", cut);
        Run(fixture, Enumerable.Range(1, length - 1).Where(i => i % step == 0)).Should().Be(whole, "it came byte by byte");
    }

    private static string Run(WireFixture fixture, IEnumerable<int> cuts) =>
        WireRun.Of(fixture.Input, fixture.IsResponse, fixture.AcceptInvalid, fixture.Method, fixture.Keys.Contains("client 1.0"), cuts);
}

using Dropin.Tests.Support;
using Dropin.Tests.Support.Text;
using FluentAssertions;
using Xunit;
using static Dropin.Tests.Support.Golden;

namespace Dropin.EndToEnd.Harness;

/// <summary>The harness can fail: what it must tell apart, it tells apart.</summary>
public sealed class HarnessTests
{
    [Fact]
    public void Ports_are_handed_out_once()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => Ports.Reserve()).ToArray();
        ports.Should().OnlyHaveUniqueItems();
        foreach (var port in ports)
            Ports.Release(port);
    }

    [Theory]
    [InlineData("<300ms>", "<310ms>", true)]
    [InlineData("<300ms>", "<100ms>", false)]
    [InlineData("<0ms>", "<900ms>", false)]
    [InlineData("-1", "<0ms>", false)]
    public void Durations_agree_within_the_tolerance(string expected, string received, bool agree) =>
        (TolerantText.Aligned(expected, received) == expected).Should().Be(agree);

    [Fact]
    public void Escapes_are_read_back() =>
        Escape.ToBytes(Escape.ToLine([0, 13, 10, 92, 200, 65])).Should().Equal(0, 13, 10, 92, 200, 65);

    [Fact]
    public Task Log_lines_lose_what_changes_and_keep_what_matters() =>
        Verify(new Normaliser([new("f", 23456)], "/tmp/dt-1", "/usr/sbin/haproxy").Apply(
            "<134>Nov 24 05:42:51 haproxy[77]: 127.0.0.1:40000 [24/Nov/2026:05:42:51.123] f b/s1 3/0/1/302/+306 200 +51 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"\n"
            + "<134>Nov 24 05:42:51 haproxy[77]: 127.0.0.1:40000 [24/Nov/2026:05:42:51.123] f b/s1 0/-1/301 51 sC 1/1/0/0/0 0/0\n"
            + "[ALERT]    (77) : config : parsing [/tmp/dt-1/case.cfg:3] : '127.0.0.1:23456'\n"));
}

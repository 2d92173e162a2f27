using System.Text;
using System.Text.Json;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Keepalived;

/// <summary>Configurations written to learn one thing each, with what keepalived 2.2.7 and 2.4.3 said of them: sentences, lines, order, exit code.</summary>
public sealed class ProbeTests
{
    private const string Folder = "fixtures/keepalived/probes/";

    [Theory]
    [InlineData("probes.jsonl")]
    [InlineData("words.jsonl")]
    public void What_one_of_the_releases_says_is_said(string file)
    {
        var host = FixedHost.Read(Repository.PathOf(Folder + "environment.txt"));
        var path = Path.Combine(Environment.CurrentDirectory, "probe.conf");
        var differences = new List<string>();
        foreach (var line in File.ReadLines(Repository.PathOf(Folder + file)))
        {
            using var probe = JsonDocument.Parse(line);
            var config = probe.RootElement.GetProperty("config").GetString()!;
            var options = new KeepalivedLoadOptions { Facts = host.With(path, Encoding.UTF8.GetBytes(config)), RandomSeed = 1 };
            var ours = ExpectedFindings.Of(KeepalivedConfigLoader.Load("probe.conf", options));
            var expected = new[] { "v227", "v243" }.Where(v => probe.RootElement.TryGetProperty(v, out _)).Select(v => ExpectedFindings.Of(probe.RootElement.GetProperty(v))).ToList();
            if (!expected.Exists(e => e.Exit == ours.Exit && e.SameMessages(ours))) differences.Add($"{config}\nours {ours}\nexpected {expected[0]}");
        }
        differences.Should().BeEmpty();
    }
}

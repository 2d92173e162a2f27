using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Scene.Snmp;

/// <summary>What an operator sees of keepalived by SNMP beside snmpd: the same walks, sets and traps of the original and of ours.</summary>
public sealed class SnmpTests
{
    private const string Keepalived = ".1.3.6.1.4.1.9586.100.5", Version2 = ".1.3.6.1.2.1.68", Version3 = ".1.3.6.1.2.1.207", Instances = Keepalived + ".2.3.1";

    // Three instances and a group begin as backups and become masters (7 and 7, 2 of RFC 2787 and RFC 6527 ...), and stop: 2 x 4 + 1 + 3 + 4.
    private const int TrapsOfRun = 16;

    private static readonly Lazy<string?> s_missing = new(() => Laboratory.WhyNot() ?? KeepalivedOracle.WhyNot ?? KeepalivedSubject.WhyNot ?? SnmpHost.WhyNot());

    [SkippableFact]
    public async Task Ours_shows_and_tells_what_the_original_does()
    {
        Skip.If(s_missing.Value is not null, s_missing.Value);
        var stories = await Task.WhenAll(Task.Run(() => Tell(KeepalivedOracle.Path)), Task.Run(() => Tell(KeepalivedSubject.Path!)));
        stories[0].Count.Should().BeGreaterThan(500, "the original shows about so much");
        var differences = stories[0].Except(stories[1]).Select(line => "- " + line).Concat(stories[1].Except(stories[0]).Select(line => "+ " + line));
        string.Join('\n', differences).Should().BeEmpty("ours says (+) what the original says (-)");
        stories[1].Should().Equal(stories[0]);
    }

    private static List<string> Tell(string binary)
    {
        var host = new SnmpHost(binary, File.ReadAllText(Repository.PathOf("tests/Scene/Snmp/scene.conf")));
        try
        {
            host.Start();
            foreach (var name in (string[])["V2", "V3", "SIX"])
                host.Keepalived.Wait($"({name}) Entering MASTER STATE", 0, TimeSpan.FromSeconds(20)).Should().BeTrue($"{name} becomes master: {string.Join('\n', host.Keepalived.Lines)}");
            host.WaitTraps(TrapsOfRun - 4);
            var story = new List<string>();
            foreach (var root in (string[])[Keepalived, Version2, Version3]) story.AddRange(host.Walk(root).Where(IsSame));
            story.Add(host.Set($"{Instances}.7.2", "i", "120"));
            story.Add(host.Set($"{Instances}.7.2", "i", "0"));
            story.Add(host.Set($"{Instances}.7.2", "u", "7"));
            story.Add(host.Set($"{Instances}.7.1", "i", "160", $"{Instances}.13.1", "i", "2"));
            story.Add(host.Set($"{Instances}.2.1", "s", "other"));
            story.Add(host.Set($"{Version3}.1.1.1.1.7.20.52.1", "u", "9"));
            foreach (var column in (string[])["7", "8", "13"]) story.AddRange(host.Walk($"{Instances}.{column}"));
            host.Keepalived.Signal("TERM");
            host.Keepalived.WaitEnd(TimeSpan.FromSeconds(10)).Should().BeTrue("it ends");
            host.WaitTraps(TrapsOfRun);
            story.AddRange(host.Traps());
            return story;
        }
        finally
        {
            host.End();
        }
    }

    // docs/DECISIONS.md says why: the product's name, and addresses of all instances but the first, which the original calls not advertised.
    private static bool IsSame(string line) =>
        !line.StartsWith($"{Keepalived}.1.1.0 ", StringComparison.Ordinal) && !Regex.IsMatch(line, @"^\.1\.3\.6\.1\.4\.1\.9586\.100\.5\.2\.6\.1\.11\.[2-9]");
}

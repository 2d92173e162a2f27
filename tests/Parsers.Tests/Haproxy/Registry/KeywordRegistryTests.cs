using System.Text;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy.Registry;

public sealed class KeywordRegistryTests
{
    [Fact]
    public void Every_word_of_2_6_has_a_status()
    {
        var known = KeywordRegistry.All.Select(e => $"{e.Kind}|{e.Where}|{e.Name}").ToHashSet(StringComparer.Ordinal);
        var names = KeywordRegistry.All.Select(e => $"{e.Kind}|{e.Name}").ToHashSet(StringComparer.Ordinal);
        var file = Repository.PathOf("tests/Parsers.Tests/Haproxy/Registry/words-of-2.6.txt");
        var missing = File.ReadLines(file).Where(l => !known.Contains(l) && !names.Contains(Short(l))).ToList();
        missing.Should().BeEmpty();
    }

    [Fact]
    public void An_entry_that_is_not_executed_says_why() =>
        KeywordRegistry.All.Where(e => e.Status != KeywordStatus.Executed && e.Note.Length == 0).Should().BeEmpty();

    [Fact]
    public void The_compatibility_page_is_current()
    {
        var path = Repository.PathOf("docs/COMPATIBILITY.md");
        var text = CompatibilityPage.Text() + Dropin.Parsers.Keepalived.Registry.CompatibilityPart.Text();
        if (Environment.GetEnvironmentVariable("DROPIN_ACCEPT") == "1")
            File.WriteAllText(path, text, new UTF8Encoding(false));
        File.ReadAllText(path).Should().Be(text, "docs/COMPATIBILITY.md is made from the registry: run this test with DROPIN_ACCEPT=1 to write it");
    }

    private static string Short(string line)
    {
        var part = line.Split('|');
        return $"{part[0]}|{part[2]}";
    }
}

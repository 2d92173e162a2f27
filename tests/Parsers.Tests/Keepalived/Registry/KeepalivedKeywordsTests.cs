using Dropin.Parsers.Keepalived.Registry;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Keepalived.Registry;

public sealed class KeepalivedKeywordsTests
{
    public static IEnumerable<string[]> Words => File.ReadLines(Repository.PathOf("tests/Parsers.Tests/Keepalived/Registry/words.txt")).Select(l => l.Split('|'));

    [Fact]
    public void Every_keyword_of_2_2_7_is_in_the_registry_with_its_form()
    {
        var known = KeepalivedKeywords.All.Where(e => e.Status != KeywordStatus.Foreign).ToDictionary(e => e.Path, e => e.Form);
        var wrong = Words.Where(w => w[2] == "2.2.7" && !(known.TryGetValue(w[0], out var form) && form.ToString().Equals(w[1], StringComparison.OrdinalIgnoreCase))).Select(w => w[0]);
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Newer_keywords_are_known_as_such()
    {
        var foreign = KeepalivedKeywords.All.Where(e => e.Status == KeywordStatus.Foreign).Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        Words.Where(w => w[2] == "newer" && !w[0].StartsWith("vrrp_instance > auth_hmac > ", StringComparison.Ordinal)).Select(w => w[0]).Where(p => !foreign.Contains(p)).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_in_the_registry_that_2_2_7_does_not_know()
    {
        var known = Words.Where(w => w[2] == "2.2.7").Select(w => w[0]).ToHashSet(StringComparer.Ordinal);
        KeepalivedKeywords.All.Where(e => e.Status != KeywordStatus.Foreign && !known.Contains(e.Path)).Select(e => e.Path).Should().BeEmpty();
    }

    [Fact]
    public void An_entry_that_is_not_executed_says_why() =>
        KeepalivedKeywords.All.Where(e => e.Status != KeywordStatus.Executed && e.Reason.Length == 0).Should().BeEmpty();
}

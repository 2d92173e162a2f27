using System.Text;
using Dropin.Parsers.Keepalived.Registry;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Keepalived.Registry;

public sealed class ManualPageTests
{
    [Fact]
    public void Every_executed_word_is_explained_and_no_other() =>
        ManualPage.Words.Keys.Should().BeEquivalentTo(KeepalivedKeywords.All.Where(entry => entry.Status == KeywordStatus.Executed).Select(entry => entry.Path).Distinct());

    [Fact]
    public void The_manual_page_is_current()
    {
        var text = ManualPage.Text();
        if (Environment.GetEnvironmentVariable("DROPIN_ACCEPT") == "1")
            File.WriteAllText(ManualPage.Path, text, new UTF8Encoding(false));
        File.ReadAllText(ManualPage.Path).Should().Be(text, "keepalived.conf.5 is made from the registry: run this test with DROPIN_ACCEPT=1 to write it");
    }
}

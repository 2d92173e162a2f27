using System.Text;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy.Registry;

public sealed class ManualPageTests
{
    [Fact]
    public void The_manual_page_is_current()
    {
        var text = ManualPage.Text();
        if (Environment.GetEnvironmentVariable("DROPIN_ACCEPT") == "1")
            File.WriteAllText(ManualPage.Path, text, new UTF8Encoding(false));
        File.ReadAllText(ManualPage.Path).Should().Be(text, "haproxy.cfg.5 is made from the registry: run this test with DROPIN_ACCEPT=1 to write it");
    }
}

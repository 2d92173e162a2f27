using Dropin.Compat.Keepalived.Texts;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Texts;

/// <summary>Lines that keepalived 2.2.7 has written.</summary>
public sealed class CommandLineTextTests
{
    private static string[] Lines(int length) =>
        [.. CommandLineText.Lines(["keepalived", "-n", "-l", "-f", "/tmp/ren/g.conf", "-p", "/tmp/ren/" + new string('x', length), "-r", "/tmp/ren/v.pid"])];

    [Fact]
    public void A_line_has_102_characters_at_most()
    {
        Lines(26).Should().Equal(
            "Command line: 'keepalived' '-n' '-l' '-f' '/tmp/ren/g.conf' '-p' '/tmp/ren/xxxxxxxxxxxxxxxxxxxxxxxxxx'", "              '-r' '/tmp/ren/v.pid'");
        Lines(27).Should().Equal(
            "Command line: 'keepalived' '-n' '-l' '-f' '/tmp/ren/g.conf' '-p'", "              '/tmp/ren/xxxxxxxxxxxxxxxxxxxxxxxxxxx' '-r' '/tmp/ren/v.pid'");
    }

    [Fact]
    public void A_word_that_is_longer_than_a_line_is_broken() => Lines(100).Should().Equal(
        "Command line: 'keepalived' '-n' '-l' '-f' '/tmp/ren/g.conf' '-p'",
        $"              '/tmp/ren/{new string('x', 78)}",
        $"              {new string('x', 22)}' '-r' '/tmp/ren/v.pid'");

    [Fact]
    public void Quotation_marks_stay_as_they_are() =>
        CommandLineText.Lines(["keepalived", "a'b c", ""]).Should().Equal("Command line: 'keepalived' 'a'b c' ''");
}

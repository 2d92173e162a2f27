using System.Text;
using Dropin.Compat.Halog.Lines;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;
using static Dropin.Tests.Support.Golden;

namespace Dropin.Compat.Tests.Halog;

public sealed class HalogTests
{
    [Theory]
    [InlineData("served")]
    [InlineData("odd")]
    public async Task Every_option_on_a_log(string log)
    {
        var text = new StringBuilder();
        foreach (var commandLine in HalogCase.CommandLines.Where(IsFreeOfTimeZones))
            text.Append("== ").Append(commandLine).Append('\n').Append(Shortened(HalogCase.Ours(commandLine, HalogCase.Log(log))));
        await Verify(text.ToString().Replace("\0", "\\0", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal), log);
    }

    [SkippableTheory]
    [InlineData("served")]
    [InlineData("odd")]
    public void The_original_prints_the_same(string log)
    {
        Skip.IfNot(File.Exists(HalogCase.Original), $"the original {HalogCase.Original} is not installed (apt-get install haproxy=2.6.*)");
        foreach (var commandLine in HalogCase.CommandLines)
        {
            var (text, status) = HalogCase.TheOriginal(commandLine, HalogCase.Log(log));
            status.Should().Be(0, commandLine);
            HalogCase.Ours(commandLine, HalogCase.Log(log)).Should().Be(text, "that is what the original prints with {0}", commandLine);
        }
    }

    [SkippableFact]
    public void The_original_says_the_same_of_a_wrong_command_line()
    {
        Skip.IfNot(File.Exists(HalogCase.Original), $"the original {HalogCase.Original} is not installed (apt-get install haproxy=2.6.*)");
        foreach (var commandLine in HalogCase.Sentences)
        {
            var (text, status) = HalogCase.TheOriginal(commandLine, "/dev/null");
            HalogCase.OurSentence(commandLine).Should().Be($"{status}\n{text}", "that is what the original says to {0}", commandLine);
        }
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_lines()
    {
        using var folder = new TempDirectory();
        var log = Path.Combine(folder.Path, "log");
        File.WriteAllText(log, new string('x', 700_000) + "\n" + File.ReadAllText(HalogCase.Log("served")));
        HalogCase.Ours("-H -c", log).Should().Be(HalogCase.Ours("-H -c", HalogCase.Log("served")));
        HalogCase.Ours("-c", log).Should().Be("53\n--\n");
    }

    [Theory]
    [InlineData("a b c", 0, 2, 4)]
    [InlineData("  a   b", 0, 1, 6)]
    [InlineData("a b", 0, 2, -1)]
    [InlineData("", 0, 0, -1)]
    [InlineData("ab cd", 1, 0, 1)]
    [InlineData("ab cd", 2, 0, 3)]
    [InlineData("0123456789abcdef 1", 0, 1, 17)]
    [InlineData("0123456789abcde  1 2", 0, 2, 19)]
    [InlineData("a b", 0, -1, -1)]
    public void Fields_are_found(string text, int from, int count, int place) => Fields.Find(Encoding.ASCII.GetBytes(text), from, count).Should().Be(place);

    // Dates are those of the machine's time zone.
    private static bool IsFreeOfTimeZones(string commandLine) => !commandLine.Contains("-time", StringComparison.Ordinal);

    private static string Shortened(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length > 300 ? $"{line[..200]}... ({line.Length})" : line));
}

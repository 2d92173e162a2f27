using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Cli;

/// <summary>
/// The original's answers to some two hundred command lines, in their order (<c>fixtures/haproxy/cli/orders.txt</c>, taken of 2.6.12 with the
/// configuration beside it).
/// </summary>
public sealed class CliConversationTests
{
    [Fact]
    public void Every_line_is_answered_as_the_original_answers_it()
    {
        using var cli = new CliConversation(Repository.PathOf("fixtures/haproxy/cli/orders.cfg"));
        var wrong = new List<string>();
        foreach (var (line, expected) in Exchanges())
        {
            var answer = cli.Say(line.Replace("\\n", "\n", StringComparison.Ordinal) + "\n");
            if (answer != expected)
                wrong.Add($">>> {line}\n{Golden.Difference(expected, answer)}");
        }
        wrong.Should().BeEmpty();
    }

    private static IEnumerable<(string Line, string Answer)> Exchanges()
    {
        var text = File.ReadAllText(Repository.PathOf("fixtures/haproxy/cli/orders.txt"));
        foreach (var exchange in text.Split(">>> ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = exchange.IndexOf('\n', StringComparison.Ordinal);
            yield return (exchange[..end], exchange[(end + 1)..exchange.LastIndexOf("<<<\n", StringComparison.Ordinal)]);
        }
    }
}

using System.Text;
using Dropin.Compat.Haproxy.Cli;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Cli;

public sealed class CliInputTests
{
    [Theory]
    [InlineData("show info\n", "show|info")]
    [InlineData("show  info \t x\r\n", "show|info|x")]
    [InlineData("a;b c\n", "a/b|c")]
    [InlineData("a\\;b c\n", "a;b|c")]
    [InlineData("a\\ b\n", "a b")]
    [InlineData(";\n", "/")]
    [InlineData("show\0x info\0\n", "show|info")]
    [InlineData("a \0 b\n", "a")]
    [InlineData("\0\n", "")]
    [InlineData("no end", null)]
    public void Lines_are_cut_into_commands_and_words(string text, string? expected)
    {
        var commands = Commands(text).Select(line => string.Join('|', line.Words)).ToList();
        (commands.Count == 0 ? null : string.Join('/', commands)).Should().Be(expected);
    }

    [Fact]
    public void A_payload_ends_at_an_empty_line_and_keeps_semicolons()
    {
        var lines = Commands("add map m <<\nk v;w\nl x\n\nshow info\n");
        lines.Select(line => line.AwaitsPayload).Should().Equal(true, true, true, false, false);
        lines[3].Words.Should().Equal("add", "map", "m");
        lines[3].Payload.Should().Be("k v;w\nl x\n");
        lines[4].Words.Should().Equal("show", "info");
    }

    [Fact]
    public void A_payload_may_not_be_longer_than_the_buffer()
    {
        var input = new CliInput(32);
        foreach (var text in (string[])["add map m <<\n", "key value\n", "key value\n"])
        {
            Feed(input, text);
            input.TryTake(out _).Should().BeTrue();
            input.IsFull.Should().BeFalse();
        }
        input.AwaitsPayload.Should().BeTrue();
        input.IsTooLong.Should().BeTrue();
    }

    [Fact]
    public void A_command_that_comes_in_pieces_is_taken_whole()
    {
        var input = new CliInput(64);
        Feed(input, "show ");
        input.TryTake(out _).Should().BeFalse();
        Feed(input, "info\n");
        input.TryTake(out var line).Should().BeTrue();
        line.Words.Should().Equal("show", "info");
        input.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_command_longer_than_the_buffer_fills_it()
    {
        var input = new CliInput(8);
        Feed(input, "12345678");
        input.TryTake(out _).Should().BeFalse();
        input.IsFull.Should().BeTrue();
    }

    private static List<CliLine> Commands(string text)
    {
        var input = new CliInput(1024);
        Feed(input, text);
        var lines = new List<CliLine>();
        while (input.TryTake(out var line))
            lines.Add(line);
        return lines;
    }

    private static void Feed(CliInput input, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(input.Space);
        input.Wrote(bytes.Length);
    }
}

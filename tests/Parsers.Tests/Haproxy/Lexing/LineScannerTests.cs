using System.Text;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Source;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy.Lexing;

public sealed class LineScannerTests
{
    private readonly DiagnosticSink _sink = new();
    private readonly EnvironmentTable _environment = new(new Dictionary<string, string> { ["FOO"] = "a b", ["EMPTY"] = "" });

    [Theory]
    [InlineData("a b\tc", "a|b|c")]
    [InlineData("  a#b c", "a")]
    [InlineData("a\\#b", "a#b")]
    [InlineData("\"a#b\" c", "a#b|c")]
    [InlineData("a\\ b\\tc\\x41", "a b\tcA")]
    [InlineData("a\\qb a\\", "a\\qb|a\\")]
    [InlineData("'a\\'b", "a\\b")]
    [InlineData("a\"b c\"'d e'", "ab cd e")]
    [InlineData("\"$FOO\" $FOO '$FOO'", "a b|$FOO|$FOO")]
    [InlineData("\"${FOO}c\" \"${FOO[*]}d\"", "a bc|a|bd")]
    [InlineData("\"${NOPE-d e}\" \"${EMPTY-x}\"", "d e|")]
    [InlineData("\"a\\$b\" a\\$b", "a$b|a\\$b")]
    [InlineData("\"${.FILE}:${.LINE}:${.SECTION}\"", "t.cfg:7:global")]
    [InlineData("a\\x00b c", "a|c")]
    [InlineData("", "")]
    [InlineData("   # only a comment", "")]
    public void A_line_is_cut_into_words(string line, string words) => Scan(line).Should().Be(words);

    [Theory]
    [InlineData("  x \"abc", "unmatched quote at position 5:\n  x \"abc\n    ^")]
    [InlineData("x 'abc", "unmatched quote at position 3:\n  x 'abc\n    ^")]
    [InlineData("x \\x4", "truncated or invalid hexadecimal sequence at position 3:\n  x \\x4\n    ^")]
    [InlineData("x \"${FOO\"", "unmatched brace in environment variable name at position 5:\n  x \"${FOO\"\n      ^")]
    [InlineData("x \"$1\"", "forbidden first char in environment variable name at position 5:\n  x \"$1\"\n      ^")]
    [InlineData("x \"${FOO[1]}\"", "truncated or invalid word expansion sequence at position 9:\n  x \"${FOO[1]}\"\n          ^")]
    public void A_mistake_is_shown_where_it_is(string line, string sentence)
    {
        new LineScanner(_environment, _sink).Scan("t.cfg", 7, Encoding.Latin1.GetBytes(line)).Should().BeFalse();
        _sink.All.Should().ContainSingle().Which.Sentence.Should().Be(sentence);
    }

    [Fact]
    public void A_long_line_is_shown_around_the_mistake()
    {
        var line = " maxconn 1 " + new string('a', 70) + " \"" + new string('b', 100);
        new LineScanner(_environment, _sink).Scan("t.cfg", 2, Encoding.Latin1.GetBytes(line));
        _sink.All[0].Sentence.Should().Be(
            "unmatched quote at position 83:\n  ..." + new string('a', 36) + " \"" + new string('b', 36) + "...\n  " + new string(' ', 40) + "^");
    }

    [Fact]
    public void Sixty_four_words_are_too_many()
    {
        Scan("bad" + string.Concat(Enumerable.Repeat(" x", 62))).Split('|').Should().HaveCount(63);
        new LineScanner(_environment, _sink).Scan("t.cfg", 2, Encoding.Latin1.GetBytes("  maxconn " + string.Concat(Enumerable.Repeat("x ", 70)))).Should().BeFalse();
        _sink.All[0].Sentence.Should().Be("too many words, truncating after word 64, position 133: <x>.");
    }

    [Fact]
    public void A_word_knows_its_column()
    {
        var scanner = new LineScanner(_environment, _sink);
        scanner.Scan("t.cfg", 3, "  bind  \":80\""u8);
        scanner.Words[1].At.Should().Match<SourceSpan>(at => at.Line == 3 && at.Column == 9 && at.Length == 5);
    }

    private string Scan(string line)
    {
        var scanner = new LineScanner(_environment, _sink) { Section = "global" };
        scanner.Scan("t.cfg", 7, Encoding.Latin1.GetBytes(line)).Should().BeTrue();
        var words = new List<string>();
        foreach (var word in scanner.Words)
            words.Add(word.Text);
        return string.Join('|', words);
    }
}

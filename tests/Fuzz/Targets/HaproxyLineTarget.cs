using System.Text;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Source;
using Dropin.Tests.Support;

namespace Dropin.Fuzz.Targets;

/// <summary>
/// Lines of haproxy.cfg to the word scanner. Whatever the bytes: a line is either cut into words that lie inside it, in order, or it
/// is wrong and something was said about a place inside it; and words written down again in quotes are the same words.
/// </summary>
internal sealed class HaproxyLineTarget : Target
{
    private static readonly string[] Tokens =
    [
        "\"", "'", "\\", "#", "$", "${", "}", "${HOME}", "${UNSET}", "${UNSET-default}", "${.LINE}", "${.FILE}", "${.SECTION}", "${HOME[*]}", "\"${LIST[*]}\"", "\\x41", "\\x", "\\ ",
        "\\n", "\t", " ", "\0", "\x80", "\xff", "server s 127.0.0.1:80 check", "bind :80", "acl a path_beg /x", "if { path / }", "log-format \"%ci %{+Q}r\"",
    ];

    public override string Name => "haproxy-line";

    public override IEnumerable<byte[]> Seeds => Repository.Files("fixtures/haproxy").Concat(Repository.Files("fixtures/differential"))
        .Concat(Repository.Files("packaging")).Where(f => f.EndsWith(".cfg", StringComparison.Ordinal))
        .SelectMany(f => File.ReadAllLines(Repository.PathOf(f), Encoding.Latin1)).Where(l => l.Trim().Length > 0).Distinct().Select(Encoding.Latin1.GetBytes);

    public override IReadOnlyList<byte[]> Words { get; } = [.. Tokens.Select(Encoding.Latin1.GetBytes)];

    public override int Limit => 1024;

    public override void Check(ReadOnlySpan<byte> input)
    {
        // The scanner is given lines: what comes after a line feed is the next one.
        var end = input.IndexOf((byte)'\n');
        var line = end < 0 ? input : input[..end];
        var (good, words, said) = Scan(line);
        if (!good)
        {
            if (said == 0) throw new InvalidOperationException("a line is wrong, but nothing was said");
            return;
        }
        var quoted = string.Join(' ', words.Select(w => "'" + w.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
        if (words.Any(w => w.Contains('\0', StringComparison.Ordinal) || w.Contains('\n', StringComparison.Ordinal))) return;
        var (again, same, _) = Scan(Encoding.Latin1.GetBytes(quoted));
        if (!again || !same.SequenceEqual(words))
            throw new InvalidOperationException($"written again: [{string.Join('|', words)}] became [{string.Join('|', same)}]");
    }

    private static (bool Good, List<string> Words, int Said) Scan(ReadOnlySpan<byte> line)
    {
        var sink = new DiagnosticSink();
        var environment = new EnvironmentTable([new("HOME", "/root"), new("LIST", "a  b c")]);
        var scanner = new LineScanner(environment, sink);
        var good = scanner.Scan("fuzz.cfg", 1, line);
        var words = new List<string>();
        foreach (var word in scanner.Words) words.Add(word.Text);
        return (good, words, sink.All.Count);
    }
}

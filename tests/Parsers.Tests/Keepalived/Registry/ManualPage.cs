using System.Globalization;
using System.Text;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Tests.Support;

namespace Dropin.Parsers.Tests.Keepalived.Registry;

/// <summary>keepalived.conf(5), made of the registry (which words there are and what becomes of them) and of packaging/deb/man/keepalived.conf.words (what they mean).</summary>
internal static class ManualPage
{
    /// <summary>Where the page stands.</summary>
    public static string Path => Repository.PathOf("packaging/deb/man/keepalived.conf.5");

    /// <summary>What stands behind a word and what it does, by the word's path.</summary>
    public static IReadOnlyDictionary<string, (string Syntax, string Meaning)> Words { get; } =
        File.ReadLines(Repository.PathOf("packaging/deb/man/keepalived.conf.words")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(Parts).ToDictionary(part => part[0], part => (part[1], part[2]), StringComparer.Ordinal);

    /// <summary>The page.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            .TH KEEPALIVED.CONF 5 "2026-11-24" "dropin 0.1.0" "dropin"
            .SH NAME
            keepalived.conf \- configuration of keepalived (dropin's replacement)
            .SH DESCRIPTION
            The language is that of keepalived 2.2.
            A line has a word and its values, separated by blanks; a block stands in braces, the opening one at the end of a line, the closing one on its own.
            An exclamation mark or a number sign begins a remark.
            .B include \fIPATTERN
            reads other files in this place,
            .B $NAME=\fITEXT
            defines what
            .B $NAME
            stands for, a line that begins with
            .B @\fINAME
            holds on the machine of that name alone (option \-i), and
            .B ~SEQ(\fIVARIABLE\fB, \fIFIRST\fB, \fISTEP\fB, \fILAST\fB)
            repeats its line.
            Booleans are on, true, yes and off, false, no; without a value they are on.
            .PP
            Words that are read and have no effect are listed with the reason.
            A file with a word that is not executed yet is not started: the message names file, line and word.
            The option \-t checks all of it.

            """);
        foreach (var block in KeepalivedKeywords.All.Where(entry => entry.Status != KeywordStatus.Foreign).GroupBy(BlockOf))
            Append(page, block.Key, [.. block]);
        page.Append("""
            .SH FILES
            /etc/keepalived/keepalived.conf
            .SH SEE ALSO
            .BR keepalived (8),
            .BR genhash (1)

            """);
        return page.ToString();
    }

    private static void Append(StringBuilder page, string block, List<KeywordEntry> entries)
    {
        page.Append(CultureInfo.InvariantCulture, $".SH {block.ToUpperInvariant()}\n");
        foreach (var entry in entries.Where(entry => entry.Status == KeywordStatus.Executed).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var (syntax, meaning) = Words[entry.Path];
            page.Append(CultureInfo.InvariantCulture, $".TP\n\\fB{Escaped(entry.Name)}\\fR{(syntax.Length > 0 ? " " + Escaped(syntax) : "")}\n{Escaped(meaning)}\n");
        }
        foreach (var group in entries.Where(entry => entry.Status != KeywordStatus.Executed).GroupBy(entry => (entry.Status, entry.Reason)))
            page.Append(CultureInfo.InvariantCulture, $".PP\n{(group.Key.Status == KeywordStatus.Refused ? "Not executed" : "Without effect")} ({Escaped(group.Key.Reason)}):\n")
                .Append(Escaped(string.Join(", ", group.Select(entry => entry.Name).Order(StringComparer.Ordinal)))).Append(".\n");
    }

    private static string[] Parts(string line)
    {
        var parts = line.Split(" | ", 3);
        return parts.Length == 3 ? parts : [line[..line.IndexOf(" |", StringComparison.Ordinal)], "", line[(line.LastIndexOf("| ", StringComparison.Ordinal) + 2)..]];
    }

    private static string Escaped(string text) => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);

    private static string BlockOf(KeywordEntry entry)
    {
        var end = entry.Path.LastIndexOf(" > ", StringComparison.Ordinal);
        return end < 0 ? "top level" : entry.Path[..end];
    }
}

using System.Globalization;
using System.Text;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Tests.Support;

namespace Dropin.Parsers.Tests.Haproxy.Registry;

/// <summary>haproxy.cfg(5): how the language is written, and all its words with what becomes of them, made of the registry.</summary>
internal static class ManualPage
{
    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("section", "SECTIONS"), ("config", "KEYWORDS"), ("bind", "OPTIONS OF BIND"), ("server", "OPTIONS OF SERVER"), ("option", "OPTION ..."), ("action", "ACTIONS OF RULES"),
        ("fetch", "SAMPLE FETCHES"), ("converter", "CONVERTERS"), ("filter", "FILTERS"), ("service", "SERVICES"),
    ];

    /// <summary>Where the page stands.</summary>
    public static string Path => Repository.PathOf("packaging/deb/man/haproxy.cfg.5");

    /// <summary>The page.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            .TH HAPROXY.CFG 5 "2026-11-24" "dropin 0.1.0" "dropin"
            .SH NAME
            haproxy.cfg \- configuration of haproxy (dropin's replacement)
            .SH DESCRIPTION
            The language is that of HAProxy 2.6, whose configuration manual explains each word.
            This page tells how it is written and what becomes of each word here.
            .PP
            A file has sections: a line with the section's word, and its name where it has one, opens it, and all lines up to the next such line belong to it.
            .B global
            holds for the process,
            .B defaults
            for the proxies that follow,
            .BR frontend ", " backend " and " listen
            are proxies.
            .PP
            A line has a keyword and its values, separated by blanks.
            A number sign begins a remark.
            A blank, a quote, a number sign or a backslash loses its meaning behind a backslash or in quotes; in double quotes
            .B ${NAME}
            stands for a variable of the environment, in single quotes nothing has a meaning.
            .B .if\fR, \fB.elif\fR, \fB.else\fR, \fB.endif
            take or leave lines;
            .B .notice\fR, \fB.warning\fR, \fB.alert\fR, \fB.diag
            say something.
            .PP
            Times are milliseconds unless us, ms, s, m, h or d stands behind the number; sizes are bytes unless k, m or g does.
            .B no
            before a keyword switches off what can be switched off,
            .B default
            gives it back its default.
            .PP
            Words that are read and have no effect are listed with the reason.
            A file with a word that is not executed is not started, and
            .B haproxy \-c
            fails: the message names file, line and word.

            """);
        foreach (var (kind, title) in Kinds)
        {
            var entries = KeywordRegistry.All.Where(entry => entry.Kind == kind && entry.Status != KeywordStatus.Foreign).ToList();
            if (entries.Count == 0) continue;
            page.Append(CultureInfo.InvariantCulture, $".SH {Escaped(title)}\n");
            foreach (var place in entries.GroupBy(entry => entry.Where))
            {
                if (place.Key.Length > 0) page.Append(CultureInfo.InvariantCulture, $".SS {Escaped(place.Key)}\n");
                foreach (var group in place.GroupBy(entry => (entry.Status, Note: entry.Status == KeywordStatus.Executed ? "" : entry.Note)))
                    Append(page, group.Key.Status, group.Key.Note, group.Select(entry => entry.Name));
            }
        }
        page.Append("""
            .SH SEE ALSO
            .BR haproxy (1)

            """);
        return page.ToString();
    }

    private static void Append(StringBuilder page, KeywordStatus status, string note, IEnumerable<string> names)
    {
        page.Append(".PP\n");
        if (status != KeywordStatus.Executed)
            page.Append(CultureInfo.InvariantCulture, $"{(status == KeywordStatus.Refused ? "Not executed" : "Without effect")} ({Escaped(note)}):\n");
        page.Append(Escaped(string.Join(", ", names.Distinct().Order(StringComparer.Ordinal)))).Append(".\n");
    }

    // A point at the beginning of a line would be a request.
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}

using System.Globalization;
using System.Text;

namespace Dropin.Parsers.Haproxy.Registry;

/// <summary>The page that tells a user, word by word, what becomes of his file; made from the registry, so that it cannot lie.</summary>
public static class CompatibilityPage
{
    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("section", "Sections"), ("config", "Keywords of sections"), ("bind", "Options of bind and stats socket"),
        ("server", "Options of server, default-server and server-template"), ("option", "option ..."),
        ("action", "Actions of rules"), ("fetch", "Sample fetches"), ("converter", "Converters"), ("filter", "Filters"), ("service", "Services"),
    ];

    /// <summary>The page in Markdown.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            # What becomes of each word of haproxy.cfg

            This page is made from the registry which the parser itself uses (`Parsers/Haproxy/Registry`); a test keeps it current.

            - **executed**: the engine does what the word says.
            - **accepted**: understood and checked, without effect, for the reason given.
            - **refused**: known, but not executed yet. A file that uses it does not start, and the message names file, line and word.
            - **foreign**: of an older or newer version than the level that is announced; answered as HAProxy of that level answers.


            """);
        page.Append("| kind | executed | accepted | refused | foreign |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var (kind, title) in Kinds)
        {
            var of = KeywordRegistry.All.Where(e => e.Kind == kind).ToList();
            if (of.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture,
                    $"| {title} | {Count(of, KeywordStatus.Executed)} | {Count(of, KeywordStatus.Accepted)} | {Count(of, KeywordStatus.Refused)} | {Count(of, KeywordStatus.Foreign)} |\n");
            }
        }

        foreach (var (kind, title) in Kinds)
        {
            var of = KeywordRegistry.All.Where(e => e.Kind == kind).ToList();
            if (of.Count == 0)
            {
                continue;
            }

            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var place in of.GroupBy(e => e.Where))
            {
                if (place.Key.Length > 0)
                {
                    page.Append(CultureInfo.InvariantCulture, $"\n### {place.Key}\n");
                }

                foreach (var status in Enum.GetValues<KeywordStatus>())
                {
                    foreach (var reason in place.Where(e => e.Status == status).GroupBy(e => e.Note))
                    {
                        var why = reason.Key.Length > 0 ? $" ({reason.Key})" : "";
                        page.Append(CultureInfo.InvariantCulture, $"\n- {status.ToString().ToLowerInvariant()}{why}: ");
                        page.AppendJoin(", ", reason.Select(e => $"`{e.Name}`"));
                    }
                }

                page.Append('\n');
            }
        }

        return page.ToString();
    }

    private static int Count(List<KeywordEntry> entries, KeywordStatus status) => entries.Count(e => e.Status == status);
}

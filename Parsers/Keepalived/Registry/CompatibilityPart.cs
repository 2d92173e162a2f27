using System.Globalization;
using System.Text;

namespace Dropin.Parsers.Keepalived.Registry;

/// <summary>The part of the compatibility page about keepalived.conf; made from the registry, so that it cannot lie.</summary>
public static class CompatibilityPart
{
    /// <summary>The part in Markdown.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""


            # What becomes of each word of keepalived.conf

            Made from `Parsers/Keepalived/Registry`. All words are read and checked as keepalived 2.2.7 does, in a test of the configuration (`-t`) too.

            - **executed**: the daemon does what the word says.
            - **accepted**: without effect, for the reason given; what stands in a refused block counts here.
            - **refused**: a file that uses it is not started, and the message names file, line and word; `-t` passes it.
            - **foreign**: of a newer release or another build than the one that is announced; an unknown keyword, as it is there.


            """);
        page.Append("| block | executed | accepted | refused | foreign |\n| --- | ---: | ---: | ---: | ---: |\n");
        var blocks = KeepalivedKeywords.All.GroupBy(BlockOf).ToList();
        foreach (var block in blocks)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {block.Key} | {Count(block, KeywordStatus.Executed)} | {Count(block, KeywordStatus.Accepted)} | {Count(block, KeywordStatus.Refused)} | {Count(block, KeywordStatus.Foreign)} |\n");
        }

        foreach (var block in blocks)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {block.Key}\n");
            foreach (var status in Enum.GetValues<KeywordStatus>())
            {
                foreach (var reason in block.Where(e => e.Status == status).GroupBy(e => e.Reason))
                {
                    var why = reason.Key.Length > 0 ? $" ({reason.Key})" : "";
                    page.Append(CultureInfo.InvariantCulture, $"\n- {status.ToString().ToLowerInvariant()}{why}: ");
                    page.AppendJoin(", ", reason.Select(e => $"`{e.Name}`").Order(StringComparer.Ordinal));
                }
            }

            page.Append('\n');
        }

        return page.ToString();
    }

    private static string BlockOf(KeywordEntry entry)
    {
        var end = entry.Path.LastIndexOf(" > ", StringComparison.Ordinal);
        return end < 0 ? "top level" : entry.Path[..end];
    }

    private static int Count(IEnumerable<KeywordEntry> entries, KeywordStatus status) => entries.Count(e => e.Status == status);
}

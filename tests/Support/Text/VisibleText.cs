using System.Text.RegularExpressions;

namespace Dropin.Tests.Support.Text;

/// <summary>What a reader sees of an HTML page: a line a table row, cells apart, no markup, styles or scripts.</summary>
public static partial class VisibleText
{
    public static IEnumerable<string> Of(string html)
    {
        var text = Hidden().Replace(html, "");
        text = Title().Replace(text, "{$1}");
        text = RowEnd().Replace(text, "\n");
        text = CellEnd().Replace(text, "|");
        text = Tag().Replace(text.Replace("\r", "", StringComparison.Ordinal), " ");
        foreach (var line in text.Split('\n'))
            if (Blanks().Replace(line, " ").Trim() is { Length: > 0 } seen)
                yield return seen;
    }

    [GeneratedRegex(@"<style.*?</style>|<script.*?</script>|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    // Hints that appear when the pointer rests on a cell.
    [GeneratedRegex(@"<[a-z]+ title=""([^""]*)""[^>]*>")]
    private static partial Regex Title();

    [GeneratedRegex(@"</tr>|<br>|</li>|</p>|</h\d>|</option>|</table>", RegexOptions.IgnoreCase)]
    private static partial Regex RowEnd();

    [GeneratedRegex(@"</t[dh]>", RegexOptions.IgnoreCase)]
    private static partial Regex CellEnd();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}

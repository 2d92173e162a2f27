using System.Globalization;
using System.Text;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>The sentences about checks, word for word the original's: tools match on them.</summary>
internal static class CheckTexts
{
    /// <summary>", reason: Layer7 wrong status, code: 500, info: "x", check duration: 0ms"</summary>
    internal static string Reason(CheckState check)
    {
        var last = check.Last;
        var text = new StringBuilder(", reason: ").Append(last.Status.Text());
        if (last.Status.HasNumber())
        {
            text.Append(CultureInfo.InvariantCulture, $", code: {last.Number}");
        }

        if (last.Description.Length > 0)
        {
            text.Append(", info: \"");
            AppendPrintable(text, last.Description);
            text.Append('"');
        }

        if (check.DurationMilliseconds >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", check duration: {check.DurationMilliseconds}ms");
        }

        return text.ToString();
    }

    /// <summary>The line of <c>option log-health-checks</c>.</summary>
    internal static string Line(ServerState server, CheckState check, in CheckCounter counter)
    {
        var kind = check.IsAgent ? "Agent" : "Health";
        var backup = server.Config.Backup ? "backup " : "";
        var verb = check.Last.Status.Verdict() switch
        {
            CheckVerdict.Failed => "failed",
            CheckVerdict.Conditional => "conditionally succeeded",
            _ => "succeeded",
        };
        var (have, of) = counter.Progress;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} check for {backup}server {server} {verb}{Reason(check)}, status: {have}/{of} {(counter.IsUp ? "UP" : "DOWN")}.");
    }

    // Descriptions hold bytes of the peer, one a character; what is not printable, and the quote, is shown as <22>.
    private static void AppendPrintable(StringBuilder text, string description)
    {
        foreach (var one in description)
        {
            if (one is >= ' ' and <= '~' and not '"')
            {
                text.Append(one);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"<{(int)one & 0xff:X2}>");
            }
        }
    }
}

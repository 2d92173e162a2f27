using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The rows of the page.</summary>
internal sealed partial class HtmlPage
{
    private void Row(StatRow row, bool changes)
    {
        switch (row.Kind)
        {
            case StatRowKind.Frontend:
                FrontendRow(row);
                break;
            case StatRowKind.Listener:
                ListenerRow(row);
                break;
            case StatRowKind.Server:
                ServerRow(row, changes);
                break;
            default:
                BackendRow(row);
                break;
        }
        _html.Append('\n');
    }

    /// <summary>The cell in the column of the check boxes, which a page without changes has not.</summary>
    private string Lead => _isAdmin ? "<td></td>" : "";

    private void Cell(string text) => _html.Append("<td>").Append(text).Append("</td>");

    private void Centred(string text) => _html.Append("<td class=ac>").Append(text).Append("</td>");

    private void Cells(StatRow row, params ReadOnlySpan<StatField> fields)
    {
        foreach (var field in fields)
            Cell(row[field].Exists ? HtmlText.Number(row.Number(field)) : "");
    }

    private void Name(StatRow row, string label, string anchor, string? tip)
    {
        var place = HtmlText.Escape(row.Proxy.Name + "/" + anchor);
        var link = $"<a name=\"{place}\"></a><a class=lfsb href=\"#{place}\">{HtmlText.Escape(label)}</a>";
        Centred(tip is null ? link : $"<u>{link}<div class=tips>{tip}</div></u>");
    }

    private static string Tipped(string text, string tip) => $"<u>{text}{tip}</u>";

    private static string Tipped(string text, TipTable tip) => Tipped(text, tip.Tip);

    private void FrontendRow(StatRow row)
    {
        var isHttp = row.Proxy.Config.Mode == ProxyMode.Http;
        _html.Append("<tr class=\"frontend\">" + Lead);
        Name(row, "Frontend", "Frontend", tip: null);
        _html.Append("<td colspan=3></td>");
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Rate)), Rates(row, "Current", StatField.ConnRate, StatField.Rate, StatField.ReqRate, isHttp)));
        Cell(Tipped(HtmlText.Number(row.Number(StatField.RateMax)), Rates(row, "Max", StatField.ConnRateMax, StatField.RateMax, StatField.ReqRateMax, isHttp)));
        Cell(HtmlText.Limit(row.Number(StatField.RateLim)));
        Cells(row, StatField.Scur, StatField.Smax, StatField.Slim);
        var totals = new TipTable().Row("Cum. connections:", row.Number(StatField.ConnTot)).Row("Cum. sessions:", row.Number(StatField.Stot));
        if (isHttp)
        {
            totals.Row("Cum. HTTP requests:", row.Number(StatField.ReqTot));
            Responses(row, totals);
            totals.Row("Intercepted requests:", row.Number(StatField.Intercepted));
            CacheAndErrors(row, totals);
        }
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Stot)), totals));
        _html.Append("<td></td><td></td>");
        Bytes(row);
        Cells(row, StatField.Dreq, StatField.Dresp, StatField.Ereq);
        _html.Append("<td></td><td></td><td></td><td></td>");
        Centred(row[StatField.Status].Text!);
        _html.Append("<td class=ac colspan=8></td>");
        Modules(row);
    }

    private static TipTable Rates(StatRow row, string which, StatField connections, StatField sessions, StatField requests, bool isHttp)
    {
        var tip = new TipTable().Row($"{which} connection rate:", HtmlText.Number(row.Number(connections)) + "/s")
            .Row($"{which} session rate:", HtmlText.Number(row.Number(sessions)) + "/s");
        return isHttp ? tip.Row($"{which} request rate:", HtmlText.Number(row.Number(requests)) + "/s") : tip;
    }

    private static void Responses(StatRow row, TipTable tip)
    {
        tip.Row("- HTTP 1xx responses:", row.Number(StatField.Hrsp1xx)).Row("- HTTP 2xx responses:", row.Number(StatField.Hrsp2xx))
            .Row("&nbsp;&nbsp;Compressed 2xx:", row.Number(StatField.CompRsp), HtmlText.Share(row.Number(StatField.CompRsp), row.Number(StatField.Hrsp2xx)))
            .Row("- HTTP 3xx responses:", row.Number(StatField.Hrsp3xx)).Row("- HTTP 4xx responses:", row.Number(StatField.Hrsp4xx))
            .Row("- HTTP 5xx responses:", row.Number(StatField.Hrsp5xx)).Row("- other responses:", row.Number(StatField.HrspOther));
    }

    private static void CacheAndErrors(StatRow row, TipTable tip) => tip
        .Row("Cache lookups:", row.Number(StatField.CacheLookups))
        .Row("Cache hits:", row.Number(StatField.CacheHits), HtmlText.Share(row.Number(StatField.CacheHits), row.Number(StatField.CacheLookups)))
        .Row("Failed hdr rewrites:", row.Number(StatField.Wrew)).Row("Internal errors:", row.Number(StatField.Eint));

    private void Bytes(StatRow row)
    {
        var sent = row.Number(StatField.Bout);
        var (before, after, bypass) = (row.Number(StatField.CompIn), row.Number(StatField.CompOut), row.Number(StatField.CompByp));
        Cells(row, StatField.Bin);
        Cell(HtmlText.Number(sent) + new TipTable().Row("Response bytes in:", sent).Row("Compression in:", before)
            .Row("Compression out:", after, HtmlText.Share(after, before)).Row("Compression bypass:", bypass)
            .Row("Total bytes saved:", before - after, HtmlText.Share(before - after, sent + before - after)).Tip);
    }

    private void ListenerRow(StatRow row)
    {
        var name = row[StatField.Svname].Text!;
        _html.Append("<tr class=socket>" + Lead);
        Name(row, name, "+" + name, _config.ShowLegends ? $"{AddressLegend(row[StatField.Addr].Text!)}, id: {row.Id}" : null);
        _html.Append("<td colspan=3></td><td colspan=3>&nbsp;</td>");
        Cells(row, StatField.Scur, StatField.Smax, StatField.Slim, StatField.Stot);
        _html.Append("<td>&nbsp;</td><td>&nbsp;</td>");
        Cells(row, StatField.Bin, StatField.Bout, StatField.Dreq, StatField.Dresp, StatField.Ereq);
        _html.Append("<td></td><td></td><td></td><td></td>");
        Centred(row[StatField.Status].Text!);
        _html.Append("<td class=ac colspan=8></td>");
        Modules(row);
    }

    private static string AddressLegend(string address) => address switch
    {
        "unix" => "unix",
        ['[', ..] => "IPv6: " + address,
        _ => "IPv4: " + address,
    };

    private void BackendRow(StatRow row)
    {
        var isHttp = row.Proxy.Config.Mode == ProxyMode.Http;
        var hasServers = row.Proxy.Backend!.Servers.Length > 0;
        _html.Append("<tr class=\"backend\">" + Lead);
        var cookie = row[StatField.Cookie].Text is { } text ? $", cookie: '{HtmlText.Escape(text)}'" : "";
        Name(row, "Backend", "Backend", _config.ShowLegends ? $"balancing: {row[StatField.Algo].Text}{cookie}" : null);
        Cells(row, StatField.Qcur, StatField.Qmax);
        _html.Append("<td></td>");
        Cells(row, StatField.Rate, StatField.RateMax);
        _html.Append("<td></td>");
        Cells(row, StatField.Scur, StatField.Smax, StatField.Slim);
        var totals = new TipTable().Row("Cum. sessions:", row.Number(StatField.Stot));
        if (isHttp)
        {
            Connections(row, totals);
            Responses(row, totals);
            CacheAndErrors(row, totals);
        }
        Times(row, totals, isHttp);
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Stot)), totals));
        Cells(row, StatField.Lbtot);
        Cell(HtmlText.Age(row.Number(StatField.Lastsess)));
        Bytes(row);
        Cells(row, StatField.Dreq, StatField.Dresp);
        Failures(row);
        Centred($"{HtmlText.Age(row.Number(StatField.Lastchg))} {row[StatField.Status].Text}");
        Centred("&nbsp;");
        Centred($"{row.Number(StatField.Weight)}/{row.Number(StatField.Uweight)}");
        Centred(HtmlText.Number(row.Number(StatField.Act)));
        Centred(HtmlText.Number(row.Number(StatField.Bck)));
        Centred("&nbsp;");
        Cells(row, StatField.Chkdown);
        Cell(hasServers ? HtmlText.Age(row.Number(StatField.Downtime)) : "&nbsp;");
        _html.Append("<td></td>");
        Modules(row);
    }

    private static void Connections(StatRow row, TipTable tip)
    {
        var (made, reused) = (row.Number(StatField.Connect), row.Number(StatField.Reuse));
        tip.Row("New connections:", made).Row("Reused connections:", reused, HtmlText.Share(reused, made + reused))
            .Row("Cum. HTTP requests:", row.Number(StatField.ReqTot));
    }

    private static void Times(StatRow row, TipTable tip, bool isHttp)
    {
        tip.Title("Max / Avg over last 1024 success. conn.");
        Time("- Queue time:", StatField.QtimeMax, StatField.Qtime);
        Time("- Connect time:", StatField.CtimeMax, StatField.Ctime);
        if (isHttp)
            Time("- Responses time:", StatField.RtimeMax, StatField.Rtime);
        Time("- Total time:", StatField.TtimeMax, StatField.Ttime);

        void Time(string name, StatField most, StatField average) =>
            tip.Row(name, $"{HtmlText.Number(row.Number(most))} / {HtmlText.Number(row.Number(average))}", "ms");
    }

    /// <summary>Errors and warnings of the servers' side.</summary>
    private void Failures(StatRow row)
    {
        _html.Append("<td></td>");
        Cells(row, StatField.Econ);
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Eresp)), $"<div class=tips>Connection resets during transfers: {row.Number(StatField.CliAbrt)} client, "
            + $"{row.Number(StatField.SrvAbrt)} server</div>"));
        Cells(row, StatField.Wretr, StatField.Wredis);
    }
}

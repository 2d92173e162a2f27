using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The rows of servers.</summary>
internal sealed partial class HtmlPage
{
    private void ServerRow(StatRow row, bool changes)
    {
        var isHttp = row.Proxy.Config.Mode == ProxyMode.Http;
        var name = HtmlText.Escape(row[StatField.Svname].Text!);
        _html.Append("<tr class=\"").Append(ColourOf(row)).Append("\">")
            .Append(changes ? $"<td><input class='{HtmlText.Escape(row.Proxy.Name)}-checkbox' type=\"checkbox\" name=\"s\" value=\"{name}\"></td>" : Lead);
        Name(row, row[StatField.Svname].Text!, row[StatField.Svname].Text!, _config.ShowLegends ? Legend(row) : null);
        Cells(row, StatField.Qcur, StatField.Qmax);
        Cell(HtmlText.Limit(row.Number(StatField.Qlimit)));
        Cells(row, StatField.Rate, StatField.RateMax);
        _html.Append("<td></td>");
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Scur)), PoolTip(row)));
        Cells(row, StatField.Smax);
        Cell(HtmlText.Limit(row.Number(StatField.Slim)));
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Stot)), Totals(row, isHttp)));
        Cells(row, StatField.Lbtot);
        Cell(HtmlText.Age(row.Number(StatField.Lastsess)));
        Cells(row, StatField.Bin, StatField.Bout);
        _html.Append("<td></td>");
        Cells(row, StatField.Dresp);
        Failures(row);
        Centred(StatusOf(row));
        LastCheck(row);
        Centred($"{row.Number(StatField.Weight)}/{row.Number(StatField.Uweight)}");
        Centred(row.Number(StatField.Act) > 0 ? "Y" : "-");
        Centred(row.Number(StatField.Bck) > 0 ? "Y" : "-");
        CheckCounts(row);
        Centred(row[StatField.Throttle].Exists ? $"{row.Number(StatField.Throttle)} %" : "-");
        Modules(row);
    }

    private static string ColourOf(StatRow row)
    {
        var side = row.Number(StatField.Bck) > 0 ? "backup" : "active";
        return row.Standing switch
        {
            RowStanding.Maintenance => "maintain",
            RowStanding.Down => side + "_down",
            RowStanding.GoingUp => side + "_going_up",
            RowStanding.GoingDown => side + "_going_down",
            RowStanding.NotBalanced => side + "_nolb",
            RowStanding.Draining => side + "_draining",
            RowStanding.NotChecked => side + "_no_check",
            _ => side + "_up",
        };
    }

    private static string Legend(StatRow row)
    {
        var address = row[StatField.Addr].Text is { Length: > 0 } text ? AddressLegend(text) + ", " : "";
        var cookie = row[StatField.Cookie].Text is { } value ? $", cookie: '{HtmlText.Escape(value)}'" : "";
        return $"{address}id: {row.Id}{cookie}";
    }

    private static TipTable PoolTip(StatRow row)
    {
        var (idle, used) = (row.Number(StatField.SrvIcur), row.Number(StatField.UsedConnCur));
        return new TipTable().Row("Current active connections:", used).Row("Current used connections:", used).Row("Current idle connections:", idle)
            .Row("- unsafe:", row.Number(StatField.IdleConnCur)).Row("- safe:", row.Number(StatField.SafeConnCur))
            .Row("Estimated need of connections:", row.Number(StatField.NeedConnEst))
            .Row("Active connections limit:", HtmlText.Limit(row.Number(StatField.Slim)))
            .Row("Idle connections limit:", row[StatField.SrcIlim].Exists ? HtmlText.Number(row.Number(StatField.SrcIlim)) : "-");
    }

    private static TipTable Totals(StatRow row, bool isHttp)
    {
        var tip = new TipTable().Row("Cum. sessions:", row.Number(StatField.Stot));
        if (isHttp)
        {
            Connections(row, tip);
            var requests = row.Number(StatField.ReqTot);
            for (var digit = 0; digit < 5; digit++)
                Share($"- HTTP {digit + 1}xx responses:", StatField.Hrsp1xx + digit);
            Share("- other responses:", StatField.HrspOther);
            tip.Row("Failed hdr rewrites:", row.Number(StatField.Wrew)).Row("Internal error:", row.Number(StatField.Eint));

            void Share(string name, StatField field) => tip.Row(name, row.Number(field), HtmlText.Share(row.Number(field), requests));
        }
        Times(row, tip, isHttp);
        return tip;
    }

    private static string StatusOf(StatRow row)
    {
        var status = row[StatField.Status].Text!;
        if (status == "no check")
            return "<i>no check</i>";
        var arrow = row.Standing switch
        {
            RowStanding.GoingUp => " &uarr;",
            RowStanding.GoingDown => " &darr;",
            // The original points down for a server that follows another one: it has no checks of its own that would say otherwise.
            RowStanding.Up or RowStanding.NotBalanced when row[StatField.Tracked].Exists => " &darr;",
            _ => "",
        };
        return $"{HtmlText.Age(row.Number(StatField.Lastchg))} {status}{arrow}";
    }

    private void LastCheck(StatRow row)
    {
        if (!row[StatField.CheckStatus].Exists)
        {
            _html.Append("<td></td>");
            return;
        }
        var code = row[StatField.CheckCode].Exists ? $"/{row.Number(StatField.CheckCode)}" : "";
        var duration = row[StatField.CheckDuration].Exists && row.Number(StatField.CheckDuration) >= 0 ? $" in {row.Number(StatField.CheckDuration)}ms" : "";
        var description = row[StatField.LastChk].Text is { Length: > 0 } text ? ": " + HtmlText.Escape(text) : "";
        Centred(Tipped($" {row[StatField.CheckStatus].Text}{code}{duration}", $"<div class=tips>{row[StatField.CheckDesc].Text}{description}</div>"));
    }

    private void CheckCounts(StatRow row)
    {
        if (row[StatField.Tracked].Text is { } tracked)
        {
            var place = HtmlText.Escape(tracked);
            _html.Append("<td class=ac colspan=3><a class=lfsb href=\"#").Append(place).Append("\">via ").Append(place).Append("</a></td>");
            return;
        }
        if (!row[StatField.Chkfail].Exists)
        {
            _html.Append("<td colspan=3></td>");
            return;
        }
        var analyses = row[StatField.Hanafail].Exists;
        Cell(Tipped(HtmlText.Number(row.Number(StatField.Chkfail)) + (analyses ? "/" + HtmlText.Number(row.Number(StatField.Hanafail)) : ""),
            $"<div class=tips>Failed Health Checks{(analyses ? "/Health Analyses" : "")}</div>"));
        Cells(row, StatField.Chkdown);
        Cell(HtmlText.Age(row.Number(StatField.Downtime)));
    }
}

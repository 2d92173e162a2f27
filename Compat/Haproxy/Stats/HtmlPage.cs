using System.Globalization;
using System.Text;
using Dropin.Compat.Haproxy.Cli.Commands;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The statistics page, laid out as operators know it (configuration manual 4.2, <c>stats …</c>).</summary>
internal sealed partial class HtmlPage
{
    private readonly AdminContext _context;
    private readonly StatsConfig _config;
    private readonly StatsRequest _request;
    private readonly ProcessInfo _info;
    private readonly bool _isAdmin;
    private readonly StringBuilder _html = new();

    private HtmlPage(AdminContext context, StatsConfig config, StatsRequest request, ProcessInfo info, bool isAdmin)
        => (_context, _config, _request, _info, _isAdmin) = (context, config, request, info, isAdmin);

    /// <summary>Writes the page.</summary>
    /// <param name="context">What it shows.</param>
    /// <param name="config">How the file wants it.</param>
    /// <param name="request">How the browser wants it.</param>
    /// <param name="collector">The rows.</param>
    /// <param name="info">The process.</param>
    /// <param name="isAdmin">Whether it offers changes.</param>
    internal static string Write(AdminContext context, StatsConfig config, StatsRequest request, StatCollector collector, ProcessInfo info, bool isAdmin)
    {
        var page = new HtmlPage(context, config, request, info, isAdmin);
        page.Head();
        page.Process();
        page.Links();
        page.Message();
        foreach (var proxy in context.Engine.Proxies)
            page.Proxy(proxy, collector.RowsOf(proxy).ToList());
        return page._html.Append("</body></html>\n").ToString();
    }

    private string OnNode => _config.ShowNode is { } node ? " on " + HtmlText.Escape(node.Length > 0 ? node : _context.Node) : "";

    private string Description => _config.ShowDescription is { } text && (text.Length > 0 ? text : _context.Engine.Global.Description) is { Length: > 0 } shown
        ? ": " + HtmlText.Escape(shown) : "";

    private void Head()
    {
        _html.Append("<!DOCTYPE html>\n<html><head><title>Statistics Report for HAProxy").Append(OnNode).Append("</title>\n<link rel=\"icon\" href=\"data:,\">\n")
            .Append("<meta http-equiv=\"content-type\" content=\"text/html; charset=iso-8859-1\">\n<style type=\"text/css\">\n").Append(StyleSheet.Css).Append("\n</style></head>\n")
            .Append("<body><h1><a href=\"http://www.haproxy.org/\" style=\"text-decoration: none;\">HAProxy")
            .Append(_config.HideVersion ? "" : $" version {ProductVersion.Text}, released {ProductVersion.Date}").Append("</a></h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<h2>Statistics Report for pid {Environment.ProcessId}{OnNode}{Description}</h2>\n<hr width=\"100%\" class=\"hr\">\n");
    }

    private void Process()
    {
        var memory = _info[InfoField.MemmaxMB].Number;
        _html.Append("<h3>&gt; General process information</h3>\n<table border=0><tr><td align=\"left\" nowrap width=\"1%\">\n")
            .Append(CultureInfo.InvariantCulture, $"<p><b>pid = </b> {Environment.ProcessId} (process #1, nbproc = 1, nbthread = {_context.Engine.Threads.Length})<br>\n")
            .Append("<b>uptime = </b> ").Append(ShowInfo.Uptime(_info.UptimeMicroseconds / 1_000_000)).Append("<br>\n")
            .Append("<b>system limits:</b> memmax = ").Append(memory > 0 ? $"{memory} MB" : "unlimited").Append("; ulimit-n = ").Append(Of(InfoField.UlimitN)).Append("<br>\n")
            .Append("<b>maxsock = </b> ").Append(Of(InfoField.Maxsock)).Append("; <b>maxconn = </b> ").Append(Of(InfoField.Maxconn)).Append("; <b>maxpipes = </b> 0<br>\n")
            .Append("current conns = ").Append(Of(InfoField.CurrConns)).Append("; current pipes = 0/0; conn rate = ").Append(Of(InfoField.ConnRate))
            .Append("/sec; bit rate = ").Append(HtmlText.BitRate(_info[InfoField.BytesOutRate].Number)).Append("<br>\n")
            .Append("Running tasks: ").Append(Of(InfoField.RunQueue)).Append('/').Append(Of(InfoField.Tasks)).Append("; idle = ").Append(Of(InfoField.IdlePct))
            .Append(" %<br>\n</td><td align=\"center\" nowrap>\n<table class=\"lgd\">");
        Legend("active_up", "active UP ", "backup_up", "backup UP ", "&nbsp;");
        Legend("active_going_down", "active UP, going down ", "backup_going_down", "backup UP, going down ");
        Legend("active_going_up", "active DOWN, going up ", "backup_going_up", "backup DOWN, going up ");
        Legend("active_down", "active or backup DOWN &nbsp;", "active_no_check", "not checked ");
        Legend("maintain", "active or backup DOWN for maintenance (MAINT) &nbsp;");
        Legend("active_draining", "active or backup SOFT STOPPED for maintenance &nbsp;");
        _html.Append("</table>\nNote: \"NOLB\"/\"DRAIN\" = UP with load-balancing disabled.</td>");
    }

    private long Of(InfoField field) => _info[field].Number;

    private void Legend(string colour, string text, string otherColour, string otherText, string filling = "") => _html
        .Append("<tr><td class=\"").Append(colour).Append("\">").Append(filling).Append("</td><td class=\"noborder\">").Append(text)
        .Append("</td><td class=\"").Append(otherColour).Append("\">").Append(filling).Append("</td><td class=\"noborder\">").Append(otherText).Append("</td></tr>\n");

    private void Legend(string colour, string text) => _html
        .Append("<tr><td class=\"").Append(colour).Append("\"></td><td class=\"noborder\" colspan=\"3\">").Append(text).Append("</td></tr>\n");

    private void Links()
    {
        _html.Append("<td align=\"left\" valign=\"top\" nowrap width=\"1%\"><b>Display option:</b><ul style=\"margin-top: 0.25em;\">")
            .Append("<li><form method=\"GET\">Scope : <input value=\"").Append(_request.Scope).Append("\" name=\"scope\" size=\"8\" maxlength=\"20\" tabindex=\"1\"/></form>\n");
        Link(Uri(!_request.HideDown, _request.NoRefresh), _request.HideDown ? "Show all servers" : "Hide 'DOWN' servers");
        if (_config.RefreshSeconds > 0)
            Link(Uri(_request.HideDown, !_request.NoRefresh), _request.NoRefresh ? "Enable refresh" : "Disable refresh");
        Link(Uri(_request.HideDown, _request.NoRefresh), "Refresh now");
        var still = _config.RefreshSeconds > 0 ? ";norefresh" : "";
        Link(_config.Uri + ";csv" + still + ScopeQuery, "CSV export");
        _html.Append("<li><a href=\"").Append(HtmlText.Escape(_config.Uri + ";json" + still + ScopeQuery)).Append("\">JSON export</a> (<a href=\"")
            .Append(HtmlText.Escape(_config.Uri)).Append(";json-schema\">schema</a>)<br>\n")
            .Append("</ul></td><td align=\"left\" valign=\"top\" nowrap width=\"1%\"><b>External resources:</b><ul style=\"margin-top: 0.25em;\">\n");
        Link("http://www.haproxy.org/", "Primary site");
        Link("http://www.haproxy.org/#down", "Updates (v2.6)");
        Link("http://www.haproxy.org/#docs", "Online manual");
        _html.Append("</ul></td></tr></table>\n");
    }

    private void Link(string uri, string text) =>
        _html.Append("<li><a href=\"").Append(HtmlText.Escape(uri)).Append("\">").Append(text).Append("</a><br>\n");

    private string ScopeQuery => _request.Scope.Length > 0 ? "?scope=" + _request.Scope : "";

    private string Uri(bool hideDown, bool noRefresh) => _config.Uri + (hideDown ? ";up" : "") + (noRefresh ? ";norefresh" : "") + ScopeQuery;

    private void Message()
    {
        var (colour, text) = _request.Outcome switch
        {
            StatsOutcome.Done => ("active_up", "Action processed successfully."),
            StatsOutcome.Unchanged => ("active_going_down", "Nothing has changed."),
            StatsOutcome.Partial => ("active_going_down",
                "Action partially processed.<br>Some server names are probably unknown or ambiguous (duplicated names in the backend)."),
            StatsOutcome.Invalid => ("active_down", "Action not processed because of invalid parameters.<ul><li>The action is maybe unknown.</li>"
                + "<li>Invalid key parameter (empty or too long).</li><li>The backend name is probably unknown or ambiguous (duplicated names).</li>"
                + "<li>Some server names are probably unknown or ambiguous (duplicated names in the backend).</li></ul>"),
            StatsOutcome.Exceeded => ("active_down",
                "<b>Action not processed : the buffer couldn't store all the data.<br>You should retry with less servers at a time.</b>"),
            StatsOutcome.Denied => ("active_down", "<b>Action denied.</b>"),
            StatsOutcome.Unexpected => ("active_no_check", "Unexpected result."),
            _ => ("", ""),
        };
        if (text.Length > 0)
        {
            _html.Append("<p><div class=").Append(colour).Append("><a class=lfsb href=\"").Append(HtmlText.Escape(Uri(_request.HideDown, _request.NoRefresh)))
                .Append("\" title=\"Remove this message\">[X]</a> ").Append(text).Append("</div>\n<p>\n");
        }
    }

    private void Proxy(ProxyState proxy, List<StatRow> rows)
    {
        if (rows.Count == 0)
            return;
        var changes = _isAdmin && proxy.Backend is { Servers.Length: > 0 };
        var name = HtmlText.Escape(proxy.Name);
        if (changes)
            _html.Append("<form method=\"post\">");
        _html.Append("<table class=\"tbl\" width=\"100%\">\n<tr class=\"titre\"><th class=\"pxname\" width=\"10%\"><a name=\"").Append(name).Append("\"></a>");
        var link = $"<a class=px href=\"#{name}\">{name}</a>";
        if (_config.ShowLegends)
        {
            var side = proxy.Config.Capability switch { ProxyCapability.Frontend => "frontend", ProxyCapability.Backend => "backend", _ => "proxy" };
            _html.Append(CultureInfo.InvariantCulture,
                $"<u>{link}<div class=tips>cap: {side}, mode: {(proxy.Config.Mode == ProxyMode.Http ? "http" : "tcp")}, id: {proxy.Config.Id}</div></u>");
        }
        else
        {
            _html.Append(link);
        }
        var described = _config.ShowDescription is not null && proxy.Config.Description is { Length: > 0 };
        _html.Append("</th><th class=\"").Append(described ? "desc" : "empty").Append("\" width=\"90%\">").Append(described ? HtmlText.Escape(proxy.Config.Description!) : "")
            .Append("</th></tr>\n</table>\n<table class=\"tbl\" width=\"100%\">\n<tr class=\"titre\">");
        Columns(name, changes);
        foreach (var row in rows)
            Row(row, changes);
        _html.Append("</table>");
        if (changes)
            Actions(proxy);
        _html.Append("<p>\n");
    }

    private void Columns(string name, bool changes)
    {
        _html.Append(changes
            ? $"<th rowspan=2 width=1><input type=\"checkbox\" onclick=\"for(c of document.getElementsByClassName('{name}-checkbox')) c.checked = this.checked\"></th>"
            : _isAdmin ? "<th rowspan=2></th>" : "");
        _html.Append("<th rowspan=2></th><th colspan=3>Queue</th><th colspan=3>Session rate</th><th colspan=6>Sessions</th><th colspan=2>Bytes</th>"
            + "<th colspan=2>Denied</th><th colspan=3>Errors</th><th colspan=2>Warnings</th><th colspan=9>Server</th>").Append(_config.ShowModules ? $"<th colspan={ModuleCount}>Extra modules</th>" : "").Append("</tr>\n<tr class=\"titre\">");
        foreach (var column in "Cur Max Limit Cur Max Limit Cur Max Limit Total LbTot Last In Out Req Resp Req Conn Resp Retr Redis Status LastChk Wght Act Bck Chk Dwn Dwntme Thrtle".Split(' '))
            _html.Append("<th>").Append(column).Append("</th>");
        _html.Append(_config.ShowModules ? "\n" : "");
        foreach (var (module, _, _) in _config.ShowModules ? AllModules : [])
            _html.Append("<th>").Append(module).Append("</th>");
        _html.Append(_config.ShowModules ? "</tr>" : "</tr>\n");
    }

    private void Actions(ProxyState proxy)
    {
        _html.Append("Choose the action to perform on the checked servers : <select name=action><option value=\"\"></option>");
        foreach (var (value, text) in Choices)
            _html.Append("<option value=\"").Append(value).Append("\">").Append(text).Append("</option>");
        _html.Append(CultureInfo.InvariantCulture, $"</select><input type=\"hidden\" name=\"b\" value=\"#{proxy.Config.Id}\">&nbsp;<input type=\"submit\" value=\"Apply\"></form>");
    }

    private static readonly (string Value, string Text)[] Choices =
    [
        ("ready", "Set state to READY"), ("drain", "Set state to DRAIN"), ("maint", "Set state to MAINT"),
        ("dhlth", "Health: disable checks"), ("ehlth", "Health: enable checks"), ("hrunn", "Health: force UP"),
        ("hnolb", "Health: force NOLB"), ("hdown", "Health: force DOWN"), ("dagent", "Agent: disable checks"),
        ("eagent", "Agent: enable checks"), ("arunn", "Agent: force UP"), ("adown", "Agent: force DOWN"), ("shutdown", "Kill Sessions"),
    ];
}

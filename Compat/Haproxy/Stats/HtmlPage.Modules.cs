using System.Globalization;
using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The columns of TLS and of the muxes at the end of each row (<c>stats show-modules</c>).</summary>
internal sealed partial class HtmlPage
{
    private static readonly (string Name, StatField First, StatField Last)[] AllModules =
    [
        ("ssl", StatField.SslSess, StatField.SslFailedHandshake),
        ("h2", StatField.H2HeadersRcvd, StatField.H1OpenConnections - 1),
        ("h1", StatField.H1OpenConnections, StatField.H1SplicedBytesOut),
    ];

    private static int ModuleCount => AllModules.Length;

    /// <summary>Ends a row, with the columns of modules before where they are wanted. A column stays empty where the row has no such numbers.</summary>
    private void Modules(StatRow row)
    {
        foreach (var (name, first, last) in _config.ShowModules ? AllModules : [])
        {
            _html.Append("<td>");
            if (row[first].Exists)
            {
                var tip = new TipTable();
                for (var field = first; field <= last; field++)
                    tip.Row(StatNames.Meaning(field), row.Number(field).ToString(CultureInfo.InvariantCulture));
                _html.Append("<u>").Append(name).Append(tip.Tip).Append("</u>");
            }
            _html.Append("</td>");
        }
        _html.Append("</tr>");
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>Pieces of the page: numbers in groups of three, spans of time, tips.</summary>
internal static class HtmlText
{
    /// <summary>Text without a meaning to the browser.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number whose groups of three digits are set apart.</summary>
    internal static string Number(long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        if (digits.Length <= 3)
            return digits;
        var into = new StringBuilder();
        for (var i = 0; i < digits.Length; i++)
        {
            var left = digits.Length - i;
            if (left > 3 && left % 3 == 1)
                into.Append("<span class=\"rls\">").Append(digits[i]).Append("</span>");
            else
                into.Append(digits[i]);
        }
        return into.ToString();
    }

    /// <summary>A limit, or a dash where there is none.</summary>
    internal static string Limit(long number) => number > 0 ? Number(number) : "-";

    /// <summary>The two largest units: <c>1d2h</c>, <c>2h3m</c>, <c>5m6s</c>, <c>7s</c>; a question mark for never.</summary>
    internal static string Age(long seconds) => seconds switch
    {
        < 0 => "?",
        < 60 => $"{seconds}s",
        < 3600 => $"{seconds / 60}m{seconds % 60}s",
        < 86400 => $"{seconds / 3600}h{seconds % 3600 / 60}m",
        _ => $"{seconds / 86400}d{seconds % 86400 / 3600}h",
    };

    /// <summary>A share in percent, whole.</summary>
    internal static string Share(long part, long whole) => $"({(whole == 0 ? 0 : part * 100 / whole)}%)";

    /// <summary>Bits a second with three decimals and a unit.</summary>
    internal static string BitRate(long bytes)
    {
        var bits = bytes * 8.0;
        var (divisor, unit) = bits switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e3 => (1e3, "k"),
            _ => (1.0, ""),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{bits / divisor:0.000} {unit}bps");
    }
}

/// <summary>A table of names and values that shows when the pointer is over a cell.</summary>
internal sealed class TipTable
{
    private readonly StringBuilder _rows = new();

    internal TipTable Row(string name, string value, string? more = null)
    {
        _rows.Append("<tr><th>").Append(name).Append("</th><td>").Append(value).Append("</td>");
        if (more is not null)
            _rows.Append("<td>").Append(more).Append("</td>");
        _rows.Append("</tr>");
        return this;
    }

    internal TipTable Row(string name, long value, string? more = null) => Row(name, HtmlText.Number(value), more);

    internal TipTable Title(string text)
    {
        _rows.Append("<tr><th colspan=3>").Append(text).Append("</th></tr>");
        return this;
    }

    /// <summary>The tip's element.</summary>
    internal string Tip => $"<div class=tips><table class=det>{_rows}</table></div>";
}

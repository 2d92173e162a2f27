using System.Globalization;
using System.Text;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Collects the lines of a dump.</summary>
internal sealed class DumpWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>A line.</summary>
    internal void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A line that is as it is.</summary>
    internal void Text(string line) => _text.Append(line).Append('\n');

    /// <summary>A title and its entries; nothing where there are none.</summary>
    internal void List(string title, IEnumerable<string> entries)
    {
        foreach (var (at, entry) in entries.Index())
        {
            if (at == 0)
                Text(title);
            Text("     " + entry);
        }
    }

    /// <summary>Everything so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>"yes" or "no".</summary>
    internal static string YesNo(bool value) => value ? "yes" : "no";

    /// <summary>What stands behind a weight.</summary>
    internal static string Reverse(bool value) => value ? " reverse" : "";

    /// <summary>"true" or "false".</summary>
    internal static string TrueFalse(bool value) => value ? "true" : "false";

    /// <summary>"enabled" or "disabled".</summary>
    internal static string OnOff(bool value) => value ? "enabled" : "disabled";
}

using System.Text;
using System.Text.Encodings.Web;
using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>Values as JSON (management manual 9.3, <c>show schema json</c>).</summary>
internal static class StatJson
{
    internal static void Rows(IEnumerable<StatRow> rows, StringBuilder into)
    {
        into.Append('[');
        var first = true;
        foreach (var row in rows)
        {
            into.Append(first ? "[" : ",[");
            first = false;
            Row(row, into);
            into.Append(']');
        }
        into.Append("]\n");
    }

    internal static void Process(ProcessInfo info, StringBuilder into)
    {
        into.Append('[');
        var first = true;
        for (var field = default(InfoField); field < (InfoField)ProcessInfo.FieldCount; field++)
        {
            if (!info[field].Exists)
                continue;
            into.Append(first ? "{" : ",{");
            first = false;
            Value((int)field, InfoNames.Name(field), info[field], into);
        }
        into.Append("]\n");
    }

    private static void Row(StatRow row, StringBuilder into)
    {
        var first = true;
        for (var field = default(StatField); field < (StatField)StatRow.FieldCount; field++)
        {
            if (!row[field].Exists)
                continue;
            into.Append(first ? "" : ",").Append("{\"objType\":\"").Append(row.Kind.ToString()).Append("\",\"proxyId\":").Append(row.Proxy.Config.Id)
                .Append(",\"id\":").Append(row.Id).Append(',');
            first = false;
            Value((int)field, StatNames.Name(field), row[field], into);
        }
    }

    private static void Value(int position, string name, in StatValue value, StringBuilder into)
    {
        into.Append("\"field\":{\"pos\":").Append(position).Append(",\"name\":\"").Append(name).Append("\"},\"processNum\":1,\"tags\":{\"origin\":\"")
            .Append(value.Tags.Origin.ToString()).Append("\",\"nature\":\"").Append(value.Tags.Nature == ValueNature.Average ? "Avg" : value.Tags.Nature.ToString())
            .Append("\",\"scope\":\"").Append(value.Tags.Scope.ToString()).Append("\"},\"value\":{\"type\":\"").Append(StatTyped.TypeOf(value.Kind)).Append("\",\"value\":");
        if (value.Kind == StatValueKind.Text)
            into.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value.Text!)).Append('"');
        else
            StatCsv.Number(value, into);
        into.Append("}}");
    }
}

using System.Globalization;
using System.Text;
using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>Rows of the statistics as CSV (management manual 9.1).</summary>
internal static class StatCsv
{
    /// <summary>The field before which the modules' counters begin; a column with a dash stands between.</summary>
    private const StatField FirstOfModules = StatField.SslSess;

    internal static void Header(StringBuilder into)
    {
        into.Append("# ");
        for (var field = default(StatField); field < (StatField)StatRow.FieldCount; field++)
            into.Append(field == FirstOfModules ? "-," : "").Append(StatNames.Name(field)).Append(',');
        into.Append('\n');
    }

    internal static void Row(StatRow row, StringBuilder into)
    {
        for (var field = default(StatField); field < (StatField)StatRow.FieldCount; field++)
        {
            if (field == FirstOfModules)
                into.Append("-,");
            Value(row[field], into);
            into.Append(',');
        }
        into.Append('\n');
    }

    private static void Value(in StatValue value, StringBuilder into)
    {
        if (value.Kind != StatValueKind.Text)
        {
            Number(value, into);
            return;
        }
        var text = value.Text!;
        if (text.AsSpan().ContainsAny(",\"\r\n"))
            into.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            into.Append(text);
    }

    /// <summary>A number in the representation that its kind has.</summary>
    internal static void Number(in StatValue value, StringBuilder into)
    {
        switch (value.Kind)
        {
            case StatValueKind.Unsigned32:
                into.Append(CultureInfo.InvariantCulture, $"{(uint)value.Number}");
                break;
            case StatValueKind.Signed32:
                into.Append(CultureInfo.InvariantCulture, $"{(int)value.Number}");
                break;
            case StatValueKind.Unsigned64:
                into.Append(CultureInfo.InvariantCulture, $"{(ulong)value.Number}");
                break;
        }
    }
}

/// <summary>Values with their types and tags (management manual 9.2).</summary>
internal static class StatTyped
{
    internal static void Row(StatRow row, bool withMeaning, StringBuilder into)
    {
        for (var field = default(StatField); field < (StatField)StatRow.FieldCount; field++)
        {
            if (!row[field].Exists)
                continue;
            into.Append(Letter(row.Kind)).Append('.').Append(row.Proxy.Config.Id).Append('.').Append(row.Id).Append('.').Append((int)field).Append('.')
                .Append(StatNames.Name(field)).Append(".1:");
            Value(row[field], into);
            if (withMeaning)
                into.Append(":\"").Append(StatNames.Meaning(field)).Append('"');
            into.Append('\n');
        }
    }

    /// <summary>Tags, type and value: <c>MGP:u32:0</c>.</summary>
    internal static void Value(in StatValue value, StringBuilder into)
    {
        into.Append((char)value.Tags.Origin).Append((char)value.Tags.Nature).Append((char)value.Tags.Scope).Append(':').Append(TypeOf(value.Kind)).Append(':');
        if (value.Kind == StatValueKind.Text)
            into.Append(value.Text);
        else
            StatCsv.Number(value, into);
    }

    internal static string TypeOf(StatValueKind kind) => kind switch
    {
        StatValueKind.Unsigned32 => "u32",
        StatValueKind.Signed32 => "s32",
        StatValueKind.Unsigned64 => "u64",
        _ => "str",
    };

    private static char Letter(StatRowKind kind) => kind switch
    {
        StatRowKind.Frontend => 'F',
        StatRowKind.Backend => 'B',
        StatRowKind.Server => 'S',
        _ => 'L',
    };
}

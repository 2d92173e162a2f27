using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Dropin.Runtime.Ir.Bfd;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Tests.Support.Keepalived;

/// <summary>A record of the IR as indented text, members that have their default left out: what golden tests compare.</summary>
public static class IrText
{
    /// <summary>The text.</summary>
    public static string Of(object record)
    {
        var text = new StringBuilder();
        Write(text, record, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object record, int depth)
    {
        var type = record.GetType();
        var standard = type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).OrderBy(p => p.MetadataToken))
        {
            var value = property.GetValue(record);
            if (value is null or SourceSpan || (standard is not null && Equals(value, property.GetValue(standard))) || (value is IEnumerable list and not string && !list.Cast<object>().Any())) continue;
            text.Append(' ', depth * 2).Append(property.Name);
            Value(text, value, depth);
        }
    }

    private static void Value(StringBuilder text, object value, int depth)
    {
        if (Simple(value) is { } simple)
        {
            text.Append(": ").Append(simple).Append('\n');
            return;
        }
        if (value is IEnumerable items)
        {
            var all = items.Cast<object>().ToList();
            if (all.TrueForAll(i => Simple(i) is not null))
            {
                text.Append(": ").AppendJoin(", ", all.Select(Simple)).Append('\n');
                return;
            }
            text.Append('\n');
            foreach (var item in all)
            {
                text.Append(' ', (depth + 1) * 2).Append("- ").Append(Named(item, depth) ?? item.GetType().Name.Split('`')[0]).Append('\n');
                if (Named(item, depth) is null) Write(text, item, depth + 2);
            }
            return;
        }
        if (Named(value, depth) is { } name)
        {
            text.Append(": ").Append(name).Append('\n');
            return;
        }
        text.Append('\n');
        Write(text, value, depth + 1);
    }

    // What stands elsewhere in full is shown by its name.
    private static string? Named(object value, int depth) => depth == 0 ? null : value switch
    {
        InstanceConfig i => i.Name,
        TrackScriptConfig s => s.Name,
        TrackFileConfig f => f.Name,
        TrackProcessConfig p => p.Name,
        BfdInstanceConfig b => b.Name,
        _ => null,
    };

    private static string? Simple(object value) => value switch
    {
        string s => s,
        Enum or bool or IPAddress or IPEndPoint => value.ToString(),
        IFormattable f when value.GetType().IsPrimitive || value is TimeSpan => f.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) => value.ToString(),
        _ => null,
    };
}

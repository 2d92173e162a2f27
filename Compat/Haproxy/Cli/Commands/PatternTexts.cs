using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Rules.Patterns;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Lists of patterns as <c>show acl</c>, <c>show map</c>, <c>get acl</c> and <c>get map</c> write them.</summary>
internal static class PatternTexts
{
    /// <summary>A list in the list of lists.</summary>
    internal static void Line(PatternList list, StringBuilder into)
    {
        into.Append(CultureInfo.InvariantCulture, $"{list.Id} ({list.File}) ");
        if (list.File is null)
        {
            var use = list.Uses[0];
            into.Append(CultureInfo.InvariantCulture, $"acl '{use.Keyword}' file '{use.At.File}' line {use.At.Line}");
        }
        else
        {
            into.Append("pattern loaded from file '").Append(list.File).Append("' used");
            var first = true;
            foreach (var use in list.Uses)
            {
                var kind = use.Map is not null || use.HasValues ? "map" : "acl";
                into.Append(first ? "" : ",").Append(CultureInfo.InvariantCulture, $" by {kind} at file '{use.At.File}' line {use.At.Line}");
                first = false;
            }
        }
        lock (list.Gate)
            into.Append(CultureInfo.InvariantCulture, $". curr_ver={list.Current} next_ver={list.Next} entry_cnt={list.PatternCount}\n");
    }

    /// <summary>What a value matches, for each way in which the list is compared.</summary>
    internal static void Matches(PatternList list, byte[] value, bool map, ProxyEngine engine, StringBuilder into)
    {
        foreach (var found in PatternLookup.Find(list, value, engine))
        {
            into.Append("type=").Append(NameOf(found.Match, found.Expands)).Append(found.IgnoreCase ? ", case=insensitive" : ", case=sensitive")
                .Append(map ? ", found=" : ", match=").Append(found.Found ? "yes" : "no");
            if (found.Found)
            {
                into.Append(", idx=").Append(found.IsIndexed ? "tree" : "list").Append(map ? ", key=" : ", pattern=");
                Quoted(found.Entry?.Key, "unknown", into);
                if (map)
                {
                    into.Append(", value=");
                    Quoted(found.Value is null ? null : found.Entry?.Value, "none", into);
                    if (found.Value is { } type)
                        into.Append(", type=\"").Append(type).Append('"');
                }
            }
            into.Append('\n');
        }
    }

    private static void Quoted(string? text, string otherwise, StringBuilder into)
    {
        if (text is null)
            into.Append(otherwise);
        else
            into.Append('"').Append(text).Append('"');
    }

    private static string NameOf(MatchMethod match, bool expands) => match switch
    {
        MatchMethod.Found => "found",
        MatchMethod.Bool => "bool",
        MatchMethod.Int => "int",
        MatchMethod.Ip => "ip",
        MatchMethod.Binary => "bin",
        MatchMethod.Length => "len",
        MatchMethod.Begin => "beg",
        MatchMethod.Substring => "sub",
        MatchMethod.Directory => "dir",
        MatchMethod.Domain => "dom",
        MatchMethod.End => "end",
        MatchMethod.Regex => expands ? "regm" : "reg",
        _ => "str",
    };
}

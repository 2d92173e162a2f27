using System.Globalization;
using System.Text;
using Dropin.Runtime.Proxy.Rules.Patterns;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Maps and ACLs (management manual 9.3). What stands for an entry's address in memory is made of its number.</summary>
internal static class Patterns
{
    private const long Base = 0x5560_0000_0000;
    private const int Spacing = 0x80;

    internal static void ShowAcls(CliCall call) => Show(call, map: false);

    internal static void ShowMaps(CliCall call) => Show(call, map: true);

    internal static void AddAcl(CliCall call) => Add(call, map: false);

    internal static void AddMap(CliCall call) => Add(call, map: true);

    internal static void ClearAcl(CliCall call) => Clear(call, map: false);

    internal static void ClearMap(CliCall call) => Clear(call, map: true);

    internal static void CommitAcl(CliCall call) => Commit(call, map: false);

    internal static void CommitMap(CliCall call) => Commit(call, map: true);

    internal static void DeleteAcl(CliCall call) => Delete(call, map: false);

    internal static void DeleteMap(CliCall call) => Delete(call, map: true);

    internal static void GetAcl(CliCall call) => Get(call, map: false);

    internal static void GetMap(CliCall call) => Get(call, map: true);

    internal static void PrepareAcl(CliCall call) => Prepare(call, map: false);

    internal static void PrepareMap(CliCall call) => Prepare(call, map: true);

    internal static void SetMap(CliCall call)
    {
        if (call.Word(2).Length == 0 || call.Word(3).Length == 0 || call.Word(4).Length == 0)
        {
            call.Fail("'set map' expects three parameters: map identifier, key and value.\n");
            return;
        }
        if (Find(call, 2, map: true) is not { } list)
            return;
        if (NumberOf(call.Word(3)) is { } number)
        {
            if (!list.Set(number, call.Word(4)))
                call.Fail("key or pattern not found.\n");
        }
        else if (!list.Set(call.Word(3), call.Word(4)))
        {
            call.Fail("entry not found.\n");
        }
    }

    private static void Show(CliCall call, bool map)
    {
        var version = Version(call, out var at);
        if (call.Word(at).Length == 0)
        {
            if (version is not null)
            {
                Unknown(call, map);
                return;
            }
            call.Output.Append("# id (file) description\n");
            foreach (var list in call.Context.Engine.Environment.Patterns.All)
            {
                if (list.Uses.Count > 0 && Fits(list, map))
                    PatternTexts.Line(list, call.Output);
            }
            return;
        }
        if (FindFitting(call, at, map) is not { } chosen)
            return;
        lock (chosen.Gate)
        {
            var wanted = version ?? chosen.Current;
            foreach (var entry in chosen.Entries)
            {
                if (entry.Version == wanted)
                    call.Output.Append(CultureInfo.InvariantCulture, $"0x{Base + (entry.Number * Spacing):x} ").Append(entry.Key).Append(entry.Value is null ? "" : " ").Append(entry.Value).Append('\n');
            }
        }
    }

    private static void Add(CliCall call, bool map)
    {
        var version = Version(call, out var at);
        var missing = call.Word(at).Length == 0 || (map ? call.Payload is null && (call.Word(at + 1).Length == 0 || call.Word(at + 2).Length == 0) : call.Word(at + 1).Length == 0);
        if (missing)
        {
            call.Fail(map ? "'add map' expects three parameters (map identifier, key and value) or one parameter (map identifier) and a payload\n"
                : "'add acl' expects two parameters: ACL identifier and pattern.\n");
            return;
        }
        if (Find(call, at, map) is not { } list)
            return;
        var into = version ?? list.Current;
        if ((int)(into - list.Next) > 0)
        {
            call.Fail($"Version number in the future, please use 'prepare {(map ? "map" : "acl")}' before.\n");
            return;
        }
        if (map && call.Payload is { } payload)
            AddAll(call, list, into, payload);
        else if (list.Add(into, call.Word(at + 1), map ? call.Word(at + 2) : null) is { } error)
            call.Fail(error + ".\n");
    }

    // A key ends at a blank, the line's end does not end it: a line without a value lends its key to the next, as with the original.
    private static void AddAll(CliCall call, PatternList list, uint version, string payload)
    {
        for (var at = 0; at < payload.Length;)
        {
            at = Skip(payload, at);
            var end = payload.AsSpan(at).IndexOfAny(' ', '\t');
            if (end < 0)
            {
                call.Fail($"Missing value for key '{payload[at..].TrimEnd('\n')}' in pattern map entry.\n");
                return;
            }
            var key = payload[at..(at + end)];
            at = Skip(payload, at + end);
            var line = payload.IndexOf('\n', at);
            line = line < 0 ? payload.Length : line;
            if (list.Add(version, key, payload[at..line]) is { } error)
            {
                call.Fail(error + ".\n");
                return;
            }
            at = line + 1;
        }
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static void Delete(CliCall call, bool map)
    {
        if (call.Word(2).Length == 0 || call.Word(3).Length == 0)
        {
            call.Fail($"This command expects two parameters: {(map ? "map" : "ACL")} identifier and key.\n");
            return;
        }
        // Of a list that is not there the original says "map" here for ACLs too.
        if (Find(call, 2, map: true) is not { } list)
            return;
        if (!Fits(list, map))
            Unknown(call, map: true);
        else if (!(NumberOf(call.Word(3)) is { } number ? list.Delete(number) : list.Delete(call.Word(3))))
            call.Fail("Key not found.\n");
    }

    private static void Clear(CliCall call, bool map)
    {
        var version = Version(call, out var at);
        if (call.Word(at).Length == 0)
            call.Fail($"Missing {(map ? "map" : "ACL")} identifier.\n");
        else if (FindFitting(call, at, map) is { } list)
            list.Clear(version ?? list.Current);
    }

    private static void Prepare(CliCall call, bool map)
    {
        if (FindFitting(call, 2, map) is { } list)
            call.Say(CliSeverity.Info, string.Create(CultureInfo.InvariantCulture, $"New version created: {list.Prepare()}\n"));
    }

    private static void Commit(CliCall call, bool map)
    {
        if (Version(call, out var at) is not { } version)
            call.Fail("Missing version number.\n");
        else if (call.Word(at).Length == 0)
            call.Fail($"Missing {(map ? "map" : "ACL")} identifier.\n");
        else if (FindFitting(call, at, map) is { } list && !list.Commit(version))
            call.Fail("Version number out of range.\n");
    }

    private static void Get(CliCall call, bool map)
    {
        if (call.Word(2).Length == 0 || call.Word(3).Length == 0)
            call.Fail($"Missing {(map ? "map" : "ACL")} identifier and/or key.\n");
        else if (Find(call, 2, map) is { } list)
            PatternTexts.Matches(list, Encoding.Latin1.GetBytes(call.Word(3)), map, call.Context.Engine, call.Output);
    }

    /// <summary>A version before the name, "@2"; the name's place.</summary>
    private static uint? Version(CliCall call, out int at)
    {
        var word = call.Word(2);
        at = word.StartsWith('@') ? 3 : 2;
        return at == 3 ? (uint)ShowStat.Integer(word[1..]) : null;
    }

    private static PatternList? Find(CliCall call, int index, bool map)
    {
        var word = call.Word(index);
        var lists = call.Context.Engine.Environment.Patterns;
        var list = word.StartsWith('#') ? PatternLists.NumberOf(word.AsSpan(1)) is { } id ? lists.Find(id) : null : lists.Find(word);
        if (list is null)
            Unknown(call, map);
        return list;
    }

    private static PatternList? FindFitting(CliCall call, int index, bool map)
    {
        var list = Find(call, index, map);
        if (list is null || Fits(list, map))
            return list;
        Unknown(call, map);
        return null;
    }

    private static bool Fits(PatternList list, bool map) => list.Uses.Exists(use => map == (use.Map is not null || use.HasValues)) || (!map && list.Uses.Exists(use => use.Acl is not null));

    private static void Unknown(CliCall call, bool map) => call.Fail($"Unknown {(map ? "map" : "ACL")} identifier. Please use #<id> or <file>.\n");

    /// <summary>The number of the entry that a pointer, "#0x…", stands for; null where the word is none.</summary>
    private static long? NumberOf(string word)
    {
        if (!word.StartsWith('#') || !long.TryParse(word.AsSpan(1).StartsWith("0x") ? word.AsSpan(3) : word.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var pointer))
            return null;
        return (pointer - Base) % Spacing == 0 ? (pointer - Base) / Spacing : -1;
    }
}

using System.Globalization;
using System.Net;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Reads a pattern that comes at run time; null with a sentence where it is none. Parsers know how, and hand it in.</summary>
public delegate AclPattern? PatternReading(MatchMethod match, bool ignoreCase, string text, out string? error);

/// <summary>All lists of patterns and maps of the process. Which there are is settled at start.</summary>
public sealed class PatternLists
{
    private readonly List<PatternList> _lists = [];
    private readonly Dictionary<string, PatternList> _byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<AclConfig, PatternView[]> _acls = new(ReferenceEqualityComparer.Instance);
    private readonly PatternReading _read;
    private long _entries;

    /// <summary>Makes the lists that a configuration uses.</summary>
    /// <param name="uses">Who uses them, in the order of the files.</param>
    /// <param name="read">Reads patterns that come at run time, and keys of a list that is compared in several ways.</param>
    public PatternLists(IReadOnlyList<PatternUse> uses, PatternReading read)
    {
        _read = read;
        foreach (var use in uses)
        {
            var list = use.File is { } file ? _byFile.GetValueOrDefault(file) : null;
            if (list is null)
            {
                list = NewList(use.File, use.UniqueId, use.HasValues || use.Map is not null);
                list.Load(use.Lines);
            }

            list.Uses.Add(use);
            if (use.Acl is { } acl)
            {
                var view = list.View(acl.Match, acl.IgnoreCase, null);
                _acls[acl] = _acls.TryGetValue(acl, out var others) && !view.IsPatternless ? [.. others, view] : [view];
            }
            else
            {
                _ = Of(use.Map!);
            }
        }

        Reserve();
        Number();
    }

    /// <summary>All lists in the order of their numbers.</summary>
    public IReadOnlyList<PatternList> All => _lists;

    /// <summary>The list of that number.</summary>
    public PatternList? Find(int id) => _lists.Find(list => list.Id == id);

    /// <summary>The list of that file.</summary>
    public PatternList? Find(string file) => _byFile.GetValueOrDefault(file);

    /// <summary>The lists that an ACL is compared with.</summary>
    internal PatternView[] Of(AclConfig acl)
    {
        if (_acls.TryGetValue(acl, out var views))
        {
            return views;
        }

        // One outside of the sections, which operators cannot reach: a list of its own, without a number.
        var list = new PatternList(this, null, hasValues: false);
        foreach (var file in acl.Files)
        {
            list.Load(file.Lines);
        }

        var lines = new PatternLine[acl.Patterns.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new PatternLine(acl.Patterns[i], acl.Patterns[i].Text, null);
        }

        list.Load(lines);
        return _acls[acl] = [list.View(acl.Match, acl.IgnoreCase, null)];
    }

    /// <summary>The map.</summary>
    internal PatternView Of(MapConfig map)
    {
        if (!_byFile.TryGetValue(map.File, out var list))
        {
            list = NewList(map.File, -1, hasValues: true);
            list.Load(map.Lines);
            Number();
        }

        return list.View(map.Match, ignoreCase: false, map.ValueType, map.Expands);
    }

    internal long NextEntry() => Interlocked.Increment(ref _entries);

    internal AclPattern? Read(PatternView view, string text, out string? error) => _read(view.Match, view.IgnoreCase, text, out error);

    private PatternList NewList(string? file, int id, bool hasValues)
    {
        var list = new PatternList(this, file, hasValues) { Id = id };
        _lists.Add(list);
        if (file is not null)
        {
            _byFile[file] = list;
        }

        return list;
    }

    // The original's own HTTP client has two lists of one address each. They are here so that operators find the same numbers.
    private void Reserve()
    {
        foreach (var address in (IPAddress[])[IPAddress.Any, IPAddress.IPv6Any])
        {
            var text = address.ToString();
            var mask = new byte[address.GetAddressBytes().Length];
            mask.AsSpan().Fill(255);
            var pattern = new AddressPattern(text, address, new IPAddress(mask));
            var list = NewList(null, -1, hasValues: false);
            PatternLine[] lines = [new(pattern, text, null)];
            list.Load(lines);
            _ = list.View(MatchMethod.Ip, ignoreCase: false, null);
            list.Uses.Add(new PatternUse(null, -1, "var", null, null, HasValues: false, [], new SourceSpan("httpclient", 0, 0, 0)));
        }
    }

    // Lists without a number of their own get the lowest free ones, in the order of the files.
    private void Number()
    {
        var used = new HashSet<int>();
        foreach (var list in _lists)
        {
            used.Add(list.Id);
        }

        var next = 0;
        foreach (var list in _lists)
        {
            if (list.Id >= 0)
            {
                continue;
            }

            while (!used.Add(next))
            {
                next++;
            }

            list.Id = next;
        }

        _lists.Sort(static (a, b) => a.Id.CompareTo(b.Id));
    }

    /// <summary>Text that begins with <c>#</c>: a number, as C's strtol reads it; null where it is none.</summary>
    public static int? NumberOf(ReadOnlySpan<char> text) =>
        text.IsEmpty ? 0 : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

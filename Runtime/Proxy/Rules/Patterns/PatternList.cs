using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>A live list of patterns or a map: what operators and rules change, and the views through which requests look at it.</summary>
/// <remarks>
/// Changes take the gate; requests do not, they read the views' snapshots. Entries carry a version: requests see those of <see cref="Current"/>, so that
/// a whole list can be prepared beside the one in use and put in its place at once (management manual 9.3, <c>prepare map</c>).
/// </remarks>
public sealed class PatternList
{
    private readonly PatternLists _owner;
    private readonly List<PatternEntry> _entries = [];
    private readonly List<PatternView> _views = [];
    private bool _expands;

    internal PatternList(PatternLists owner, string? file, bool hasValues) => (_owner, File, HasValues) = (owner, file, hasValues);

    /// <summary>Its number in commands; -1 before it has one.</summary>
    public int Id { get; internal set; } = -1;

    /// <summary>Its file; null for patterns of a line.</summary>
    public string? File { get; }

    /// <summary>It was loaded as a map: its entries have values.</summary>
    public bool HasValues { get; }

    /// <summary>Who uses it, in the order of the files.</summary>
    public List<PatternUse> Uses { get; } = [];

    /// <summary>Held while it changes, and while its entries are looked at.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The version that requests see.</summary>
    public uint Current { get; private set; }

    /// <summary>The last version that was prepared.</summary>
    public uint Next { get; private set; }

    /// <summary>Patterns of all versions, once for each view. Under the gate.</summary>
    public long PatternCount { get; private set; }

    /// <summary>All entries of all versions in their order. Under the gate.</summary>
    public IReadOnlyList<PatternEntry> Entries => _entries;

    /// <summary>How many ways of comparing there are.</summary>
    public int ViewCount => _views.Count;

    internal IReadOnlyList<PatternView> Views => _views;

    /// <summary>Values are formats (<c>map_regm</c>).</summary>
    internal bool Expands => _expands;

    /// <summary>Prepares a new version; returns its number.</summary>
    public uint Prepare()
    {
        lock (Gate)
        {
            return ++Next;
        }
    }

    /// <summary>Makes a prepared version the one that requests see, and drops older ones; false where there is no such version.</summary>
    public bool Commit(uint version)
    {
        lock (Gate)
        {
            if ((int)(version - Current) <= 0 || (int)(version - Next) > 0)
            {
                return false;
            }

            Current = version;
            _entries.RemoveAll(entry =>
            {
                var old = (int)(entry.Version - version) < 0;
                PatternCount -= old && entry.InViews.Length > 0 ? entry.InViews.Length : 0;
                return old;
            });
            Publish();
            return true;
        }
    }

    /// <summary>Adds an entry to a version; returns what is wrong, null where nothing is.</summary>
    public string? Add(uint version, string key, string? value)
    {
        lock (Gate)
        {
            var entry = new PatternEntry(_owner.NextEntry(), version, key, value);
            var inViews = new ViewEntry[_views.Count];
            for (var i = 0; i < inViews.Length; i++)
            {
                var view = _views[i];
                var mapped = view.Values is { } type && value is not null ? MappedValue.Read(type, value) : null;
                if (view.Values is not null && value is not null && mapped is null)
                {
                    return $"unable to parse '{value}'";
                }

                if (view.IsPatternless)
                {
                    inViews[i] = new ViewEntry(entry, new TextPattern(key), null, 0);
                    continue;
                }

                if (_owner.Read(view, key, out var error) is not { } pattern)
                {
                    return error;
                }

                inViews[i] = view.Make(entry, pattern, mapped);
            }

            entry.InViews = inViews;
            _entries.Add(entry);
            PatternCount += inViews.Length;
            for (var i = 0; version == Current && i < inViews.Length; i++)
            {
                _views[i].Add(inViews[i]);
            }

            return null;
        }
    }

    /// <summary>Changes the value of all entries of a key in the version that requests see; false where there is none.</summary>
    public bool Set(string key, string value)
    {
        lock (Gate)
        {
            var found = false;
            foreach (var entry in _entries)
            {
                if (entry.Version == Current && entry.Key == key)
                {
                    found = true;
                    Set(entry, value);
                }
            }

            return found;
        }
    }

    /// <summary>Changes the value of one entry; false where the list has none of that number.</summary>
    public bool Set(long number, string value)
    {
        lock (Gate)
        {
            if (_entries.Find(entry => entry.Number == number) is not { } entry)
            {
                return false;
            }

            Set(entry, value);
            return true;
        }
    }

    /// <summary>Sets a key's value, or adds it (<c>set-map</c>); adds a key that is not there (<c>add-acl</c>). A key that does not fit is left out.</summary>
    internal void SetOrAdd(string key, string? value)
    {
        lock (Gate)
        {
            if (value is null ? Has(key) : Set(key, value))
            {
                return;
            }

            _ = Add(Current, key, value);
        }
    }

    /// <summary>Removes all entries of a key from the version that requests see; false where there was none.</summary>
    public bool Delete(string key)
    {
        lock (Gate)
        {
            return Remove(entry => entry.Version == Current && entry.Key == key);
        }
    }

    /// <summary>Removes one entry; false where the list has none of that number.</summary>
    public bool Delete(long number)
    {
        lock (Gate)
        {
            return Remove(entry => entry.Number == number);
        }
    }

    /// <summary>Removes all entries of a version.</summary>
    public void Clear(uint version)
    {
        lock (Gate)
        {
            _entries.RemoveAll(entry =>
            {
                PatternCount -= entry.Version == version ? entry.InViews.Length : 0;
                return entry.Version == version;
            });
            if (version == Current)
            {
                Publish();
            }
        }
    }

    /// <summary>Takes entries of the file over.</summary>
    internal void Load(IReadOnlyList<PatternLine> lines)
    {
        foreach (var line in lines)
        {
            _entries.Add(new PatternEntry(_owner.NextEntry(), 0, line.Key, line.Value));
            _loaded.Add(line.Pattern);
        }
    }

    // The patterns as the file's first reader read them; a second view with another way of comparing reads the keys anew.
    private readonly List<AclPattern> _loaded = [];
    private MatchMethod? _loadedAs;

    /// <summary>The view of that kind; made where there is none yet. At start only.</summary>
    internal PatternView View(MatchMethod match, bool ignoreCase, SampleType? values, bool expands = false)
    {
        _expands |= expands;
        _loadedAs ??= match;
        foreach (var one in _views)
        {
            if (one.Match == match && one.IgnoreCase == ignoreCase && one.Values == values)
            {
                return one;
            }
        }

        var view = new PatternView(match, ignoreCase, values);
        _views.Add(view);
        var entries = new List<ViewEntry>(_entries.Count);
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var pattern = match == _loadedAs || view.IsPatternless ? _loaded[i] : _owner.Read(view, entry.Key, out _);
            var made = pattern is null || view.IsPatternless
                ? new ViewEntry(entry, pattern ?? new TextPattern(entry.Key), null, 0)
                : view.Make(entry, pattern, values is { } type && entry.Value is { } value ? MappedValue.Read(type, value) : null);
            entry.InViews = [.. entry.InViews, made];
            if (pattern is not null && !view.IsPatternless)
            {
                entries.Add(made);
            }
        }

        PatternCount += entries.Count;
        view.Replace(entries);
        return view;
    }

    private bool Has(string key) => _entries.Exists(entry => entry.Version == Current && entry.Key == key);

    private static void Set(PatternEntry entry, string value)
    {
        // A value that a view cannot read changes nothing, and nothing is said, as with the original.
        foreach (var one in entry.InViews)
        {
            if (one.Type is { } type)
            {
                if (MappedValue.Read(type, value) is not { } mapped)
                {
                    return;
                }

                one.Value = mapped;
            }
        }

        entry.Value = value;
    }

    private bool Remove(Predicate<PatternEntry> chosen) => _entries.RemoveAll(entry =>
    {
        if (!chosen(entry))
        {
            return false;
        }

        PatternCount -= entry.InViews.Length;
        for (var i = 0; entry.Version == Current && i < entry.InViews.Length; i++)
        {
            _views[i].Remove(entry.InViews[i]);
        }

        return true;
    }) > 0;

    private void Publish()
    {
        for (var i = 0; i < _views.Count; i++)
        {
            var entries = new List<ViewEntry>();
            foreach (var entry in _entries)
            {
                if (entry.Version == Current)
                {
                    entries.Add(entry.InViews[i]);
                }
            }

            _views[i].Replace(_views[i].IsPatternless ? [] : entries);
        }
    }
}

using Dropin.Parsers.Keepalived.Grammar;

namespace Dropin.Parsers.Keepalived.Registry;

/// <summary>The keywords of one block: readers are found here, and the compatibility page its rows.</summary>
/// <param name="path">The blocks around the keywords; empty at the top level.</param>
internal sealed class KeywordTable(string path)
{
    private readonly Dictionary<string, Keyword> _keywords = new(StringComparer.Ordinal);
    private readonly List<KeywordEntry> _entries = [];

    /// <summary>The blocks around the keywords.</summary>
    public string Path => path;

    /// <summary>All entries, also those of the blocks inside, in the order in which they were declared.</summary>
    public IReadOnlyList<KeywordEntry> Entries => _entries;

    /// <summary>Finds a keyword.</summary>
    public Keyword? Find(string name) => _keywords.GetValueOrDefault(name);

    /// <summary>A keyword that the engine obeys.</summary>
    public KeywordTable Executed(string name, StatementReader reader, KeywordForm form = KeywordForm.Value, Passes passes = 0) =>
        Add(name, form, KeywordStatus.Executed, "", passes, reader);

    /// <summary>A keyword that is checked and has no effect.</summary>
    public KeywordTable Accepted(string name, string why, StatementReader? reader = null, KeywordForm form = KeywordForm.Value, Passes passes = 0) =>
        Add(name, form, KeywordStatus.Accepted, why, passes, reader ?? (_ => { }));

    /// <summary>A keyword that is checked and not executed yet.</summary>
    public KeywordTable Refused(string name, string why, StatementReader? reader = null, KeywordForm form = KeywordForm.Value, Passes passes = 0) =>
        Add(name, form, KeywordStatus.Refused, why, passes, reader ?? (_ => { }));

    /// <summary>A keyword of another release or build: an unknown word here.</summary>
    public KeywordTable Foreign(string why, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _entries.Add(new KeywordEntry(name, PathOf(name), KeywordForm.Value, KeywordStatus.Foreign, why));
        }

        return this;
    }

    /// <summary>A block of keywords.</summary>
    public KeywordTable Block(string name, KeywordTable inside, StatementReader open, Action<Document>? close = null,
        KeywordStatus status = KeywordStatus.Executed, string why = "", Passes passes = 0)
    {
        Add(name, KeywordForm.Block, status, why, passes, open);
        _keywords[name] = _keywords[name] with { Block = inside, Close = close };
        _entries.AddRange(inside.Entries);
        return this;
    }

    private KeywordTable Add(string name, KeywordForm form, KeywordStatus status, string why, Passes passes, StatementReader reader)
    {
        var entry = new KeywordEntry(name, PathOf(name), form, status, why);
        _entries.Add(entry);
        _keywords.Add(name, new Keyword(entry, passes, reader));
        return this;
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path} > {name}";
}

using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Text;

namespace Dropin.Parsers.Haproxy.Registry;

/// <summary>Reads one line whose first word is the keyword.</summary>
internal delegate void LineReader<in TSection>(ConfigLine line, TSection section);

/// <summary>
/// The keywords of one kind of section: the parser finds its reader here, the "did you mean" its candidates, the compatibility page its rows.
/// </summary>
internal sealed class KeywordTable<TSection>(string where)
{
    private readonly Dictionary<string, LineReader<TSection>> _readers = new(StringComparer.Ordinal);
    private readonly List<KeywordEntry> _entries = [];
    private readonly List<string> _candidates = [];
    private WordSimilarity? _similar;

    /// <summary>All entries in the order in which they were declared.</summary>
    public IReadOnlyList<KeywordEntry> Entries => _entries;

    /// <summary>A keyword that the engine obeys.</summary>
    public KeywordTable<TSection> Executed(string name, LineReader<TSection> reader) => Add(name, KeywordStatus.Executed, "", reader);

    /// <summary>A keyword that is checked and has no effect.</summary>
    public KeywordTable<TSection> Accepted(string name, string why, LineReader<TSection>? reader = null) =>
        Add(name, KeywordStatus.Accepted, why, reader ?? ((_, _) => { }));

    /// <summary>A keyword that is not executed yet.</summary>
    public KeywordTable<TSection> Refused(string name, string why, LineReader<TSection>? reader = null) =>
        Add(name, KeywordStatus.Refused, why, reader ?? ((line, _) => line.Refuse(line[0], why)));

    /// <summary>A keyword of another version, with that version's answer.</summary>
    public KeywordTable<TSection> Foreign(string name, string why, LineReader<TSection> reader) => Add(name, KeywordStatus.Foreign, why, reader);

    /// <summary>A keyword of another version which is no longer suggested either.</summary>
    public KeywordTable<TSection> Hidden(string name, string why, LineReader<TSection> reader)
    {
        Add(name, KeywordStatus.Foreign, why, reader);
        _candidates.RemoveAt(_candidates.Count - 1);
        return this;
    }

    /// <summary>Words which are suggested though they are no keywords of this section.</summary>
    public KeywordTable<TSection> AlsoSuggest(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _candidates.Add(name);
        }

        return this;
    }

    /// <summary>The reader of a keyword, or null.</summary>
    public LineReader<TSection>? Find(string name) => _readers.GetValueOrDefault(name);

    /// <summary>The known word nearest to an unknown one, or null when none is near.</summary>
    public string? Suggest(string word) => (_similar ??= new WordSimilarity(_candidates)).Nearest(word);

    private KeywordTable<TSection> Add(string name, KeywordStatus status, string note, LineReader<TSection> reader)
    {
        _readers[name] = reader;
        _entries.Add(new KeywordEntry("config", where, name, status, note));
        _candidates.Add(name);
        return this;
    }
}

using Dropin.Parsers.Keepalived.Binding;
using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What the readings of one file build up, before names are bound to what they name.</summary>
internal sealed class Document(FindingSink sink, KeepalivedLoadOptions options)
{
    private readonly List<RefusedKeyword> _refused = [];
    private readonly HashSet<(string, int, string)> _seen = [];

    /// <summary>Where findings go.</summary>
    public FindingSink Sink => sink;

    /// <summary>The command line.</summary>
    public KeepalivedLoadOptions Options => options;

    /// <summary>The machine.</summary>
    public IHostFacts Facts => options.Facts;

    /// <summary>The lines of the reading under way, for words that change how they are read.</summary>
    public LineSource? Lines { get; set; }

    /// <summary>What stands in global_defs and beside it.</summary>
    public GlobalSyntax Global { get; } = new();

    /// <summary>The virtual routers and what they track.</summary>
    public VrrpSyntax Vrrp { get; } = new();

    /// <summary>The BFD instances of the reading under way.</summary>
    public BfdDocument Bfd { get; set; } = new();

    /// <summary>The virtual servers.</summary>
    public CheckerSyntax Checkers { get; } = new();

    /// <summary>The rest of the block is not read: a statement has made it void.</summary>
    public bool SkipRest { get; set; }

    /// <summary>What the engine cannot do yet.</summary>
    public IReadOnlyList<RefusedKeyword> Refused => _refused;

    /// <summary>Remembers a word that the engine cannot do yet; once, whatever number of readings meets it.</summary>
    public void Refuse(KeywordEntry entry, SourceSpan at) => Refuse(entry.Name, at, entry.Reason);

    /// <summary>See <see cref="Refuse(KeywordEntry, SourceSpan)"/>; for words inside a line.</summary>
    public void Refuse(string word, SourceSpan at, string reason)
    {
        if (_seen.Add((at.File, at.Line, word)))
        {
            _refused.Add(new RefusedKeyword(word, at, reason));
        }
    }
}

using Dropin.Parsers.Keepalived.Grammar;

namespace Dropin.Parsers.Keepalived.Registry;

/// <summary>Reads one statement whose first word is the keyword.</summary>
internal delegate void StatementReader(Statement statement);

/// <summary>The readings that look at a word of the top level; inside a block they are those of the block.</summary>
[Flags]
internal enum Passes
{
    Parent = 1,
    Checker = 2,
    Vrrp = 4,
    Bfd = 8,
}

/// <summary>One keyword with its reader.</summary>
/// <param name="Entry">What the registry says of it.</param>
/// <param name="Passes">Who looks at it.</param>
/// <param name="Reader">Reads its line; for a block, before the block.</param>
internal sealed record Keyword(KeywordEntry Entry, Passes Passes, StatementReader Reader)
{
    /// <summary>The keywords of its block; null where it is none.</summary>
    public KeywordTable? Block { get; init; }

    /// <summary>Called at the end of its block.</summary>
    public Action<Document>? Close { get; init; }
}

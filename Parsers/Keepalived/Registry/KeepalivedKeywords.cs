using Dropin.Parsers.Keepalived.Grammar;

namespace Dropin.Parsers.Keepalived.Registry;

/// <summary>Every keyword of keepalived.conf with what becomes of it, from the tables that the reader itself uses.</summary>
public static class KeepalivedKeywords
{
    /// <summary>All entries: top level first, each block behind its own word.</summary>
    public static IReadOnlyList<KeywordEntry> All => TopLevel.Table.Entries;
}

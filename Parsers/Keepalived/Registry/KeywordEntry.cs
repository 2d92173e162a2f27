namespace Dropin.Parsers.Keepalived.Registry;

/// <summary>What becomes of a keyword.</summary>
public enum KeywordStatus
{
    /// <summary>The engine does what it says.</summary>
    Executed,

    /// <summary>Understood and checked, with no effect, for the reason given.</summary>
    Accepted,

    /// <summary>Understood and checked, but not executed yet: a file that uses it is not started, and the message names file, line and keyword.</summary>
    Refused,

    /// <summary>Of a newer release or of another build than the one that is announced: answered as that one answers, as an unknown word.</summary>
    Foreign,
}

/// <summary>What stands behind a keyword.</summary>
public enum KeywordForm
{
    /// <summary>Values on its line, or nothing.</summary>
    Value,

    /// <summary>Lines in braces, each an entry.</summary>
    List,

    /// <summary>Keywords in braces.</summary>
    Block,
}

/// <summary>One entry of the registry: a word where it may stand, who reads it, and what becomes of it.</summary>
/// <param name="Name">The word.</param>
/// <param name="Path">The blocks it stands in and the word itself, <c>vrrp_instance > priority</c>.</param>
/// <param name="Form">What stands behind it.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Reason">For words that are not executed: why.</param>
public sealed record KeywordEntry(string Name, string Path, KeywordForm Form, KeywordStatus Status, string Reason);

namespace Dropin.Parsers.Haproxy.Registry;

/// <summary>What becomes of a keyword.</summary>
public enum KeywordStatus
{
    /// <summary>The engine does what it says.</summary>
    Executed,

    /// <summary>Understood and checked, with no effect, for the reason given: it tunes something that this engine does not have.</summary>
    Accepted,

    /// <summary>Known, but not executed yet: a file that uses it is not started, and the message names file, line and keyword.</summary>
    Refused,

    /// <summary>Newer or older than the level that is announced: answered as HAProxy of that level answers.</summary>
    Foreign,
}

/// <summary>One entry of the registry: a word of the language where it may stand, and what becomes of it.</summary>
/// <param name="Kind">"config", "bind", "server", "option", "action", "fetch", "converter" ...</param>
/// <param name="Where">Sections or rule sets it may stand in, as the reference writes them.</param>
/// <param name="Name">The word.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Note">For accepted and refused words: why.</param>
public sealed record KeywordEntry(string Kind, string Where, string Name, KeywordStatus Status, string Note = "");

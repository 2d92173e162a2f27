using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>One statement: what stands between line ends and braces, with everything substituted.</summary>
/// <param name="text">Its text without the brace that ends it.</param>
/// <param name="words">Its words, quotes removed; a brace is a word of its own.</param>
/// <param name="at">Where it stands.</param>
/// <param name="included">It stands in an included file.</param>
/// <param name="opens">A brace that opens a block is its last word.</param>
internal sealed class ConfigLine(string text, List<string> words, SourceSpan at, bool included, bool opens = false)
{
    /// <summary>The text, Latin-1, without the brace that ends it; scripts split it anew because they know more quotes and escapes.</summary>
    public string Text => text;

    /// <summary>The words; the last one is <c>{</c> where the line opens a block.</summary>
    public List<string> Words => words;

    /// <summary>File and line.</summary>
    public SourceSpan At => at;

    /// <summary>The file is not the one that was asked for.</summary>
    public bool Included => included;

    /// <summary>A brace that opens a block is its last word; one in quotes does not.</summary>
    public bool Opens => opens;

    /// <summary>The line begins with a closing brace.</summary>
    public bool Closes => words.Count > 0 && words[0] == "}";

    /// <summary>The line is an opening brace and nothing else.</summary>
    public bool IsOpeningBrace => words.Count > 0 && words[0] == "{";
}

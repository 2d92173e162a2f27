using Dropin.Parsers.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The word in front of a keyword that turns it round.</summary>
public enum LinePrefix
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>no</c>: off, or nothing.</summary>
    No,

    /// <summary><c>default</c>: as if it had never been said.</summary>
    Default,
}

/// <summary>One line on its way through a keyword's parser. The object is reused for the next line.</summary>
/// <remarks>A word that is not there reads as the empty string, as an argument of <c>""</c> does: the language does not tell them apart.</remarks>
public sealed partial class ConfigLine
{
    private ReadOnlyMemory<Word> _words;

    internal ConfigLine(ConfigSyntax document, DiagnosticSink sink) => (Document, Sink) = (document, sink);

    /// <summary>All that has been read so far.</summary>
    public ConfigSyntax Document { get; }

    /// <summary>Where findings go.</summary>
    public DiagnosticSink Sink { get; }

    /// <summary><c>no</c> or <c>default</c> in front; it is not among the words.</summary>
    public LinePrefix Prefix { get; private set; }

    /// <summary>Name of the kind of section: "global", "defaults", "frontend", "backend", "listen" ...</summary>
    public string Section { get; private set; } = "";

    /// <summary>How many words, the keyword included.</summary>
    public int Count => _words.Length;

    /// <summary>The line's place.</summary>
    public SourceSpan At => _words.Length > 0 ? _words.Span[0].At : default;

    /// <summary>Text of a word; "" beyond the end.</summary>
    public string this[int index] => index < _words.Length ? _words.Span[index].Text : "";

    /// <summary>All words.</summary>
    public ReadOnlySpan<Word> Words => _words.Span;

    /// <summary>The word, or an empty one at the line's place.</summary>
    public Word WordAt(int index) => index < _words.Length ? _words.Span[index] : new Word("", At);

    /// <summary>The words from a place on; nothing beyond the end.</summary>
    public ReadOnlySpan<Word> From(int index) => index < _words.Length ? _words.Span[index..] : default;

    /// <summary>Place of a word.</summary>
    public SourceSpan PlaceOf(int index) => WordAt(index).At;

    internal void Set(ReadOnlyMemory<Word> words, LinePrefix prefix, string section) => (_words, Prefix, Section) = (words, prefix, section);

    /// <summary>Says something about the line.</summary>
    public void Report(DiagnosticDescriptor kind, params string[] arguments) => Sink.Add(kind, At, arguments);

    /// <summary>Says something about a word.</summary>
    public void ReportAt(int index, DiagnosticDescriptor kind, params string[] arguments) => Sink.Add(kind, PlaceOf(index), arguments);

    /// <summary>
    /// Complains when the line has words after the last that is allowed.
    /// </summary>
    /// <param name="most">How many arguments may follow the keyword.</param>
    /// <param name="nameWords">How many words make the keyword's name in the message, less one.</param>
    /// <returns>True when there were too many.</returns>
    public bool HasTooMany(int most, int nameWords = 0)
    {
        if (this[most + nameWords + 1].Length == 0)
        {
            return false;
        }

        var name = this[0];
        for (var i = 1; i <= nameWords; i++)
        {
            name += " " + this[i];
        }

        var extra = most + nameWords + 1;
        Error("unexpected-argument", $"'{name}' cannot handle unexpected argument '{this[extra]}'.", word: extra);
        return true;
    }
}

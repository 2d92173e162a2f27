using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One statement on its way through its reader: its words, the document it belongs to, and what there is to say about it.</summary>
/// <param name="line">The line without the brace at its end.</param>
/// <param name="document">What is being built.</param>
/// <param name="reader">Where the lines of a list come from.</param>
internal sealed partial class Statement(ConfigLine line, Document document, BlockReader reader)
{
    private static readonly DiagnosticDescriptor s_missing = FindingKind.Stop("missing-parameter",
        "*** Configuration line starting `{0}` is missing a parameter after keyword `{1}` at word position {2}");

    private static readonly DiagnosticDescriptor s_extra = FindingKind.Warning("extra-parameters", "Block {0} has extra parameters {1} ...");

    /// <summary>What is being built.</summary>
    public Document Document => document;

    /// <summary>The words, the keyword first.</summary>
    public List<string> Words => line.Words;

    /// <summary>How many words there are, the keyword counted.</summary>
    public int Count => line.Words.Count;

    /// <summary>The keyword.</summary>
    public string Keyword => line.Words[0];

    /// <summary>The text of the line.</summary>
    public string Text => line.Text;

    /// <summary>Where it stands.</summary>
    public SourceSpan At => line.At;

    /// <summary>The block behind it is not read.</summary>
    public bool SkipBlock { get; set; }

    /// <summary>A word by its place; null where there are not so many.</summary>
    public string? Word(int index) => index < line.Words.Count ? line.Words[index] : null;

    /// <summary>A word that has to be there; without it, the whole reading stops.</summary>
    public bool Need(out string word, int index = 1)
    {
        word = Word(index) ?? "";
        if (index < Count)
        {
            return true;
        }

        Report(s_missing, Keyword, line.Words[index - 1], (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return false;
    }

    /// <summary>The name behind a keyword that begins a block of its own; without one, or with one that was given before, the block is not read.</summary>
    /// <param name="isKnown">Whether a name was given before.</param>
    /// <param name="missing">Said where there is not exactly one word.</param>
    /// <param name="twice">Said of a name that is known.</param>
    public string? OpensNamed(Predicate<string> isKnown, DiagnosticDescriptor missing, DiagnosticDescriptor twice)
    {
        if (Count == 2 && !isKnown(Words[1]))
        {
            return Words[1];
        }

        if (Count == 2)
        {
            Report(twice, Words[1]);
        }
        else
        {
            Report(missing);
        }

        SkipBlock = true;
        return null;
    }

    /// <summary>Says something about the line.</summary>
    public void Report(DiagnosticDescriptor descriptor, params string[] arguments) => document.Sink.Add(descriptor, line.At, line.Included, arguments);

    /// <summary>Reads the lines of a list.</summary>
    /// <param name="each">Gets each line that is not empty.</param>
    /// <param name="mayHaveWords">Words between keyword and brace belong to it.</param>
    public void ReadList(Action<Statement> each, bool mayHaveWords = false)
    {
        if (!mayHaveWords && Count > 1)
        {
            Report(s_extra, Keyword, line.Words[1]);
        }

        reader.ReadList(each);
    }

    /// <summary>The same statement where the reading stands now: at the end of a list, for what is said of it as a whole.</summary>
    public Statement AtEnd() => new(new ConfigLine(line.Text, line.Words, document.Lines!.At, line.Included), document, reader);

    /// <summary>Whether a list begins behind the word.</summary>
    public bool ListBegins() => reader.Begins();

    /// <summary>The list behind the word is not wanted: as in the original, its first line is passed over, and the rest is read as what it is.</summary>
    public void LeaveList() => reader.SkipLine();
}

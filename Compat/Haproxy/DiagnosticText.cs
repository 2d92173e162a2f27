using System.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Compat.Haproxy;

/// <summary>
/// The text in which operators and tools know a finding: <c>config : parsing [file:line] : sentence</c>. Severity and process number are put in
/// front by whoever writes it.
/// </summary>
public static class DiagnosticText
{
    /// <summary>The text of a finding.</summary>
    public static string Of(Diagnostic diagnostic)
    {
        var at = diagnostic.At;
        var sentence = diagnostic.Sentence;

        // The original prints some single characters which may be the end of its string; what would follow is never seen.
        var end = sentence.IndexOf('\0');
        if (end >= 0)
        {
            sentence = sentence[..end];
        }

        // Whoever writes the text ends the line; a second line feed is an empty line which the original shows.
        if (sentence.EndsWith('\n'))
        {
            sentence = sentence[..^1];
        }

        return Readable("config : " + diagnostic.Descriptor.Place switch
        {
            DiagnosticPlace.Parsing => $"parsing [{at.File}:{at.Line}] : {sentence}",
            DiagnosticPlace.ParsingTight => $"parsing [{at.File}:{at.Line}]: {sentence}",
            DiagnosticPlace.ParsingCapital => $"Parsing [{at.File}:{at.Line}]: {sentence}",
            DiagnosticPlace.Bracket => $"[{at.File}:{at.Line}] : {sentence}",
            _ => sentence,
        });
    }

    // Texts of a configuration are one character a byte; the terminal wants the bytes.
    private static string Readable(string text) =>
        Ascii.IsValid(text) ? text : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
}

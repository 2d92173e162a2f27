using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <content>How a line complains. The interpolated sentence keeps its template and its arguments apart, as a diagnostic needs them.</content>
public sealed partial class ConfigLine
{
    /// <summary>The line is wrong; the load goes on to find more, and fails.</summary>
    /// <param name="code">Stable code of the finding.</param>
    /// <param name="sentence">HAProxy's sentence.</param>
    /// <param name="place">How the place is written.</param>
    /// <param name="word">The word at fault.</param>
    public void Error(string code, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.Parsing, int word = 0) =>
        Add(code, DiagnosticSeverity.Alert, DiagnosticEffect.Fails, sentence, place, word);

    /// <summary>As <see cref="Error"/>, with the other way of writing the place.</summary>
    public void ErrorTight(string code, FormattableString sentence, int word = 0) =>
        Error(code, sentence, DiagnosticPlace.ParsingTight, word);

    /// <summary>The line is so wrong that nothing more is read.</summary>
    public void Stop(string code, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.Parsing) =>
        Add(code, DiagnosticSeverity.Alert, DiagnosticEffect.Stops, sentence, place, 0);

    /// <summary>An alert that does not make the load fail.</summary>
    public void Alert(string code, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.Parsing) =>
        Add(code, DiagnosticSeverity.Alert, DiagnosticEffect.None, sentence, place, 0);

    /// <summary>The line works, perhaps not as meant.</summary>
    public void Warn(string code, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.Parsing, int word = 0) =>
        Add(code, DiagnosticSeverity.Warning, DiagnosticEffect.None, sentence, place, word);

    /// <summary>As <see cref="Warn"/>, with the other way of writing the place.</summary>
    public void WarnTight(string code, FormattableString sentence, int word = 0) =>
        Warn(code, sentence, DiagnosticPlace.ParsingTight, word);

    /// <summary>
    /// The word is known and meant something to the original, but this engine does not execute it: never silently ignored.
    /// </summary>
    /// <param name="what">The keyword with its context, such as "bind ... ssl".</param>
    /// <param name="why">What is missing.</param>
    /// <param name="word">The word at fault.</param>
    public void Refuse(string what, string why, int word = 0) =>
        Error("not-executed", $"'{what}' is known but not executed by this version ({why}).", word: word);

    private void Add(string code, DiagnosticSeverity severity, DiagnosticEffect effect, FormattableString sentence, DiagnosticPlace place, int word) =>
        Sink.Add(Sentences.Make(code, severity, effect, sentence, place, PlaceOf(word)));
}

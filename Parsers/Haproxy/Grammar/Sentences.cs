using System.Globalization;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Makes diagnostics from interpolated sentences.</summary>
internal static class Sentences
{
    public static Diagnostic Make(
        string code, DiagnosticSeverity severity, DiagnosticEffect effect, FormattableString sentence, DiagnosticPlace place, SourceSpan at)
    {
        var arguments = new string[sentence.ArgumentCount];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Convert.ToString(sentence.GetArgument(i), CultureInfo.InvariantCulture) ?? "";
        }

        return new Diagnostic(new DiagnosticDescriptor(code, severity, place, sentence.Format, effect), at, arguments);
    }

    /// <summary>An error that names no line, or names it in its own way.</summary>
    public static void Error(
        this DiagnosticSink sink, string code, SourceSpan at, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.None) =>
        sink.Add(Make(code, DiagnosticSeverity.Alert, DiagnosticEffect.Fails, sentence, place, at));

    /// <summary>An error after which nothing more is done.</summary>
    public static void Stop(
        this DiagnosticSink sink, string code, SourceSpan at, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.None) =>
        sink.Add(Make(code, DiagnosticSeverity.Alert, DiagnosticEffect.Stops, sentence, place, at));

    /// <summary>A warning that names no line, or names it in its own way.</summary>
    public static void Warn(
        this DiagnosticSink sink, string code, SourceSpan at, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.None) =>
        sink.Add(Make(code, DiagnosticSeverity.Warning, DiagnosticEffect.None, sentence, place, at));

    /// <summary>Said in diagnostic mode only.</summary>
    public static void Diag(
        this DiagnosticSink sink, string code, SourceSpan at, FormattableString sentence, DiagnosticPlace place = DiagnosticPlace.None) =>
        sink.Add(Make(code, DiagnosticSeverity.Diag, DiagnosticEffect.None, sentence, place, at));
}

using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Kinds of findings by what they mean for the verdict.</summary>
internal static class FindingKind
{
    /// <summary>Not said by a test of the file; a start logs it.</summary>
    public static DiagnosticDescriptor LogOnly(string code, string template) =>
        new(code, DiagnosticSeverity.Diag, DiagnosticPlace.Parsing, template, DiagnosticEffect.None);

    /// <summary>Something that a missing interface makes impossible: a test of the file ends with 4 where nothing worse is found.</summary>
    public static DiagnosticDescriptor MissingInterface(string code, string template) =>
        new(code, DiagnosticSeverity.Warning, DiagnosticPlace.None, template, DiagnosticEffect.Fails);

    /// <summary>Said, and the file is as good as before.</summary>
    public static DiagnosticDescriptor Notice(string code, string template) =>
        new(code, DiagnosticSeverity.Notice, DiagnosticPlace.Parsing, template, DiagnosticEffect.None);

    /// <summary>Reported: a test of the file ends with 5.</summary>
    public static DiagnosticDescriptor Warning(string code, string template) =>
        new(code, DiagnosticSeverity.Warning, DiagnosticPlace.Parsing, template, DiagnosticEffect.None);

    /// <summary>Scripts would be unsafe, or a file that must be there is not: a test ends with 6.</summary>
    public static DiagnosticDescriptor Unsafe(string code, string template) =>
        new(code, DiagnosticSeverity.Alert, DiagnosticPlace.Parsing, template, DiagnosticEffect.Fails);

    /// <summary>Nothing behind it is read: a test ends with 2.</summary>
    public static DiagnosticDescriptor Stop(string code, string template) =>
        new(code, DiagnosticSeverity.Alert, DiagnosticPlace.Parsing, template, DiagnosticEffect.Stops);
}

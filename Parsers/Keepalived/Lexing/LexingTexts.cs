using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>The findings of the line reader.</summary>
internal static class LexingTexts
{
    public static readonly DiagnosticDescriptor UnterminatedQuote = FindingKind.Warning("unterminated-quote", "Unterminated quote '{0}'");
    public static readonly DiagnosticDescriptor UnmatchedQuote = FindingKind.Warning("unmatched-quote", "Unmatched quote: '{0}'");
    public static readonly DiagnosticDescriptor ExtraBrace = FindingKind.Warning("extra-brace", "Extra '}}' found");
    public static readonly DiagnosticDescriptor MissingBraces = FindingKind.Warning("missing-braces", "There are {0} missing '}}'s or extra '{{'s");
    public static readonly DiagnosticDescriptor Repetition = FindingKind.Warning("invalid-repetition", "{0} '{1}'");
    public static readonly DiagnosticDescriptor FilesMissing = FindingKind.Notice("include-missing", "Config files missing '{0}'.");
    public static readonly DiagnosticDescriptor FilesMissingError = FindingKind.Unsafe("include-missing-error", "Config files missing '{0}'.");
    public static readonly DiagnosticDescriptor NoneMatched = FindingKind.Unsafe("include-no-match", "No config files matched '{0}'.");
    public static readonly DiagnosticDescriptor SomeMissing = FindingKind.Notice("include-some-missing", "Some config files missing: \"{0}\".");
    public static readonly DiagnosticDescriptor SomeMissingError = FindingKind.Unsafe("include-some-missing-error", "Some config files missing: \"{0}\".");
    public static readonly DiagnosticDescriptor OpenProblem = FindingKind.Notice("include-open", "Configuration file '{0}' open problem ({1}) - skipping");
    public static readonly DiagnosticDescriptor OpenProblemError = FindingKind.Unsafe("include-open-error", "Configuration file '{0}' open problem ({1}) - skipping");
    public static readonly DiagnosticDescriptor IsDirectory = FindingKind.Notice("include-directory", "Configuration file '{0}/' is a directory - skipping");
    public static readonly DiagnosticDescriptor NotPlain = FindingKind.Notice("include-kind", "Configuration file '{0}' is not a regular non-executable file - skipping");
    public static readonly DiagnosticDescriptor TooLong = FindingKind.Stop("too-many-lines", "More than {0} lines come of the file - the rest is not read");
}

using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Sentences that several words of global_defs share; the first argument is the word.</summary>
internal static class GlobalTexts
{
    public static readonly DiagnosticDescriptor ValueFor = FindingKind.Warning("global-value", "Invalid value for {0} specified");
    public static readonly DiagnosticDescriptor ValueForGlobal = FindingKind.Warning("global-switch", "Invalid value '{1}' for global {0} specified");
    public static readonly DiagnosticDescriptor InvalidIgnoring = FindingKind.Warning("global-ignored", "{0} '{1}' invalid - ignoring");
    public static readonly DiagnosticDescriptor InvalidIgnored = FindingKind.Warning("global-number-ignored", "Invalid {0} '{1}' - ignoring");
    public static readonly DiagnosticDescriptor Invalid = FindingKind.Warning("global-invalid", "Invalid {0} '{1}'");
    public static readonly DiagnosticDescriptor IsInvalid = FindingKind.Warning("global-is-invalid", "{0} '{1}' is invalid");
    public static readonly DiagnosticDescriptor AtLeastOne = FindingKind.Warning("global-at-least-one", "{0} must be greater than 0, setting to 1");
    public static readonly DiagnosticDescriptor Plain = FindingKind.Warning("global-plain", "{0}");
    public static readonly DiagnosticDescriptor Deprecated = FindingKind.Warning("global-deprecated", "Keyword \"{0}\" is deprecated - please use \"{1}\"");
    public static readonly DiagnosticDescriptor BufferMissing = FindingKind.Warning("global-size-missing", "{0} size missing");
    public static readonly DiagnosticDescriptor BufferInvalid = FindingKind.Warning("global-size-invalid", "{0} size ({1}) invalid");
    public static readonly DiagnosticDescriptor CannotParse = FindingKind.Warning("global-cannot-parse", "Can't parse {0} [{1}]. Skipping");
    public static readonly DiagnosticDescriptor MustBeIn = FindingKind.Warning("global-must-be-in", "{0} '{1}' must be in [{2}] - ignoring");
}

using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Findings which every keyword can make.</summary>
internal static class GrammarTexts
{
    public static readonly DiagnosticDescriptor UnexpectedArgument =
        DiagnosticDescriptor.Error("unexpected-argument", "'{0}' cannot handle unexpected argument '{1}'.");

    public static readonly DiagnosticDescriptor NoBackendCapability = DiagnosticDescriptor.Warning(
        "needs-backend", "'{0}' ignored because {1} '{2}' has no backend capability.");

    public static readonly DiagnosticDescriptor NoFrontendCapability = DiagnosticDescriptor.Warning(
        "needs-frontend", "'{0}' ignored because {1} '{2}' has no frontend capability.");

    /// <summary>A keyword that is known but not executed: {0} keyword, {1} why.</summary>
    public static readonly DiagnosticDescriptor NotExecuted = DiagnosticDescriptor.Error(
        "not-executed", "'{0}' is known but not executed by this version: {1}.");

    /// <summary>A sentence made elsewhere, as it is.</summary>
    public static readonly DiagnosticDescriptor Verbatim = DiagnosticDescriptor.Error("invalid", "{0}");

    /// <summary>A sentence made elsewhere, as it is, as a warning.</summary>
    public static readonly DiagnosticDescriptor VerbatimWarning = DiagnosticDescriptor.Warning("suspicious", "{0}");
}

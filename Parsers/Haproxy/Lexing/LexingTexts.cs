using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>What can be wrong below the level of keywords.</summary>
internal static class LexingTexts
{
    private const DiagnosticPlace Tight = DiagnosticPlace.ParsingTight;

    public static readonly DiagnosticDescriptor UnmatchedQuote =
        DiagnosticDescriptor.Error("unmatched-quote", "unmatched quote at position {0}:\n  {1}\n  {2}^", Tight);

    public static readonly DiagnosticDescriptor UnmatchedBrace = DiagnosticDescriptor.Error(
        "unmatched-brace", "unmatched brace in environment variable name at position {0}:\n  {1}\n  {2}^", Tight);

    public static readonly DiagnosticDescriptor BadVariableName = DiagnosticDescriptor.Error(
        "bad-variable-name", "forbidden first char in environment variable name at position {0}:\n  {1}\n  {2}^", Tight);

    public static readonly DiagnosticDescriptor BadExpansion = DiagnosticDescriptor.Error(
        "bad-word-expansion", "truncated or invalid word expansion sequence at position {0}:\n  {1}\n  {2}^", Tight);

    public static readonly DiagnosticDescriptor BadHexadecimal = DiagnosticDescriptor.Error(
        "bad-hexadecimal", "truncated or invalid hexadecimal sequence at position {0}:\n  {1}\n  {2}^", Tight);

    public static readonly DiagnosticDescriptor TooManyWords = DiagnosticDescriptor.Error(
        "too-many-words", "too many words, truncating after word 64, position {0}: <{1}>.", Tight);

    public static readonly DiagnosticDescriptor StrayNul =
        DiagnosticDescriptor.Error("stray-nul", "Stray NUL character at position {0}.", Tight);

    public static readonly DiagnosticDescriptor MissingFinalNewline = DiagnosticDescriptor.Error(
        "missing-final-newline", "Missing LF on last line, file might have been truncated at position {0}.", Tight);

    public static readonly DiagnosticDescriptor TooManyErrors =
        DiagnosticDescriptor.Error("too-many-errors", "too many fatal errors ({0}), stopping now.", Tight);

    public static readonly DiagnosticDescriptor NonTerminatedIf =
        DiagnosticDescriptor.Stop("if-not-terminated", "non-terminated '.if' block.", Tight);

    public static readonly DiagnosticDescriptor LoneDirective =
        DiagnosticDescriptor.Stop("directive-alone", "lone '{0}' with no matching '.if'.", Tight);

    public static readonly DiagnosticDescriptor AfterElse =
        DiagnosticDescriptor.Stop("directive-after-else", "'{0}' after '.else' is not permitted.", Tight);

    public static readonly DiagnosticDescriptor TooDeep =
        DiagnosticDescriptor.Stop("if-too-deep", "too many nested '.if', max is {0}.", Tight);

    public static readonly DiagnosticDescriptor BadCondition =
        DiagnosticDescriptor.Stop("bad-condition", "{0} in '{1}' at position {2}:\n  {3}\n  {4}^", Tight);

    public static readonly DiagnosticDescriptor UnknownDirective =
        DiagnosticDescriptor.Error("unknown-directive", "unknown directive '{0}'.", Tight);

    public static readonly DiagnosticDescriptor UnexpectedMessageArgument = DiagnosticDescriptor.Error(
        "message-needs-quotes", "Unexpected argument '{0}' for '{1}'. Use quotes if the message should contain spaces.", Tight);

    public static readonly DiagnosticDescriptor SaidAlert = DiagnosticDescriptor.Stop("alert-directive", "'{0}'.", Tight);

    public static readonly DiagnosticDescriptor SaidWarning = DiagnosticDescriptor.Warning("warning-directive", "'{0}'.", Tight);

    public static readonly DiagnosticDescriptor SaidNotice =
        new("notice-directive", DiagnosticSeverity.Notice, Tight, "'{0}'.", DiagnosticEffect.None);

    public static readonly DiagnosticDescriptor SaidDiag =
        new("diag-directive", DiagnosticSeverity.Diag, Tight, "'{0}'.", DiagnosticEffect.None);

    public static readonly DiagnosticDescriptor CannotOpen = DiagnosticDescriptor.Stop(
        "cannot-open-configuration", "Cannot open configuration file/directory {0} : {1}", DiagnosticPlace.None);

    public static readonly DiagnosticDescriptor CouldNotOpen = DiagnosticDescriptor.Stop(
        "could-not-open-configuration", "Could not open configuration file {0} : {1}", DiagnosticPlace.None);

    public static readonly DiagnosticDescriptor ErrorsInFile = new(
        "errors-in-file", DiagnosticSeverity.Alert, DiagnosticPlace.None, "Error(s) found in configuration file : {0}", DiagnosticEffect.None);

    public static readonly DiagnosticDescriptor FatalErrors = new(
        "fatal-errors", DiagnosticSeverity.Alert, DiagnosticPlace.None, "Fatal errors found in configuration.", DiagnosticEffect.Stops);
}

using System.Globalization;

namespace Dropin.Runtime.Ir.Source;

/// <summary>How bad a finding is; the order is the order of weight.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Shown in diagnostic mode (<c>-dD</c>) only.</summary>
    Diag,

    /// <summary>Said, changes nothing.</summary>
    Notice,

    /// <summary>The configuration works, perhaps not as meant.</summary>
    Warning,

    /// <summary>The configuration, or a part of it, cannot work.</summary>
    Alert,
}

/// <summary>What a finding does to the load of a configuration.</summary>
public enum DiagnosticEffect
{
    /// <summary>The load goes on and may succeed.</summary>
    None,

    /// <summary>The load goes on, to find more, and then fails.</summary>
    Fails,

    /// <summary>The load stops here.</summary>
    Stops,
}

/// <summary>How the sentence names its place.</summary>
public enum DiagnosticPlace
{
    /// <summary>The sentence stands alone.</summary>
    None,

    /// <summary><c>parsing [file:line] : sentence</c>.</summary>
    Parsing,

    /// <summary><c>parsing [file:line]: sentence</c>.</summary>
    ParsingTight,

    /// <summary><c>Parsing [file:line]: sentence</c>, written for duplicate names.</summary>
    ParsingCapital,

    /// <summary><c>[file:line] : sentence</c>.</summary>
    Bracket,
}

/// <summary>One kind of finding: stable code, weight and the sentence in which operators and tools know it.</summary>
/// <param name="Code">Stable identifier in kebab case.</param>
/// <param name="Severity">Weight.</param>
/// <param name="Place">How the place is named.</param>
/// <param name="Template">Sentence with <c>{0}</c>... for the arguments.</param>
/// <param name="Effect">What it does to the load.</param>
public sealed record DiagnosticDescriptor(
    string Code, DiagnosticSeverity Severity, DiagnosticPlace Place, string Template, DiagnosticEffect Effect)
{
    /// <summary>An error of one line, <c>parsing [file:line] : ...</c>.</summary>
    public static DiagnosticDescriptor Error(string code, string template, DiagnosticPlace place = DiagnosticPlace.Parsing) =>
        new(code, DiagnosticSeverity.Alert, place, template, DiagnosticEffect.Fails);

    /// <summary>An error after which nothing more is read.</summary>
    public static DiagnosticDescriptor Stop(string code, string template, DiagnosticPlace place = DiagnosticPlace.Parsing) =>
        new(code, DiagnosticSeverity.Alert, place, template, DiagnosticEffect.Stops);

    /// <summary>A warning of one line, <c>parsing [file:line] : ...</c>.</summary>
    public static DiagnosticDescriptor Warning(string code, string template, DiagnosticPlace place = DiagnosticPlace.Parsing) =>
        new(code, DiagnosticSeverity.Warning, place, template, DiagnosticEffect.None);
}

/// <summary>One finding, as a value; the exact text is made at the edge (Compat) from it.</summary>
/// <param name="descriptor">Its kind.</param>
/// <param name="at">Where.</param>
/// <param name="arguments">What the template's holes are filled with.</param>
public sealed class Diagnostic(DiagnosticDescriptor descriptor, SourceSpan at, params string[] arguments)
{
    /// <summary>The kind.</summary>
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    /// <summary>Where.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>What the template's holes are filled with.</summary>
    public IReadOnlyList<string> Arguments { get; } = arguments;

    /// <summary>Stable identifier.</summary>
    public string Code => Descriptor.Code;

    /// <summary>Weight.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>The sentence, without severity and place.</summary>
    public string Sentence =>
        arguments.Length == 0 ? Descriptor.Template.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)
                              : string.Format(CultureInfo.InvariantCulture, Descriptor.Template, arguments);

    /// <inheritdoc/>
    public override string ToString() => $"{At}: {Severity}: {Sentence}";
}

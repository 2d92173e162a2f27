using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>
/// Where an expression is being read, and what was wrong with it. Readers return null after <see cref="Fail"/>; whoever called them puts the
/// sentence into his own.
/// </summary>
/// <param name="proxy">The section; null in <c>global</c>.</param>
/// <param name="at">The line.</param>
/// <param name="place">Where the expression will be evaluated.</param>
/// <param name="sink">Where warnings go; null drops them.</param>
internal sealed class ExpressionScope(ProxySyntax? proxy, SourceSpan at, RulePlace place, DiagnosticSink? sink)
{
    /// <summary>The section; null in <c>global</c>.</summary>
    public ProxySyntax? Proxy { get; } = proxy;

    /// <summary>The variables as the file has set them so far.</summary>
    public EnvironmentTable? Environment { get; init; } = proxy?.Document?.Environment;

    /// <summary>The line.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>Where the expression will be evaluated.</summary>
    public RulePlace Place { get; } = place;

    /// <summary>Where warnings go.</summary>
    public DiagnosticSink? Sink { get; } = sink;

    /// <summary>The first mistake; null while there is none.</summary>
    public string? Error { get; set; }

    /// <summary>How a reference that cannot be resolved names the keyword it stands in; {0} is the keyword.</summary>
    public string ReferenceOwner { get; set; } = "sample fetch keyword '{0}' in http-request expression";

    /// <summary>How a reference inside a converter names the keyword behind it.</summary>
    public string ConverterOwner { get; set; } = "conversion keyword '{0}' for sample fetch keyword '{1}' in http-request expression";

    /// <summary>How messages name the set of <c>tcp-request</c> or <c>tcp-response</c> rules, "tcp-request content"; "" in other rules.</summary>
    public string TcpRules { get; init; } = "";

    private (DiagnosticDescriptor Text, string[] Arguments)? _conflict;

    /// <summary>Remembers that an ACL does not fit the place. Of a condition only the first such ACL is told.</summary>
    public void RememberConflict(DiagnosticDescriptor text, params string[] arguments) => _conflict ??= (text, arguments);

    /// <summary>Tells of the ACL that does not fit: behind everything else that is said of a rule, and only where the rule is good.</summary>
    public void WarnConflict()
    {
        if (_conflict is { } conflict)
        {
            Sink?.Add(conflict.Text, At, conflict.Arguments);
        }
    }

    /// <summary>Remembers the mistake; always null.</summary>
    public T? Fail<T>(string error)
        where T : class
    {
        Error ??= error;
        return null;
    }

    /// <summary>Remembers the mistake; always false.</summary>
    public bool Fail(string error)
    {
        Error ??= error;
        return false;
    }

    /// <summary>Remembers who uses a list of patterns.</summary>
    public void Note(PatternUse use) => Proxy?.Document?.PatternUses.Add(use);

    /// <summary>Remembers something that only Binding can look up.</summary>
    public void Refer(ReferenceKind kind, string name, int argument, string owner) =>
        Proxy?.References.Add(new ReferenceSyntax(kind, name, argument, owner, At));
}

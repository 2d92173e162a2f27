using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>What a name in an expression stands for.</summary>
public enum ReferenceKind
{
    /// <summary>A section with servers.</summary>
    Backend,

    /// <summary>A section with listeners.</summary>
    Frontend,

    /// <summary>A server, as "backend/server" or "server".</summary>
    Server,

    /// <summary>A user list.</summary>
    UserList,

    /// <summary>A stick table.</summary>
    Table,

    /// <summary>A regular expression that could not be compiled; the name is the expression.</summary>
    Regex,

    /// <summary>A capture slot of requests, by number.</summary>
    RequestCapture,

    /// <summary>A capture slot of responses, by number.</summary>
    ResponseCapture,
}

/// <summary>A name in an expression that only Binding can look up.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">The name; "" means the section itself.</param>
/// <param name="Argument">Which argument of its keyword it is, from 1.</param>
/// <param name="Owner">The keyword, as the message says it.</param>
/// <param name="At">Its place.</param>
public sealed record ReferenceSyntax(ReferenceKind Kind, string Name, int Argument, string Owner, SourceSpan At);

/// <summary>What the section's expressions refer to.</summary>
public sealed partial class ProxySyntax
{
    /// <summary>Names in expressions that Binding must look up, in the order of the file.</summary>
    public List<ReferenceSyntax> References { get; } = [];

    /// <summary>
    /// Capture slots of requests in the order of the file, those of <c>capture request header</c>, <c>declare capture request</c> and of rules
    /// with <c>capture … len</c> alike: they share one numbering.
    /// </summary>
    public List<HeaderCapture> RequestCaptures { get; } = [];

    /// <summary>Capture slots of responses in the order of the file.</summary>
    public List<HeaderCapture> ResponseCaptures { get; } = [];
}

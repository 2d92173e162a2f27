namespace Dropin.Runtime.Ir.Source;

/// <summary>Collects the findings of one load, in the order in which they were made.</summary>
public sealed class DiagnosticSink
{
    private readonly List<Diagnostic> _all = [];

    /// <summary>Everything found so far.</summary>
    public IReadOnlyList<Diagnostic> All => _all;

    /// <summary>How many findings make the load fail.</summary>
    public int FailureCount { get; private set; }

    /// <summary>Something was found after which nothing more may be read.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Adds a finding.</summary>
    public void Add(DiagnosticDescriptor descriptor, SourceSpan at, params string[] arguments) =>
        Add(new Diagnostic(descriptor, at, arguments));

    /// <summary>Adds a finding.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _all.Add(diagnostic);
        if (diagnostic.Descriptor.Effect != DiagnosticEffect.None)
        {
            FailureCount++;
        }

        Stopped |= diagnostic.Descriptor.Effect == DiagnosticEffect.Stops;
    }
}

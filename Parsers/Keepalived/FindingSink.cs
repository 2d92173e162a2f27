using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived;

/// <summary>Collects the findings of all readings in their order.</summary>
internal sealed class FindingSink
{
    /// <summary>More findings than anybody reads: a file that repeats a mistake a million times must not fill the memory.</summary>
    private const int Most = 200_000;

    private readonly List<Finding> _all = [];

    /// <summary>Everything found so far.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>The reading that is under way.</summary>
    public ReadingPass Pass { get; set; }

    /// <summary>Nothing more is read.</summary>
    public bool Stopped { get; private set; }

    /// <summary>An included file that had to be there is not.</summary>
    public bool IncludeFailed { get; set; }

    /// <summary>Adds a finding.</summary>
    public void Add(DiagnosticDescriptor descriptor, SourceSpan at, bool included, params string[] arguments)
    {
        if (_all.Count < Most)
        {
            _all.Add(new Finding(new Diagnostic(descriptor, at, arguments), Pass, included));
        }

        Stopped |= descriptor.Effect == DiagnosticEffect.Stops;
    }

    /// <summary>Adds a finding that no line is to blame for.</summary>
    public void Add(DiagnosticDescriptor descriptor, params string[] arguments) => Add(descriptor, SourceSpan.None, false, arguments);
}

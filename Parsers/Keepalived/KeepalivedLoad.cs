using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived;

/// <summary>The four readings of a file, in their order: each looks at the blocks that are its own and passes over the others.</summary>
public enum ReadingPass
{
    /// <summary><c>global_defs</c> and the words beside it.</summary>
    Parent,

    /// <summary>Virtual servers.</summary>
    Checker,

    /// <summary>Virtual routers.</summary>
    Vrrp,

    /// <summary>BFD instances.</summary>
    Bfd,
}

/// <summary>One finding with the reading that made it.</summary>
/// <param name="Diagnostic">What was found.</param>
/// <param name="Pass">By whom.</param>
/// <param name="Included">It stands in an included file.</param>
public sealed record Finding(Diagnostic Diagnostic, ReadingPass Pass, bool Included);

/// <summary>A word that is understood and checked but not executed yet: a start refuses it, a test of the configuration does not.</summary>
/// <param name="Keyword">The word.</param>
/// <param name="At">File and line.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedKeyword(string Keyword, SourceSpan At, string Reason);

/// <summary>What came of reading a keepalived.conf.</summary>
/// <param name="Config">The configuration; null when the reading stopped before its end.</param>
/// <param name="Findings">All findings in order.</param>
/// <param name="Refused">What the file asks for and the engine cannot do: not to be started.</param>
public sealed record KeepalivedLoad(KeepalivedConfig? Config, IReadOnlyList<Finding> Findings, IReadOnlyList<RefusedKeyword> Refused)
{
    /// <summary>The namespace that the process has to enter before the rest of the file is read; null for none.</summary>
    public string? NeedsNamespace { get; init; }

    /// <summary>The verdict of a test of the configuration (<c>-t</c>).</summary>
    public ConfigVerdict Verdict { get; init; } = VerdictOf(Findings);

    /// <summary>... as a number.</summary>
    public int ExitCode => (int)Verdict;

    private static ConfigVerdict VerdictOf(IReadOnlyList<Finding> findings)
    {
        var verdict = ConfigVerdict.Good;
        foreach (var finding in findings)
        {
            var descriptor = finding.Diagnostic.Descriptor;
            if (descriptor.Effect == DiagnosticEffect.Stops)
            {
                return ConfigVerdict.Stopped;
            }

            var one = (descriptor.Severity, descriptor.Effect) switch
            {
                (DiagnosticSeverity.Notice or DiagnosticSeverity.Diag, _) => ConfigVerdict.Good,
                (DiagnosticSeverity.Warning, DiagnosticEffect.Fails) => ConfigVerdict.MissingInterface,
                (_, DiagnosticEffect.Fails) => ConfigVerdict.Unsafe,
                _ => ConfigVerdict.Reported,
            };
            verdict = one > verdict ? one : verdict;
        }

        return verdict;
    }
}

/// <summary>The verdicts of a test, by their exit codes; of several the highest counts, but <see cref="Stopped"/> always.</summary>
public enum ConfigVerdict
{
    /// <summary>Nothing was reported that counts.</summary>
    Good = 0,

    /// <summary>A word lacks its value, or the file asks for more lines than are read: nothing behind it was.</summary>
    Stopped = 2,

    /// <summary>An interface that has to be there is not.</summary>
    MissingInterface = 4,

    /// <summary>Something was reported, if only a warning.</summary>
    Reported = 5,

    /// <summary>Scripts would run without <c>enable_script_security</c>, or an included file that has to be there is not.</summary>
    Unsafe = 6,
}

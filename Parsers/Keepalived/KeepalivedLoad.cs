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
    /// <summary>The exit code of a test of the configuration (<c>-t</c>).</summary>
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
                (DiagnosticSeverity.Notice, _) => ConfigVerdict.Good,
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

    /// <summary>A word lacks its value: nothing behind it was read.</summary>
    Stopped = 2,

    /// <summary>Something was reported, if only a warning.</summary>
    Reported = 5,

    /// <summary>Scripts would run without <c>enable_script_security</c>, or an included file that has to be there is not.</summary>
    Unsafe = 6,
}

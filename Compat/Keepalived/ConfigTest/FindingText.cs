using System.Globalization;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Compat.Keepalived.ConfigTest;

/// <summary>Findings in the words and the form that operators and tools know: <c>(FILE: Line N) sentence</c>.</summary>
internal static class FindingText
{
    /// <summary>Whether a test of the configuration says it; what it does not say goes to the log of a start.</summary>
    public static bool IsShown(Finding finding) => finding.Diagnostic.Severity != DiagnosticSeverity.Diag;

    /// <summary>One finding, without a line end. The first reading names no file but included ones.</summary>
    public static string Of(Finding finding)
    {
        var at = finding.Diagnostic.At;
        if (at.Line == 0)
        {
            return finding.Diagnostic.Sentence;
        }

        var line = at.Line.ToString(CultureInfo.InvariantCulture);
        return finding.Pass == ReadingPass.Parent && !finding.Included
            ? $"(Line {line}) {finding.Diagnostic.Sentence}"
            : $"({at.File}: Line {line}) {finding.Diagnostic.Sentence}";
    }

    /// <summary>Why a start refuses a file: the word, where it stands, and the reason.</summary>
    public static string Of(RefusedKeyword refused) =>
        $"({refused.At.File}: Line {refused.At.Line.ToString(CultureInfo.InvariantCulture)}) '{refused.Keyword}' cannot be run: {refused.Reason}";
}

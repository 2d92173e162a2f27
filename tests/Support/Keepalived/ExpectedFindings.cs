using System.Text.Json;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Tests.Support.Keepalived;

/// <summary>What one release of the original said of a file.</summary>
/// <param name="Exit">Its exit code; negative for a signal.</param>
/// <param name="Messages">Line (0 for none) and sentence of each finding.</param>
public sealed record ExpectedFindings(int Exit, IReadOnlyList<(int Line, string Sentence)> Messages)
{
    /// <summary>The findings of one release, from a line of EXPECTED.jsonl or probes.jsonl.</summary>
    public static ExpectedFindings Of(JsonElement recorded) => new(
        recorded.GetProperty("exit").GetInt32(),
        [.. recorded.GetProperty("diags").EnumerateArray().Select(d => (d.GetProperty("line").ValueKind == JsonValueKind.Null ? 0 : d.GetProperty("line").GetInt32(), d.GetProperty("msg").GetString()!))]);

    /// <summary>A folder that sentences name where the recordings do not.</summary>
    public static string Folder { get; set; } = "/nowhere";

    /// <summary>Our findings in the same form.</summary>
    public static ExpectedFindings Of(KeepalivedLoad load) => new(load.ExitCode,
        [.. load.Findings.Where(f => f.Diagnostic.Severity != DiagnosticSeverity.Diag).Select(f => (f.Diagnostic.At.Line, Utf8(f.Diagnostic.Sentence).Replace(Folder + "/", "", StringComparison.Ordinal)))]);

    /// <summary>The same sentences in the same lines and order.</summary>
    public bool SameMessages(ExpectedFindings other) => Messages.SequenceEqual(other.Messages);

    /// <inheritdoc/>
    public override string ToString() => $"exit {Exit}" + string.Concat(Messages.Select(m => $"\n  {(m.Line == 0 ? "" : $"{m.Line}: ")}{m.Sentence}"));

    // Files are read as Latin-1, one character a byte; the recordings are UTF-8.
    private static string Utf8(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(text));
}

using Dropin.Tests.Support.Text;

namespace Dropin.Tests.Support.Differential;

/// <summary>Judges a transcript against the saved one of the original.</summary>
public static class CaseVerdict
{
    /// <summary>Null when both agree, else the differing lines (minus: the original, plus: received).</summary>
    public static string? Difference(CaseFile file, string transcript)
    {
        if (!File.Exists(file.ExpectedPath))
            return $"no {file.ExpectedPath}: save the original's transcript with the case runner (--accept)";
        var expected = File.ReadAllText(file.ExpectedPath);
        var received = TolerantText.Aligned(expected, transcript);
        return received == expected ? null : Golden.Difference(expected, received);
    }

    /// <summary>Saves a transcript of the original; an agreeing one keeps the file as it is, so that durations do not churn.</summary>
    public static bool Accept(CaseFile file, string transcript)
    {
        if (Difference(file, transcript) is null)
            return false;
        File.WriteAllText(file.ExpectedPath, TolerantText.Rounded(transcript));
        return true;
    }
}

/// <summary>Cases in which the binary under test still differs, each with its reason: <c>fixtures/differential/known-differences.txt</c>.</summary>
public static class KnownDifferences
{
    /// <summary>How the reason of a case begins that differs in some runs only; it is judged neither way until it is understood.</summary>
    public const string Sometimes = "sometimes";

    public static string Path { get; } = System.IO.Path.Combine(CaseLibrary.Folder, "known-differences.txt");

    /// <summary>The reason of a line <c>*: reason</c>, which suspends the judgement of ours altogether, or null.</summary>
    public static string? Everything => Reasons.GetValueOrDefault("*");

    /// <summary>The reason of a case, or of its whole family (<c>family/*: sometimes ...</c>, which judges none of it); null without one.</summary>
    public static string? ReasonOf(CaseFile file) => Reasons.GetValueOrDefault(file.Name) ?? Reasons.GetValueOrDefault(file.Family + "/*");

    /// <summary>Reasons by case name (<c>family/name: reason</c>, <c>#</c> starts a comment).</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = File.ReadAllLines(Path)
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(line => line.Split(':')[0].Trim(), line => line[(line.IndexOf(':') + 1)..].Trim());
}

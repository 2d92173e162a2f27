using Dropin.Pair.Play;

namespace Dropin.Pair;

/// <summary>What is to be played: all, or what COMBINATIONS and STEPS name.</summary>
/// <param name="Combinations">Always with the originals, which are compared with.</param>
/// <param name="Steps">In the story's order.</param>
internal sealed record Options(IReadOnlyList<Combination> Combinations, IReadOnlyList<Step> Steps)
{
    /// <summary>Reads them from the environment; null and what is wrong when a name is unknown.</summary>
    public static Options? Read(out string wrong)
    {
        var (combinations, steps) = (Words("COMBINATIONS"), Words("STEPS"));
        var unknown = combinations.Except(Combination.All.Select(combination => combination.Name)).Concat(steps.Except(Play.Steps.All.Select(step => step.Name))).ToList();
        wrong = unknown.Count == 0 ? "" : $"unknown: {string.Join(' ', unknown)}\nCOMBINATIONS: {string.Join(' ', Combination.All.Select(combination => combination.Name))}"
            + $"\nSTEPS: {string.Join(' ', Play.Steps.All.Select(step => step.Name))}";
        return unknown.Count > 0 ? null : new Options(
            [.. Combination.All.Where(combination => combinations.Length == 0 || combination == Combination.Originals || combinations.Contains(combination.Name))],
            [.. Play.Steps.All.Where(step => steps.Length == 0 || steps.Contains(step.Name))]);
    }

    /// <summary>The steps of a combination: the migration has its own, and the originals play all for comparison.</summary>
    public IEnumerable<Step> Of(Combination combination) => Steps.Where(step => combination == Combination.Originals
        ? !step.IsMigration || Combinations.Contains(Combination.Migration)
        : step.IsMigration == (combination == Combination.Migration));

    private static string[] Words(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}

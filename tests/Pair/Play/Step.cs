namespace Dropin.Pair.Play;

/// <summary>One step of the operator's story, which can be played by itself: it begins with <paramref name="Prepare"/>, which is not measured.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Prepare">Brings the pair to where it begins.</param>
/// <param name="Run">What is measured.</param>
internal sealed record Step(string Name, string Title, Action<PairPlay> Prepare, Action<PairPlay> Run)
{
    /// <summary>Part of the migration, which has a pair of its own.</summary>
    public bool IsMigration { get; init; }
}

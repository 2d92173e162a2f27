using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>A step in the book.</summary>
/// <param name="Outcome">What came of it, in its last play.</param>
/// <param name="Theirs">What it was compared with; null where it is the originals' own.</param>
/// <param name="Verdict">How it stands beside that.</param>
/// <param name="Plays">How often it was played.</param>
internal sealed record Entry(Outcome Outcome, Outcome? Theirs, Verdict Verdict, int Plays);

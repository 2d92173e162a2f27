using Dropin.Pair.Client;

namespace Dropin.Pair.Play;

/// <summary>What came of one step.</summary>
/// <param name="Tally">What the client saw.</param>
/// <param name="Timeline">The same as a line.</param>
/// <param name="Facts">What the operator saw: exit codes, states, messages; by name. They have to be those of the originals.</param>
/// <param name="Problems">What should not have been; empty when all went well.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Outcome(Tally Tally, string Timeline, IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Problems, double Seconds);

using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>What all pairs of a run share.</summary>
/// <param name="Tree">The tree of Debian below all nodes.</param>
/// <param name="Folder">The run's own folder.</param>
/// <param name="Packages">Our packages.</param>
/// <param name="Commands">What the README tells the operator.</param>
internal sealed record Surroundings(string Tree, string Folder, Packages Packages, OperatorsCommands Commands);

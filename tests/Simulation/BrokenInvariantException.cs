namespace Dropin.Simulation;

/// <summary>Something happened that must never happen.</summary>
internal sealed class BrokenInvariantException(string message) : Exception(message);

namespace Dropin.Runtime.Proxy.Health;

/// <summary>How one check ended.</summary>
/// <param name="Status">The status.</param>
/// <param name="Number">The protocol's or program's number; counts only where the status has one.</param>
/// <param name="Description">What was seen; "" for nothing to say.</param>
public readonly record struct CheckOutcome(CheckStatus Status, int Number = 0, string Description = "")
{
    /// <summary>Longest description kept, characters.</summary>
    public const int LongestDescription = 127;

    /// <summary>The process had no descriptor left for the check's connection.</summary>
    internal bool LacksDescriptor { get; init; }

    /// <summary>The local address of the check's connection could not be had.</summary>
    internal bool CannotBind { get; init; }

    /// <summary>The description cut to what is kept.</summary>
    internal string Kept => Description.Length <= LongestDescription ? Description : Description[..LongestDescription];
}

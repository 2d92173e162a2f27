namespace Dropin.Benchmarks;

/// <summary>One measured value of one program, the smaller the better.</summary>
/// <param name="Value">What the ratio is taken of.</param>
/// <param name="Detail">The value as a person reads it, with its unit and parts.</param>
internal readonly record struct Sample(double Value, string Detail);

/// <summary>A row of the table: what is measured, and the ratio (ours to the original) to reach.</summary>
/// <param name="Name">The name to choose it by.</param>
/// <param name="Title">What the table says.</param>
/// <param name="Target">The ratio at most, or the value at most when <paramref name="TargetIsValue"/>.</param>
/// <param name="TargetIsValue">The target is a value of ours in the row's unit, not a ratio.</param>
internal abstract record Row(string Name, string Title, double Target, bool TargetIsValue = false)
{
    /// <summary>Brings one program into the state to measure; null and the reason when it cannot run this row.</summary>
    public abstract Run? Prepare(string binary, Bench bench, out string reason);

    internal abstract class Run : IDisposable
    {
        public abstract Sample Measure();

        public virtual void Dispose() { }
    }
}

/// <summary>A row whose feature is not there yet, kept in the table so that nobody forgets it.</summary>
internal sealed record LaterRow(string Name, string Title, double Target, string Why) : Row(Name, Title, Target)
{
    public override Run? Prepare(string binary, Bench bench, out string reason)
    {
        reason = Why;
        return null;
    }
}

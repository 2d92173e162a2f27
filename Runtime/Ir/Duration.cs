namespace Dropin.Runtime.Ir;

/// <summary>A time span in whole milliseconds, HAProxy's unit of every time-out (configuration manual 2.5).</summary>
/// <param name="Milliseconds">0 or more.</param>
public readonly record struct Duration(int Milliseconds)
{
    /// <summary>A span of whole seconds.</summary>
    public static Duration FromSeconds(int seconds) => new(seconds * 1000);

    /// <inheritdoc/>
    public override string ToString() => $"{Milliseconds}ms";
}

namespace Dropin.Runtime.Ir.Source;

/// <summary>
/// Where a piece of configuration was written. Every IR node keeps one, so that late errors and the <c>show</c> commands can point
/// to file and line.
/// </summary>
/// <remarks>
/// The place takes no part in equality: two configurations which differ by a comment line at the top are equal, otherwise a reload would
/// replace every server.
/// </remarks>
public readonly struct SourceSpan(string file, int line, int column, int length) : IEquatable<SourceSpan>
{
    /// <summary>The place of what nobody wrote: built-in defaults.</summary>
    public static readonly SourceSpan None = new("", 0, 0, 0);

    /// <summary>File name as it was given on the command line.</summary>
    public string File { get; } = file;

    /// <summary>Line, 1-based; 0 when the value has no place in a file.</summary>
    public int Line { get; } = line;

    /// <summary>Column in bytes, 1-based; 0 when only the line is known.</summary>
    public int Column { get; } = column;

    /// <summary>Length in bytes of the source text.</summary>
    public int Length { get; } = length;

    /// <summary>Always true: the place is not part of the meaning.</summary>
    public bool Equals(SourceSpan other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SourceSpan;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>Always true, see <see cref="Equals(SourceSpan)"/>.</summary>
    public static bool operator ==(SourceSpan left, SourceSpan right) => true;

    /// <summary>Always false, see <see cref="Equals(SourceSpan)"/>.</summary>
    public static bool operator !=(SourceSpan left, SourceSpan right) => false;

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}";
}

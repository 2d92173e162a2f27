namespace Dropin.Runtime.Ir.Source;

/// <summary>Where in the operator's files something was written.</summary>
/// <remarks>
/// A span takes no part in equality: two values that differ only in their place are the same value, or one comment
/// added on top of a file would look like a change to every server at a reload.
/// </remarks>
public readonly struct SourceSpan(string file, int line, int column = 0, int length = 0) : IEquatable<SourceSpan>
{
    /// <summary>The file's name as the operator gave it.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1; 0 where there is none.</summary>
    public int Line { get; } = line;

    /// <summary>The column of the first character, from 1; 0 where the whole line is meant.</summary>
    public int Column { get; } = column;

    /// <summary>The number of characters; 0 where the whole line is meant.</summary>
    public int Length { get; } = length;

    /// <summary>No place: something that no file mentions.</summary>
    public static SourceSpan None { get; } = new("", 0);

    /// <summary>Always true, see the remarks of the type.</summary>
    public bool Equals(SourceSpan other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SourceSpan;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";

    /// <summary>Always true, see the remarks of the type.</summary>
    public static bool operator ==(SourceSpan left, SourceSpan right) => true;

    /// <summary>Always false, see the remarks of the type.</summary>
    public static bool operator !=(SourceSpan left, SourceSpan right) => false;
}

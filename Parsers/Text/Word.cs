using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Text;

/// <summary>One word of a configuration line, after quotes, escapes and variables have been resolved.</summary>
/// <remarks>Text is Latin-1: one character for each byte of the file, so bytes which are not UTF-8 survive and columns count bytes.</remarks>
public readonly struct Word(string text, SourceSpan at) : IEquatable<Word>
{
    /// <summary>What the word says.</summary>
    public string Text { get; } = text;

    /// <summary>Where it stands.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>Two words are equal when they say the same.</summary>
    public bool Equals(Word other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Word other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>See <see cref="Equals(Word)"/>.</summary>
    public static bool operator ==(Word left, Word right) => left.Equals(right);

    /// <summary>See <see cref="Equals(Word)"/>.</summary>
    public static bool operator !=(Word left, Word right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

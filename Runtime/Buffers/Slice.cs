namespace Dropin.Runtime.Buffers;

/// <summary>A range of bytes inside a block that the holder knows; meaningless without it.</summary>
/// <param name="Start">Offset of the first byte, 0 or more.</param>
/// <param name="Length">Number of bytes, 0 or more.</param>
public readonly record struct Slice(int Start, int Length)
{
    /// <summary>Offset just after the last byte.</summary>
    public int End => Start + Length;

    /// <summary>No bytes at all.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes themselves.</summary>
    public ReadOnlySpan<byte> Of(byte[] block) => new(block, Start, Length);
}

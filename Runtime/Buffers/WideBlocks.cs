namespace Dropin.Runtime.Buffers;

/// <summary>Blocks of <see cref="Size"/> bytes for bodies under way, a small stock for each thread.</summary>
/// <remarks>Held only while a long body is being forwarded; an idle connection never holds one.</remarks>
internal static class WideBlocks
{
    /// <summary>Bytes of a wide block.</summary>
    internal const int Size = 128 * 1024;

    private const int MostKept = 32;

    [ThreadStatic]
    private static byte[][]? s_free;

    [ThreadStatic]
    private static int s_count;

    internal static byte[] Rent()
    {
        if (s_count > 0)
        {
            var block = s_free![--s_count];
            s_free[s_count] = null!;
            return block;
        }

        return GC.AllocateUninitializedArray<byte>(Size);
    }

    internal static void Return(byte[] block)
    {
        s_free ??= new byte[MostKept][];
        if (s_count < MostKept)
        {
            s_free[s_count++] = block;
        }
    }
}

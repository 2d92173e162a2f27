using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>Which processors may run a thread (sched_setaffinity(2)).</summary>
public static partial class CpuAffinity
{
    /// <summary>Binds the calling thread to the processors whose bits are set (processor 0 = lowest bit of the first word).</summary>
    public static SysError BindThread(ReadOnlySpan<ulong> processors)
        => SysError.Of(SchedSetAffinity(0, (nuint)(processors.Length * sizeof(ulong)), processors));

    /// <summary>How many processors may run the calling thread; at least 1.</summary>
    public static int Count()
    {
        Span<ulong> mask = stackalloc ulong[16]; // 1,024 processors
        if (SchedGetAffinity(0, (nuint)(mask.Length * sizeof(ulong)), mask) < 0)
            return 1;
        var count = 0;
        foreach (var word in mask)
            count += System.Numerics.BitOperations.PopCount(word);
        return Math.Max(count, 1);
    }

    [LibraryImport(LibC.Name, EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SchedSetAffinity(int thread, nuint size, ReadOnlySpan<ulong> mask);

    [LibraryImport(LibC.Name, EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int SchedGetAffinity(int thread, nuint size, Span<ulong> mask);
}

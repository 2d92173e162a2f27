using System.Globalization;
using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>The memory that is kept for reuse.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes of one.</param>
/// <param name="Allocated">How many there are.</param>
/// <param name="Used">How many are in use.</param>
/// <param name="Users">How many threads have such a pool.</param>
internal sealed record PoolUsage(string Name, int Size, long Allocated, long Used, int Users)
{
    internal static IEnumerable<PoolUsage> Of(AdminContext context)
    {
        long used = 0, free = 0;
        var size = 0;
        foreach (var thread in context.Engine.Threads)
        {
            var pool = thread.Loop.Buffers;
            used += pool.Outstanding;
            free += pool.Free;
            size = pool.BlockSize;
        }
        yield return new PoolUsage("buffer", size, used + free, used, context.Engine.Threads.Length);
    }

    /// <summary>The managed heap, which the benchmarks' gate reads: what was allocated in all must not grow with requests.</summary>
    internal static string Heap()
    {
        var info = GC.GetGCMemoryInfo();
        return string.Create(CultureInfo.InvariantCulture,
            $"Managed heap: {GC.GetTotalAllocatedBytes()} bytes allocated in all, {GC.GetTotalMemory(false)} bytes in use, {info.HeapSizeBytes} bytes after the last collection, "
            + $"{GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)} collections.\n");
    }
}

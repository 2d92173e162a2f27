using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>How long processors have worked (getrusage(2)).</summary>
/// <param name="User">In programs, microseconds.</param>
/// <param name="System">In the kernel for them, microseconds.</param>
public readonly partial record struct CpuTime(long User, long System)
{
    private const int Self = 0, ChildrenThatEnded = -1; // RUSAGE_*
    private const int StructureSize = 144;              // struct rusage on 64-bit Linux: two struct timeval, then fourteen counts
    private const long MicrosecondsOfSecond = 1_000_000;

    /// <summary>For this process.</summary>
    public static CpuTime OfProcess => Read(Self);

    /// <summary>For its children that have ended, and theirs.</summary>
    public static CpuTime OfChildren => Read(ChildrenThatEnded);

    private static CpuTime Read(int whose)
    {
        Span<byte> usage = stackalloc byte[StructureSize];
        usage.Clear();
        _ = GetUsage(whose, usage);
        return new CpuTime(Time(usage), Time(usage[16..]));
    }

    private static long Time(ReadOnlySpan<byte> value) => (BitConverter.ToInt64(value) * MicrosecondsOfSecond) + BitConverter.ToInt64(value[8..]);

    [LibraryImport(LibC.Name, EntryPoint = "getrusage")]
    private static partial int GetUsage(int whose, Span<byte> usage);
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>How the system runs this process: nice value, real-time priority, locked memory (sched(7), mlockall(2)).</summary>
public static unsafe partial class Scheduling
{
    private const int RoundRobin = 2, ResetOnFork = 0x40000000; // SCHED_RR, SCHED_RESET_ON_FORK
    private const int Current = 1, Future = 2;                  // MCL_*

    /// <summary>Sets the nice value, -20 (most favoured) to 19.</summary>
    public static SysError SetNice(int value) => SysError.Of(SetPriority(0, 0, value));

    /// <summary>Runs the process in real time; its children do not inherit that.</summary>
    /// <param name="priority">1 to 99.</param>
    /// <param name="limitMicroseconds">How long it may run without waiting for anything; 0 for no limit.</param>
    public static SysError SetRealTime(int priority, long limitMicroseconds)
    {
        if (limitMicroseconds > 0)
            _ = Limits.Set(Limits.Resource.RealTime, (ulong)limitMicroseconds, (ulong)limitMicroseconds);
        return SysError.Of(SetScheduler(0, RoundRobin | ResetOnFork, &priority));
    }

    /// <summary>The lowest and the highest real-time priority.</summary>
    public static (int Lowest, int Highest) RealTimeRange => (MinPriority(RoundRobin), MaxPriority(RoundRobin));

    /// <summary>Keeps all memory of the process, now and later, from being swapped out.</summary>
    public static SysError LockMemory() => SysError.Of(MemoryLockAll(Current | Future));

    [LibraryImport(LibC.Name, EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int value);

    [LibraryImport(LibC.Name, EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int pid, int policy, int* priority);

    [LibraryImport(LibC.Name, EntryPoint = "sched_get_priority_min")]
    private static partial int MinPriority(int policy);

    [LibraryImport(LibC.Name, EntryPoint = "sched_get_priority_max")]
    private static partial int MaxPriority(int policy);

    [LibraryImport(LibC.Name, EntryPoint = "mlockall", SetLastError = true)]
    private static partial int MemoryLockAll(int flags);
}

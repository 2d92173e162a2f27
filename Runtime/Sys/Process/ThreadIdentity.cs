using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>
/// Another user for the time of one call. The kernel keeps user and groups for each thread, and a child gets those of the thread that starts
/// it; the C library's setuid(2) would change all threads, so the system calls are made directly, on a thread that ends afterwards.
/// </summary>
internal static partial class ThreadIdentity
{
    private static readonly CallNumbers Calls = CallNumbers.Of(RuntimeInformation.ProcessArchitecture);

    /// <summary>Work whose result is a number of 0 or more, or -1 with the reason.</summary>
    internal delegate int Work(out SysError error);

    /// <summary>Does the work as that user (null: as before), in that group and no other (null: in those of before).</summary>
    internal static int Run(uint? user, uint? group, out SpawnStep failed, out SysError error, Work work)
    {
        var result = -1;
        var step = SpawnStep.Group;
        SysError failure = default;
        var thread = new Thread(
            () =>
            {
                failure = group is { } one ? Join(one) : default;
                if (failure.IsNone && user is { } who)
                {
                    step = SpawnStep.User;
                    failure = SysError.Of(SystemCall(Calls.SetUser, (nint)who, (nint)who, (nint)who));
                }
                if (failure.IsNone)
                {
                    step = SpawnStep.Program;
                    result = work(out failure);
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        (failed, error) = (step, failure);
        return result;
    }

    private static unsafe SysError Join(uint group)
    {
        var error = SysError.Of(SystemCall(Calls.SetGroups, 1, (nint)(&group), 0));
        return error.IsNone ? SysError.Of(SystemCall(Calls.SetGroup, (nint)group, (nint)group, (nint)group)) : error;
    }

    [LibraryImport(LibC.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, nint first, nint second, nint third);

    /// <summary>The numbers of setgroups, setresgid and setresuid in the kernel's table; each machine has its own (those of arm64 are the generic ones).</summary>
    internal readonly record struct CallNumbers(long SetGroups, long SetGroup, long SetUser)
    {
        internal static CallNumbers Of(Architecture architecture) => architecture == Architecture.X64 ? new(116, 119, 117) : new(159, 149, 147);
    }
}

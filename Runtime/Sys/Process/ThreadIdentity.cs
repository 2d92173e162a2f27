using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>
/// Another user for the time of one call. The kernel keeps user and groups for each thread, and a child gets those of the thread that starts
/// it; the C library's setuid(2) would change all threads, so the system calls are made directly, on a thread that ends afterwards.
/// </summary>
internal static partial class ThreadIdentity
{
    // arm64 has other numbers than x86-64.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly long SetGroupsCall = Arm ? 159 : 116, SetResGid = Arm ? 149 : 119, SetResUid = Arm ? 147 : 117;

    /// <summary>Work whose result is a number of 0 or more, or -1 with the reason.</summary>
    internal delegate int Work(out SysError error);

    /// <summary>Does the work as that user, in that group and no other.</summary>
    internal static int Run(uint user, uint group, out SysError error, Work work)
    {
        var result = -1;
        SysError failure = default;
        var thread = new Thread(
            () =>
            {
                failure = Become(user, group);
                if (failure.IsNone)
                    result = work(out failure);
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        error = failure;
        return result;
    }

    private static unsafe SysError Become(uint user, uint group)
    {
        var error = SysError.Of(SystemCall(SetGroupsCall, 1, (nint)(&group), 0));
        if (error.IsNone)
            error = SysError.Of(SystemCall(SetResGid, (nint)group, (nint)group, (nint)group));
        return error.IsNone ? SysError.Of(SystemCall(SetResUid, (nint)user, (nint)user, (nint)user)) : error;
    }

    [LibraryImport(LibC.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, nint first, nint second, nint third);
}

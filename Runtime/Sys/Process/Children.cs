using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>How a child process ended.</summary>
/// <param name="Pid">The child's number.</param>
/// <param name="Status">Exit status 0..255, or 128 + the signal's number when a signal ended it (as shells and the originals count).</param>
/// <param name="Signal">The signal that ended it; 0 when it exited itself.</param>
public readonly record struct ChildExit(int Pid, int Status, int Signal);

/// <summary>Children and other processes: waiting (waitpid(2)) and signalling (kill(2)).</summary>
public static partial class Children
{
    private const int NoHang = 1;
    private const long PidfdOpen = 434; // The same number on all architectures.

    /// <summary>Takes one ended child, any, without waiting; false when none has ended.</summary>
    public static bool TryReap(out ChildExit exit) => TryReap(-1, wait: false, out exit);

    /// <summary>Takes that child without waiting; false when it has not ended or is no child of this process.</summary>
    public static bool TryReap(int pid, out ChildExit exit) => TryReap(pid, wait: false, out exit);

    /// <summary>A descriptor that becomes readable when the process has ended (pidfd_open(2)); negative where the kernel has none.</summary>
    public static int OpenDescriptor(int pid) => (int)SystemCall(PidfdOpen, pid, 0);

    /// <summary>Waits until that child has ended; false when it is no child of this process.</summary>
    public static bool Wait(int pid, out ChildExit exit) => TryReap(pid, wait: true, out exit);

    /// <summary>Sends a signal (see <see cref="Signal"/>); signal 0 only asks whether the process exists.</summary>
    public static SysError Send(int pid, int signal) => SysError.Of(Kill(pid, signal));

    private static bool TryReap(int pid, bool wait, out ChildExit exit)
    {
        while (true)
        {
            var reaped = WaitPid(pid, out var status, wait ? 0 : NoHang);
            if (reaped < 0 && SysError.Last.IsInterrupted)
                continue;
            if (reaped <= 0)
            {
                exit = default;
                return false;
            }
            var signal = status & 0x7f;
            exit = new ChildExit(reaped, signal == 0 ? (status >> 8) & 0xff : 128 + signal, signal);
            return true;
        }
    }

    [LibraryImport(LibC.Name, EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport(LibC.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second);

    [LibraryImport(LibC.Name, EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}

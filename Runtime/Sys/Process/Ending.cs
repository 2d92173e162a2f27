using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>Ending by a signal, so that whoever waits for this process sees the signal and not an exit status.</summary>
public static unsafe partial class Ending
{
    private const int SignalSetSize = 128;

    /// <summary>Gives a signal back its default action and sends it to this process; does not return for signals that end a process.</summary>
    public static void DieOf(int signal)
    {
        _ = SetDefault(signal, 0);
        var set = stackalloc byte[SignalSetSize];
        _ = SigEmptySet(set);
        _ = PthreadSigMask(2, set, null); // SIG_SETMASK
        _ = Raise(signal);
    }

    [LibraryImport(LibC.Name, EntryPoint = "signal")]
    private static partial nint SetDefault(int signal, nint action);

    [LibraryImport(LibC.Name, EntryPoint = "sigemptyset")]
    private static partial int SigEmptySet(byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "pthread_sigmask")]
    private static partial int PthreadSigMask(int how, byte* set, byte* former);

    [LibraryImport(LibC.Name, EntryPoint = "raise")]
    private static partial int Raise(int signal);
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>Ending by a signal, so that whoever waits for this process sees the signal and not an exit status.</summary>
public static partial class Ending
{
    /// <summary>Gives a signal back its default action and sends it to this process; does not return for signals that end a process.</summary>
    public static void DieOf(int signal)
    {
        SignalMask.SetDefault(signal);
        SignalMask.UnblockAll();
        _ = Raise(signal);
    }

    [LibraryImport(LibC.Name, EntryPoint = "raise")]
    private static partial int Raise(int signal);
}

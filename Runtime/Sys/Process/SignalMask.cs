using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>The signals that the calling thread keeps waiting (pthread_sigmask(3)).</summary>
public static unsafe partial class SignalMask
{
    private const int SetSize = 128;
    private const int SetMask = 2; // SIG_SETMASK

    /// <summary>
    /// Lets all signals through. A program inherits the mask of the one that executed it, and HAProxy's master executes its successor with most of
    /// them blocked.
    /// </summary>
    public static void UnblockAll()
    {
        var set = stackalloc byte[SetSize];
        _ = SigEmptySet(set);
        _ = PthreadSigMask(SetMask, set, null);
    }

    [LibraryImport(LibC.Name, EntryPoint = "sigemptyset")]
    private static partial int SigEmptySet(byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "pthread_sigmask")]
    private static partial int PthreadSigMask(int how, byte* set, byte* former);
}

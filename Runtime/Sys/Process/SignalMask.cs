using System.Globalization;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>The signals that the calling thread keeps waiting (pthread_sigmask(3)).</summary>
public static unsafe partial class SignalMask
{
    private const int SetSize = 128;
    private const int AddToMask = 0, SetMask = 2; // SIG_BLOCK, SIG_SETMASK

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

    /// <summary>Keeps signals waiting: over an execution too, until the next program lets them through.</summary>
    public static void Block(ReadOnlySpan<int> signals)
    {
        var set = stackalloc byte[SetSize];
        _ = SigEmptySet(set);
        foreach (var signal in signals)
            _ = SigAddSet(set, signal);
        _ = PthreadSigMask(AddToMask, set, null);
    }

    /// <summary>Gives signals that the process was started with ignored back their default action; others stay as they are.</summary>
    public static void StopIgnoring(ReadOnlySpan<int> signals)
    {
        var ignored = Ignored();
        foreach (var signal in signals)
        {
            if ((ignored >> (signal - 1) & 1) != 0)
                SetDefault(signal);
        }
    }

    /// <summary>One bit for each signal that is ignored, that of signal 1 lowest (proc(5), status).</summary>
    private static ulong Ignored()
    {
        const string label = "SigIgn:";
        try
        {
            foreach (var line in File.ReadLines("/proc/self/status"))
            {
                if (line.StartsWith(label, StringComparison.Ordinal))
                    return ulong.Parse(line.AsSpan(label.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // Without /proc the signals stay as they are.
        }
        return 0;
    }

    /// <summary>Gives one signal back its default action.</summary>
    internal static void SetDefault(int signal) => _ = SetAction(signal, 0);

    [LibraryImport(LibC.Name, EntryPoint = "signal")]
    private static partial nint SetAction(int signal, nint action);

    [LibraryImport(LibC.Name, EntryPoint = "sigemptyset")]
    private static partial int SigEmptySet(byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "sigaddset")]
    private static partial int SigAddSet(byte* set, int signal);

    [LibraryImport(LibC.Name, EntryPoint = "pthread_sigmask")]
    private static partial int PthreadSigMask(int how, byte* set, byte* former);
}

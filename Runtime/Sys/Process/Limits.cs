using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>What the system lets this process have (getrlimit(2)).</summary>
public static partial class Limits
{
    /// <summary>No limit.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>The resources, by their numbers on Linux.</summary>
    public enum Resource
    {
        /// <summary>Size of a core file, bytes.</summary>
        CoreFile = 4,

        /// <summary>Processes of the user.</summary>
        Processes = 6,

        /// <summary>Open descriptors: one more than the largest number.</summary>
        Descriptors = 7,

        /// <summary>Address space, bytes.</summary>
        AddressSpace = 9,

        /// <summary>Time in real-time scheduling without a wait, microseconds.</summary>
        RealTime = 15,
    }

    /// <summary>The soft and the hard limit.</summary>
    public static SysError Get(Resource resource, out ulong soft, out ulong hard)
    {
        Span<ulong> values = stackalloc ulong[2];
        var error = SysError.Of(GetRlimit((int)resource, values));
        (soft, hard) = (values[0], values[1]);
        return error;
    }

    /// <summary>Sets both; only a privileged process can raise the hard one.</summary>
    public static SysError Set(Resource resource, ulong soft, ulong hard)
        => SysError.Of(SetRlimit((int)resource, [soft, hard]));

    [LibraryImport(LibC.Name, EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetRlimit(int resource, Span<ulong> limits);

    [LibraryImport(LibC.Name, EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetRlimit(int resource, ReadOnlySpan<ulong> limits);
}

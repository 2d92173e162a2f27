using System.Runtime.InteropServices;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Runtime.Sys.Files;

/// <summary>Named pipes (fifo(7)).</summary>
public static partial class NamedPipe
{
    private const int ReadWrite = 2, NonBlocking = 0x800, CloseOnExec = 0x80000; // O_*
    private static readonly int NoFollow = NoFollowOf(RuntimeInformation.ProcessArchitecture);

    /// <summary>Makes a pipe; an existing one is as good.</summary>
    /// <param name="path">Where.</param>
    /// <param name="mode">Its permission bits.</param>
    /// <param name="made">Whether it was not there before.</param>
    public static SysError Make(string path, int mode, out bool made)
    {
        var error = SysError.Of(MkFifo(path, (uint)mode));
        made = error.IsNone;
        return error.Code == Errno.Eexist ? SysError.None : error;
    }

    /// <summary>
    /// Opens a pipe for writing without waiting for a reader: what is written stays in it until one comes. -1 with the reason, also where the
    /// path is no pipe.
    /// </summary>
    public static int OpenForWriting(string path, out SysError error)
    {
        var descriptor = Open(path, ReadWrite | NonBlocking | CloseOnExec | NoFollow, 0);
        error = SysError.Of(descriptor);
        if (descriptor < 0 || Seek(descriptor, 0, 1) < 0)
            return descriptor; // a pipe has no place to go to
        Descriptors.Close(descriptor);
        error = new SysError(Errno.Eexist);
        return -1;
    }

    /// <summary>O_NOFOLLOW: arm64 has a number of its own, and there the number of x86-64 means O_LARGEFILE, which changes nothing.</summary>
    internal static int NoFollowOf(Architecture architecture) => architecture == Architecture.X64 ? 0x20000 : 0x8000;

    [LibraryImport(LibC.Name, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkFifo(string path, uint mode);

    [LibraryImport(LibC.Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport(LibC.Name, EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int whence);
}

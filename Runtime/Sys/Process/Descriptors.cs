using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>
/// Plain descriptors: pipes, anonymous files, reading and writing outside the data path. Everything made here is
/// close-on-exec; what a child shall inherit is named in its <see cref="SpawnRequest"/>.
/// </summary>
public static partial class Descriptors
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int NonBlocking = 0x800;   // O_NONBLOCK
    private const int GetDescriptorFlags = 1, SetDescriptorFlags = 2, GetStatusFlags = 3, SetStatusFlags = 4; // fcntl(2)

    /// <summary>Makes a pipe: <paramref name="readEnd"/> sees what <paramref name="writeEnd"/> is given.</summary>
    public static SysError MakePipe(out int readEnd, out int writeEnd, bool nonBlocking = false)
    {
        Span<int> ends = stackalloc int[2];
        var error = SysError.Of(Pipe2(ends, CloseOnExec | (nonBlocking ? NonBlocking : 0)));
        (readEnd, writeEnd) = error.IsNone ? (ends[0], ends[1]) : (-1, -1);
        return error;
    }

    /// <summary>Makes a file that lives in memory only (memfd_create(2)); -1 and the reason when it cannot.</summary>
    public static int MakeMemoryFile(string name, out SysError error)
    {
        var descriptor = MemfdCreate(name, 1);
        error = SysError.Of(descriptor);
        return descriptor;
    }

    /// <summary>Reads what is there, at most the buffer: the count, 0 at the end, -1 with <paramref name="error"/>.</summary>
    public static int Read(int descriptor, Span<byte> into, out SysError error)
    {
        while (true)
        {
            var count = ReadNative(descriptor, into, (nuint)into.Length);
            error = SysError.Of(count);
            if (!error.IsInterrupted)
                return (int)count;
        }
    }

    /// <summary>Writes the bytes, at most all: the count, or -1 with <paramref name="error"/>.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes, out SysError error)
    {
        while (true)
        {
            var count = WriteNative(descriptor, bytes, (nuint)bytes.Length);
            error = SysError.Of(count);
            if (!error.IsInterrupted)
                return (int)count;
        }
    }

    /// <summary>Writes all bytes to a blocking descriptor.</summary>
    public static SysError WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Write(descriptor, bytes, out var error);
            if (!error.IsNone)
                return error;
            bytes = bytes[count..];
        }
        return SysError.None;
    }

    /// <summary>Closes; a negative descriptor is nothing to close.</summary>
    public static void Close(int descriptor)
    {
        if (descriptor >= 0)
            _ = CloseNative(descriptor);
    }

    /// <summary>Makes <paramref name="target"/> another name of <paramref name="descriptor"/> (dup2(2)); the new name is inherited by children.</summary>
    public static SysError Replace(int descriptor, int target) => SysError.Of(Dup2(descriptor, target));

    /// <summary>Whether children inherit the descriptor.</summary>
    public static SysError SetInherited(int descriptor, bool inherited) => SysError.Of(Fcntl(descriptor, SetDescriptorFlags, inherited ? 0 : 1));

    /// <summary>Whether the number names an open descriptor of this process.</summary>
    public static bool IsOpen(int descriptor) => Fcntl(descriptor, GetDescriptorFlags, 0) >= 0;

    /// <summary>
    /// Whether the descriptor was there when this program was executed. Where it was not, the number may by now be that of a file which the runtime opened for
    /// itself (a source of random bytes), close-on-exec as all of them.
    /// </summary>
    public static bool IsOfTheCaller(int descriptor) => Fcntl(descriptor, GetDescriptorFlags, 0) is var flags && flags >= 0 && (flags & 1) == 0;

    /// <summary>Whether operations on the descriptor return instead of waiting.</summary>
    public static SysError SetNonBlocking(int descriptor, bool nonBlocking)
    {
        var flags = Fcntl(descriptor, GetStatusFlags, 0);
        return flags < 0 ? SysError.Last : SysError.Of(Fcntl(descriptor, SetStatusFlags, nonBlocking ? flags | NonBlocking : flags & ~NonBlocking));
    }

    /// <summary>Opens an existing file for reading and writing (for /dev/null); -1 with <paramref name="error"/>.</summary>
    public static int OpenReadWrite(string path, out SysError error)
    {
        var descriptor = Open(path, 2 | CloseOnExec, 0);
        error = SysError.Of(descriptor);
        return descriptor;
    }

    /// <summary>Creates or empties a file for writing; <paramref name="mode"/> are its permission bits before the umask.</summary>
    public static int CreateFile(string path, int mode, out SysError error)
    {
        const int writeCreateTruncate = 0x1 | 0x40 | 0x200;
        var descriptor = Open(path, writeCreateTruncate | CloseOnExec, mode);
        error = SysError.Of(descriptor);
        return descriptor;
    }

    [LibraryImport(LibC.Name, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(Span<int> ends, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);

    [LibraryImport(LibC.Name, EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadNative(int descriptor, Span<byte> into, nuint size);

    [LibraryImport(LibC.Name, EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteNative(int descriptor, ReadOnlySpan<byte> bytes, nuint size);

    [LibraryImport(LibC.Name, EntryPoint = "close", SetLastError = true)]
    private static partial int CloseNative(int descriptor);

    [LibraryImport(LibC.Name, EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int descriptor, int target);

    [LibraryImport(LibC.Name, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport(LibC.Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);
}

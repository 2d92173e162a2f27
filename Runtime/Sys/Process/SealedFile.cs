using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>A file in memory that nobody can change once it is written (memfd_create(2), sealed): what one execution of a program leaves to the next.</summary>
public static partial class SealedFile
{
    /// <summary>More than any state has: a descriptor of something else is not read for ever.</summary>
    public const int MostBytes = 256 * 1024 * 1024;

    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int AddSeals = 1033;                  // F_ADD_SEALS
    private const int AllSeals = 0x1 | 0x2 | 0x4 | 0x8; // no more seals, no shrinking, no growing, no writing

    /// <summary>Makes one; -1 with the reason where that fails. Executions do not inherit it by themselves.</summary>
    public static int Make(string name, ReadOnlySpan<byte> bytes, out SysError error)
    {
        var descriptor = MemfdCreate(name, CloseOnExec | AllowSealing);
        error = SysError.Of(descriptor);
        if (!error.IsNone)
            return -1;
        error = Descriptors.WriteAll(descriptor, bytes);
        if (error.IsNone)
            error = SysError.Of(Fcntl(descriptor, AddSeals, AllSeals));
        if (error.IsNone)
            return descriptor;
        Descriptors.Close(descriptor);
        return -1;
    }

    /// <summary>Reads one from its beginning, whoever else reads it; null where that fails.</summary>
    public static byte[]? Read(int descriptor)
    {
        using var read = new MemoryStream();
        var room = new byte[65536];
        while (read.Length <= MostBytes)
        {
            var count = ReadAt(descriptor, room, (nuint)room.Length, read.Length);
            if (count == 0)
                return read.ToArray();
            if (count > 0)
                read.Write(room.AsSpan(0, (int)count));
            else if (!SysError.Last.IsInterrupted)
                return null;
        }
        return null;
    }

    [LibraryImport(LibC.Name, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);

    [LibraryImport(LibC.Name, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport(LibC.Name, EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int descriptor, Span<byte> into, nuint size, long offset);
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys;

/// <summary>Mode, owner and name of a file. Each answer is 0 or the number of errno(3).</summary>
public static partial class FileOwnership
{
    /// <summary>Sets the permission bits.</summary>
    public static int SetMode(string path, int mode) => ChangeMode(path, (uint)mode) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Sets user and group; null leaves one as it is.</summary>
    public static int SetOwner(string path, uint? user, uint? group) =>
        ChangeOwner(path, user ?? uint.MaxValue, group ?? uint.MaxValue) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Renames, replacing what is there.</summary>
    public static int Rename(string from, string to) => RenameFile(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Mode and owner of what a path leads to; null where that is nothing.</summary>
    public static FileOwner? Read(string path)
    {
        // struct statx of linux/stat.h: mask 0, uid 20, gid 24, mode 28.
        Span<byte> record = stackalloc byte[256];
        return ReadStatus(WorkingFolder, path, 0, BasicFields, record) == 0
            ? new FileOwner(BitConverter.ToUInt16(record[28..]), BitConverter.ToUInt32(record[20..]), BitConverter.ToUInt32(record[24..]))
            : null;
    }

    private const int WorkingFolder = -100;
    private const uint BasicFields = 0x7ff;

    [LibraryImport(LibC.Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int folder, string path, int flags, uint mask, Span<byte> record);

    [LibraryImport(LibC.Name, EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeMode(string path, uint mode);

    [LibraryImport(LibC.Name, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(LibC.Name, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);
}

/// <summary>Who may do what with a file.</summary>
/// <param name="Mode">Kind and permission bits, st_mode of stat(2).</param>
/// <param name="User">The owner.</param>
/// <param name="Group">The group.</param>
public readonly record struct FileOwner(ushort Mode, uint User, uint Group);

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

    [LibraryImport(LibC.Name, EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeMode(string path, uint mode);

    [LibraryImport(LibC.Name, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(LibC.Name, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);
}

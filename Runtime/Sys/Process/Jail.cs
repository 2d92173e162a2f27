using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>The process' place in the file system and what it may gain or leave behind: chroot, umask, prctl.</summary>
public static partial class Jail
{
    private const int SetDumpableOption = 4;      // PR_SET_DUMPABLE
    private const int SetNameOption = 15;         // PR_SET_NAME
    private const int SetNoNewPrivileges = 38;    // PR_SET_NO_NEW_PRIVS

    /// <summary>Makes a directory the root of this process' file system (chroot(2)).</summary>
    public static SysError ChangeRoot(string directory) => SysError.Of(Chroot(directory));

    /// <summary>Changes the working directory.</summary>
    public static SysError ChangeDirectory(string directory) => SysError.Of(Chdir(directory));

    /// <summary>Sets the permission bits which new files do not get; the former ones.</summary>
    public static int SetCreationMask(int mask) => Umask(mask);

    /// <summary>Allows core files again after the user was changed.</summary>
    public static SysError SetDumpable() => SysError.Of(Prctl(SetDumpableOption, 1, 0, 0, 0));

    /// <summary>From now on no program started here gains privileges (set-user-ID files do not count).</summary>
    public static SysError RefuseNewPrivileges() => SysError.Of(Prctl(SetNoNewPrivileges, 1, 0, 0, 0));

    /// <summary>Sets the name that ps(1) and pgrep(1) show for the calling thread, and for the process when it is the first; 15 bytes count.</summary>
    public static SysError SetName(string name) => SysError.Of(PrctlName(SetNameOption, name, 0, 0, 0));

    /// <summary>Sets owner and group of a path; -1 leaves one as it is.</summary>
    public static SysError ChangeOwner(string path, int user, int group) => SysError.Of(Chown(path, user, group));

    /// <summary>Sets the permission bits of a path.</summary>
    public static SysError ChangeMode(string path, int mode) => SysError.Of(Chmod(path, (uint)mode));

    [LibraryImport(LibC.Name, EntryPoint = "chroot", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chroot(string directory);

    [LibraryImport(LibC.Name, EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chdir(string directory);

    [LibraryImport(LibC.Name, EntryPoint = "umask")]
    private static partial int Umask(int mask);

    [LibraryImport(LibC.Name, EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(LibC.Name, EntryPoint = "prctl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PrctlName(int option, string name, nuint b, nuint c, nuint d);

    [LibraryImport(LibC.Name, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, int user, int group);

    [LibraryImport(LibC.Name, EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chmod(string path, uint mode);
}

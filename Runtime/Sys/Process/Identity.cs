using System.Runtime.InteropServices;
using System.Text;

namespace Dropin.Runtime.Sys.Process;

/// <summary>Who this process is: numbers, session, user and groups (credentials(7)).</summary>
public static partial class Identity
{
    /// <summary>The effective user.</summary>
    public static uint EffectiveUser => GetEuid();

    /// <summary>The effective group.</summary>
    public static uint EffectiveGroup => GetEgid();

    /// <summary>The parent's process number.</summary>
    public static int ParentPid => GetPpid();

    /// <summary>Starts a session of its own, without a terminal (setsid(2)).</summary>
    public static SysError StartSession() => SysError.Of(SetSid());

    /// <summary>Leaves all supplementary groups but the given ones.</summary>
    public static SysError SetGroups(ReadOnlySpan<uint> groups) => SysError.Of(SetGroupsNative((nuint)groups.Length, groups));

    /// <summary>Becomes that group for good.</summary>
    public static SysError SetGroup(uint group) => SysError.Of(SetGid(group));

    /// <summary>Becomes that user for good.</summary>
    public static SysError SetUser(uint user) => SysError.Of(SetUid(user));

    /// <summary>Looks a user up in the system's data base: its number and its first group.</summary>
    public static bool TryFindUser(string name, out uint user, out uint group)
    {
        // struct passwd on 64-bit Linux: name*, passwd*, uid, gid, ...
        Span<byte> record = stackalloc byte[64];
        user = group = 0;
        if (!Find(name, record, static (n, r, b, size, out found) => GetPwNam(n, r, b, size, out found)))
            return false;
        user = BitConverter.ToUInt32(record[16..]);
        group = BitConverter.ToUInt32(record[20..]);
        return true;
    }

    /// <summary>Looks a group up in the system's data base.</summary>
    public static bool TryFindGroup(string name, out uint group)
    {
        // struct group on 64-bit Linux: name*, passwd*, gid, members**
        Span<byte> record = stackalloc byte[64];
        group = 0;
        if (!Find(name, record, static (n, r, b, size, out found) => GetGrNam(n, r, b, size, out found)))
            return false;
        group = BitConverter.ToUInt32(record[16..]);
        return true;
    }

    private delegate int Lookup(ReadOnlySpan<byte> name, Span<byte> record, Span<byte> strings, nuint size, out nint found);

    private static bool Find(string name, Span<byte> record, Lookup lookup)
    {
        const int rangeError = 34; // ERANGE: the strings do not fit
        var terminated = new byte[Encoding.UTF8.GetByteCount(name) + 1];
        Encoding.UTF8.GetBytes(name, terminated);
        for (var size = 1024; size <= 1 << 20; size *= 4)
        {
            var result = lookup(terminated, record, new byte[size], (nuint)size, out var found);
            if (result != rangeError)
                return result == 0 && found != 0;
        }
        return false;
    }

    [LibraryImport(LibC.Name, EntryPoint = "geteuid")]
    private static partial uint GetEuid();

    [LibraryImport(LibC.Name, EntryPoint = "getegid")]
    private static partial uint GetEgid();

    [LibraryImport(LibC.Name, EntryPoint = "getppid")]
    private static partial int GetPpid();

    [LibraryImport(LibC.Name, EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();

    [LibraryImport(LibC.Name, EntryPoint = "setgroups", SetLastError = true)]
    private static partial int SetGroupsNative(nuint count, ReadOnlySpan<uint> groups);

    [LibraryImport(LibC.Name, EntryPoint = "setgid", SetLastError = true)]
    private static partial int SetGid(uint group);

    [LibraryImport(LibC.Name, EntryPoint = "setuid", SetLastError = true)]
    private static partial int SetUid(uint user);

    [LibraryImport(LibC.Name, EntryPoint = "getpwnam_r")]
    private static partial int GetPwNam(ReadOnlySpan<byte> name, Span<byte> record, Span<byte> strings, nuint size, out nint found);

    [LibraryImport(LibC.Name, EntryPoint = "getgrnam_r")]
    private static partial int GetGrNam(ReadOnlySpan<byte> name, Span<byte> record, Span<byte> strings, nuint size, out nint found);
}

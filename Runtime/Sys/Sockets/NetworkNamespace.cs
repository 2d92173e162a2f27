using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Network namespaces of the system (setns(2)), as the option "namespace" of bind and server lines names them.</summary>
public static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>
    /// Moves the calling thread, and no other, into the namespace whose file is given (/run/netns/NAME). A socket belongs to the
    /// namespace in which its thread was when it was made, for good.
    /// </summary>
    public static SysError Enter(string path)
    {
        using var file = File.OpenHandle(path);
        return Enter(file);
    }

    /// <summary>Moves the calling thread, and no other, into the namespace whose file is open.</summary>
    internal static SysError Enter(SafeFileHandle file) => SysError.Of(SetNs(file, CloneNewNet));

    /// <summary>
    /// Moves the calling thread, and no other, into a new namespace, which has a loopback link that is down and nothing else. It is gone
    /// when the thread, the sockets made in it and the processes started by it are.
    /// </summary>
    public static SysError EnterNew() => SysError.Of(Unshare(CloneNewNet));

    [LibraryImport(LibC.Name, EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int kinds);

    [LibraryImport(LibC.Name, EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeFileHandle descriptor, int kind);
}

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
        return SysError.Of(SetNs(file, CloneNewNet));
    }

    [LibraryImport(LibC.Name, EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeFileHandle descriptor, int kind);
}

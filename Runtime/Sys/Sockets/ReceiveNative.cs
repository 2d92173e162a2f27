using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>recvmsg(2).</summary>
internal static unsafe partial class ReceiveNative
{
    [LibraryImport(LibC.Name, EntryPoint = "recvmsg", SetLastError = true)]
    internal static partial nint ReceiveMessage(int socket, MessageHeader* message, int flags);
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Socket functions of the C library.</summary>
internal static partial class SocketNative
{
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;
    internal const int NoSignal = 0x4000;
    internal const int MoreFollows = 0x8000;
    internal const int Peek = 0x2;

    [LibraryImport(LibC.Name, EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport(LibC.Name, EntryPoint = "bind", SetLastError = true)]
    internal static unsafe partial int Bind(int descriptor, byte* address, uint length);

    [LibraryImport(LibC.Name, EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(int descriptor, int backlog);

    [LibraryImport(LibC.Name, EntryPoint = "accept4", SetLastError = true)]
    internal static unsafe partial int Accept(int descriptor, byte* address, uint* length, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "connect", SetLastError = true)]
    internal static unsafe partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(LibC.Name, EntryPoint = "recv", SetLastError = true)]
    internal static unsafe partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "send", SetLastError = true)]
    internal static unsafe partial nint Send(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "sendto", SetLastError = true)]
    internal static unsafe partial nint SendTo(int descriptor, byte* buffer, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport(LibC.Name, EntryPoint = "sendmsg", SetLastError = true)]
    internal static unsafe partial nint SendMessage(int descriptor, MessageHeader* message, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "shutdown", SetLastError = true)]
    internal static partial int Shutdown(int descriptor, int how);

    [LibraryImport(LibC.Name, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(LibC.Name, EntryPoint = "getsockopt", SetLastError = true)]
    internal static unsafe partial int GetOption(int descriptor, int level, int option, void* value, uint* length);

    [LibraryImport(LibC.Name, EntryPoint = "setsockopt", SetLastError = true)]
    internal static unsafe partial int SetOption(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport(LibC.Name, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport(LibC.Name, EntryPoint = "getsockname", SetLastError = true)]
    internal static unsafe partial int LocalName(int descriptor, byte* address, uint* length);

    [LibraryImport(LibC.Name, EntryPoint = "getpeername", SetLastError = true)]
    internal static unsafe partial int PeerName(int descriptor, byte* address, uint* length);
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal byte* Base;
    internal nuint Length;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    internal byte* Name;
    internal uint NameLength;
    internal IoVector* Vectors;
    internal nuint VectorCount;
    internal byte* Control;
    internal nuint ControlLength;
    internal int Flags;
}

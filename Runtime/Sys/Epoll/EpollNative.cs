using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Epoll;

/// <summary>epoll(7) and eventfd(2).</summary>
internal static partial class EpollNative
{
    internal const int CloseOnExec = 0x80000;
    internal const int NonBlocking = 0x800;
    internal const int Add = 1;
    internal const int Delete = 2;
    internal const int Modify = 3;

    [LibraryImport(LibC.Name, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int Create(int flags);

    [LibraryImport(LibC.Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static unsafe partial int Control(int epoll, int operation, int descriptor, byte* what);

    [LibraryImport(LibC.Name, EntryPoint = "epoll_wait", SetLastError = true)]
    internal static unsafe partial int Wait(int epoll, byte* events, int most, int milliseconds);

    [LibraryImport(LibC.Name, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(LibC.Name, EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport(LibC.Name, EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport(LibC.Name, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);
}

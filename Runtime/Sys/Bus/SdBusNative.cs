using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Bus;

/// <summary>What is used of libsystemd's sd-bus(3), loaded at the first call: its functions with a fixed number of arguments, none of which waits.</summary>
internal static unsafe partial class SdBusNative
{
    internal const string Library = "libsystemd.so.0";

    /// <summary>Connects to the system's bus; returns before it is connected.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_open_system")]
    internal static partial int OpenSystem(nint* bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_close")]
    internal static partial void Close(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_unref")]
    internal static partial nint Release(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_fd")]
    internal static partial int GetDescriptor(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_events")]
    internal static partial int GetEvents(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_timeout")]
    internal static partial int GetTimeout(nint bus, ulong* microseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_is_ready")]
    internal static partial int IsReady(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_is_open")]
    internal static partial int IsOpen(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    internal static partial int Process(nint bus, nint* message);

    [LibraryImport(Library, EntryPoint = "sd_bus_send")]
    internal static partial int Send(nint bus, nint message, ulong* cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_n_queued_write")]
    internal static partial int GetQueued(nint bus, ulong* count);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_signal", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int NewSignal(nint bus, nint* message, string path, string interfaceName, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int NewCall(nint bus, nint* message, string destination, string path, string interfaceName, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_return")]
    internal static partial int NewReturn(nint call, nint* message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_error")]
    internal static partial int NewError(nint call, nint* message, BusError* error);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    internal static partial nint ReleaseMessage(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    internal static partial int Append(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    internal static partial int CloseContainer(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    internal static partial int Read(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_type")]
    internal static partial int GetKind(nint message, byte* kind);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_reply_cookie")]
    internal static partial int GetReplyCookie(nint message, ulong* cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_sender")]
    internal static partial byte* GetSender(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_path")]
    internal static partial byte* GetPath(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_interface")]
    internal static partial byte* GetInterface(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_member")]
    internal static partial byte* GetMember(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_signature")]
    internal static partial byte* GetSignature(nint message, int complete);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_error")]
    internal static partial BusError* GetError(nint message);

    /// <summary>The library's sd_bus_error.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BusError
    {
        internal byte* Name;
        internal byte* Text;
        internal int NeedsFree;
    }
}

using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.OpenSsl;

/// <summary>What is used of OpenSSL 3's libssl, loaded at the first call.</summary>
internal static partial class OpenSslNative
{
    private const string Name = "libssl.so.3";

    [LibraryImport(Name, EntryPoint = "TLS_client_method")]
    internal static partial nint ClientMethod();

    [LibraryImport(Name, EntryPoint = "SSL_CTX_new")]
    internal static partial nint NewContext(nint method);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_free")]
    internal static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "SSL_new")]
    internal static partial nint NewSession(nint context);

    [LibraryImport(Name, EntryPoint = "SSL_free")]
    internal static partial void FreeSession(nint session);

    [LibraryImport(Name, EntryPoint = "SSL_set_fd")]
    internal static partial int SetDescriptor(nint session, int descriptor);

    [LibraryImport(Name, EntryPoint = "SSL_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long Control(nint session, int command, long argument, string text);

    [LibraryImport(Name, EntryPoint = "SSL_connect")]
    internal static partial int Connect(nint session);

    [LibraryImport(Name, EntryPoint = "SSL_read")]
    internal static partial int Read(nint session, Span<byte> into, int size);

    [LibraryImport(Name, EntryPoint = "SSL_write")]
    internal static partial int Write(nint session, ReadOnlySpan<byte> bytes, int size);

    [LibraryImport(Name, EntryPoint = "SSL_get_error")]
    internal static partial int ErrorOf(nint session, int result);
}

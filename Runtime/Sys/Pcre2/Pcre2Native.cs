using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Pcre2;

/// <summary>libpcre2-8, the functions we use (pcre2api(3)).</summary>
internal static unsafe partial class Pcre2Native
{
    private const string Library = "libpcre2-8.so.0";

    public const uint Caseless = 0x00000008;
    public const uint NotBeginning = 0x00000001;
    public const uint JitComplete = 0x00000001;
    public const int ErrorNoMatch = -1;

    [LibraryImport(Library, EntryPoint = "pcre2_compile_8")]
    public static partial nint Compile(byte* pattern, nuint length, uint options, int* error, nuint* offset, nint context);

    [LibraryImport(Library, EntryPoint = "pcre2_code_free_8")]
    public static partial void FreeCode(nint code);

    [LibraryImport(Library, EntryPoint = "pcre2_jit_compile_8")]
    public static partial int JitCompile(nint code, uint options);

    [LibraryImport(Library, EntryPoint = "pcre2_match_data_create_8")]
    public static partial nint CreateMatchData(uint pairs, nint context);

    [LibraryImport(Library, EntryPoint = "pcre2_match_8")]
    public static partial int Match(nint code, byte* subject, nuint length, nuint start, uint options, nint data, nint context);

    [LibraryImport(Library, EntryPoint = "pcre2_get_ovector_pointer_8")]
    public static partial nuint* GetOvector(nint data);

    [LibraryImport(Library, EntryPoint = "pcre2_get_error_message_8")]
    public static partial int GetErrorMessage(int error, byte* buffer, nuint length);
}

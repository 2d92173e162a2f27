using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Dropin.Runtime.Sys.Crypt;

/// <summary>Hashed passwords as user lists and /etc/shadow have them (crypt(3)).</summary>
public static unsafe partial class PasswordHash
{
    private const string Library = "libcrypt.so.1";

    // The library's structure is 32768 bytes; it is work space, one for each thread.
    [ThreadStatic]
    private static byte[]? t_work;

    /// <summary>Opens the library now: a worker in its chroot does not find it any more.</summary>
    public static void Load() => _ = Verify([], "*");

    /// <summary>Whether a password belongs to a hash.</summary>
    public static bool Verify(ReadOnlySpan<byte> password, string hash)
    {
        var work = t_work ??= GC.AllocateArray<byte>(32768, pinned: true);
        Span<byte> text = stackalloc byte[password.Length + 1];
        password.CopyTo(text);
        text[^1] = 0;
        Span<byte> setting = stackalloc byte[hash.Length + 1];
        Encoding.Latin1.GetBytes(hash, setting);
        setting[^1] = 0;
        fixed (byte* phrase = text, salt = setting, data = work)
        {
            var made = CryptR(phrase, salt, data);
            return made is not null
                && CryptographicOperations.FixedTimeEquals(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(made), setting[..^1]);
        }
    }

    [LibraryImport(Library, EntryPoint = "crypt_r")]
    private static partial byte* CryptR(byte* phrase, byte* setting, byte* data);
}

using System.Security.Cryptography;

namespace Dropin.Runtime.Sys.Crypt;

/// <summary>
/// OpenSSL's library of digests and ciphers, which is opened by its name on first use. For a worker that has left for its chroot that is too
/// late: the file is not there, and the process ends.
/// </summary>
public static class CryptoLibrary
{
    /// <summary>Opens it now.</summary>
    public static void Load()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([], digest);
    }
}

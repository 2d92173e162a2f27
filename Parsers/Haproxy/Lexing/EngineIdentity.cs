using System.Collections.Frozen;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>What the engine says it is, for <c>.if version_atleast(...)</c> and <c>.if feature(...)</c>.</summary>
/// <param name="Version">The level of HAProxy that is honestly reached.</param>
/// <param name="OpenSslVersion">Version of the TLS library.</param>
/// <param name="Features">Build options in HAProxy's spelling.</param>
public sealed record EngineIdentity(string Version, string OpenSslVersion, FrozenSet<string> Features)
{
    /// <summary>This build.</summary>
    public static readonly EngineIdentity Current = new("2.6.12", "3.0.0", FrozenSet.Create(StringComparer.Ordinal,
        "ACCEPT4", "CRYPT_H", "EPOLL", "GETADDRINFO", "LIBCRYPT", "LINUX_TPROXY", "NS", "PCRE2", "PCRE2_JIT", "PRCTL", "RT", "SYSTEMD",
        "TFO", "THREAD", "TPROXY"));
}

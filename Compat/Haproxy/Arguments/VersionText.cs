using System.Text;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Arguments;

/// <summary>
/// The answers to <c>-v</c> and <c>-vv</c>: the original's layout line by line, since scripts look for its beginnings, with what is true of us
/// behind them.
/// </summary>
internal static class VersionText
{
    /// <summary>The first lines, also printed above the usage.</summary>
    internal static string Short => $"""
        HAProxy version {ProductVersion.Text} {ProductVersion.Date} - dropin, a replacement of HAProxy
        Status: dropin {ProductVersion.Release}, which follows HAProxy {ProductVersion.Level} (long-term supported branch).
        Known bugs: what is not executed yet stands in docs/COMPATIBILITY.md
        Running on: {SystemName.Text}

        """;

    /// <summary>Everything.</summary>
    internal static string Long()
    {
        var text = new StringBuilder(Short);
        var engine = EngineIdentity.Current;
        text.Append($"""
            Build options :
              TARGET  = linux-glibc
              CPU     = generic
              CC      = .NET {Environment.Version} Native AOT
              CFLAGS  =
              OPTIONS = {Options(engine)}
              DEBUG   =

            Feature list : {Features(engine)}

            Default settings :
              bufsize = 16384, maxrewrite = 1024, maxpollevents = 200

            Built with multi-threading support (MAX_THREADS=64, default={CpuAffinity.Count()}).
            Built with network namespace support.
            Built with transparent proxy support using: IP_TRANSPARENT IPV6_TRANSPARENT IP_FREEBIND
            Encrypted password support via crypt(3): yes

            {Pollers}

            Available multiplexer protocols :
            (protocols marked as <default> cannot be specified using 'proto' keyword)
              <default> : mode=HTTP  side=FE|BE  mux=H1    flags=HTX
                     h1 : mode=HTTP  side=FE|BE  mux=H1    flags=HTX|NO_UPG
              <default> : mode=TCP   side=FE|BE  mux=PASS  flags=
                   none : mode=TCP   side=FE|BE  mux=PASS  flags=NO_UPG

            Available services : none

            {Filters}


            """);
        return text.ToString();
    }

    /// <summary>The pollers, also printed in verbose and debug mode.</summary>
    internal const string Pollers = """
        Available polling systems :
              epoll : pref=300,  test result OK
        Total: 1 (1 usable), will use epoll.
        """;

    /// <summary>The filters, also printed in verbose and debug mode.</summary>
    internal const string Filters = """
        Available filters :
        	none
        """;

    /// <summary>The names of all build options the original's 2.6 knows, in its order.</summary>
    private static readonly string[] AllFeatures =
    [
        "51DEGREES", "ACCEPT4", "BACKTRACE", "CLOSEFROM", "CPU_AFFINITY", "CRYPT_H", "DEVICEATLAS", "DL", "ENGINE", "EPOLL", "EVPORTS",
        "GETADDRINFO", "KQUEUE", "LIBCRYPT", "LINUX_SPLICE", "LINUX_TPROXY", "LUA", "MEMORY_PROFILING", "NETFILTER", "NS", "OBSOLETE_LINKER",
        "OPENSSL", "OT", "PCRE", "PCRE2", "PCRE2_JIT", "PCRE_JIT", "POLL", "PRCTL", "PROCCTL", "PROMEX", "QUIC", "RT", "SLZ", "STATIC_PCRE",
        "STATIC_PCRE2", "SYSTEMD", "TFO", "THREAD", "THREAD_DUMP", "TPROXY", "WURFL", "ZLIB",
    ];

    private static string Features(EngineIdentity engine)
        => string.Join(' ', AllFeatures.Select(name => (engine.Features.Contains(name) ? "+" : "-") + name));

    private static string Options(EngineIdentity engine)
        => string.Join(' ', AllFeatures.Where(engine.Features.Contains).Select(name => $"USE_{name}=1"));
}

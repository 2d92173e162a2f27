using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The <c>global</c> section as far as it has been read.</summary>
public sealed class GlobalSyntax
{
    /// <summary>The settings which need no further work.</summary>
    public GlobalConfig Config { get; set; } = new();

    /// <summary>Log targets; proxies with <c>log global</c> get them all, also those below.</summary>
    public List<LogTargetConfig> Logs { get; } = [];

    /// <summary>Statistics sockets.</summary>
    public List<BindConfig> StatsSockets { get; } = [];

    /// <summary>Keywords that may stand once only and have been seen.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary><c>expose-experimental-directives</c></summary>
    public bool Experimental { get; set; }

    /// <summary>How many findings there were before <c>quiet</c>, which silences the later ones; null without it.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>Warnings make the load fail (<c>zero-warning</c>).</summary>
    public bool ZeroWarning { get; set; }

    /// <summary>What <c>unix-bind</c> sets for Unix sockets: prefix, mode, owner, group.</summary>
    public string UnixPrefix { get; set; } = "";

    /// <summary>See <see cref="UnixPrefix"/>.</summary>
    public int? UnixMode { get; set; }

    /// <summary>See <see cref="UnixPrefix"/>.</summary>
    public uint? UnixUid { get; set; }

    /// <summary>See <see cref="UnixPrefix"/>.</summary>
    public uint? UnixGid { get; set; }

    /// <summary>The file with more header spellings (<c>h1-case-adjust-file</c>); it is read when all sections have been; null none.</summary>
    public string? HeaderCaseFile { get; set; }

    /// <summary>How relative file names are looked up (<c>default-path</c>).</summary>
    public string DefaultPath { get; set; } = "current";

    /// <summary>The folder of <c>default-path parent|origin</c>.</summary>
    public string? DefaultPathFolder { get; set; }

    /// <summary>Folder for certificates.</summary>
    public string? CertificateBase { get; set; }

    /// <summary>Folder for authorities.</summary>
    public string? AuthorityBase { get; set; }

    /// <summary>Whether server certificates are verified by default.</summary>
    public bool ServerVerifyNone { get; set; }

    /// <summary><c>insecure-fork-wanted</c></summary>
    public bool InsecureFork { get; set; }
}

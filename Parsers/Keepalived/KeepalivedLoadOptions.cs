using Dropin.Parsers.Keepalived.Binding;

namespace Dropin.Parsers.Keepalived;

/// <summary>How a keepalived.conf is read.</summary>
public sealed record KeepalivedLoadOptions
{
    /// <summary>The machine: interfaces, users, files.</summary>
    public required IHostFacts Facts { get; init; }

    /// <summary>What <c>@ID</c> lines are compared with (<c>-i</c>, <c>--config-id</c>); null for the host's name up to its first dot.</summary>
    public string? ConfigId { get; init; }

    /// <summary>All features are asked for whatever the file has: an include that matches nothing is an error (<c>-e all</c>, <c>--all-config</c>).</summary>
    public IncludeChecks IncludeChecks { get; init; }

    /// <summary>The namespace of the command line (<c>-s</c>); it wins over the file's. Null for none.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>
    /// The process is inside of the namespace that the file names: everything is read. Otherwise a file with <c>net_namespace</c> is read for that
    /// name alone, see <see cref="KeepalivedLoad.NeedsNamespace"/>.
    /// </summary>
    public bool InNamespace { get; init; }

    /// <summary>The mask of the command line (<c>-u</c>); it wins over the file's. Null for none.</summary>
    public int? Umask { get; init; }

    /// <summary>
    /// How many lines a reading may have once everything is repeated and substituted: a few short lines can ask for billions. Beyond it the
    /// reading stops with a finding.
    /// </summary>
    public int MostLines { get; init; } = 2_000_000;

    /// <summary>What <c>${_RANDOM}</c> begins with; null for a seed of the time. A file may set it as well (<c>random_seed</c>).</summary>
    public int? RandomSeed { get; init; }
}

/// <summary>Which missing files make an <c>include</c> an error (keepalived.conf(5), <c>include_check</c>).</summary>
[Flags]
public enum IncludeChecks
{
    /// <summary>None does.</summary>
    None = 0,

    /// <summary>A file that matches and cannot be read.</summary>
    Readable = 1,

    /// <summary>A name without wildcards that matches nothing.</summary>
    Match = 2,

    /// <summary>A pattern that matches nothing.</summary>
    WildcardMatch = 4,

    /// <summary>A brace expression of which one part matches nothing.</summary>
    BraceMatch = 8,

    /// <summary>All of them.</summary>
    All = Readable | Match | WildcardMatch | BraceMatch,
}

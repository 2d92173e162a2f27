using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>What one instance or group tracks.</summary>
public sealed record TrackingConfig
{
    /// <summary>Interfaces by name.</summary>
    public ValueList<TrackedInterface> Interfaces { get; init; } = [];

    /// <summary>Scripts.</summary>
    public ValueList<Tracked<TrackScriptConfig>> Scripts { get; init; } = [];

    /// <summary>Files.</summary>
    public ValueList<Tracked<TrackFileConfig>> Files { get; init; } = [];

    /// <summary>Processes.</summary>
    public ValueList<Tracked<TrackProcessConfig>> Processes { get; init; } = [];
}

/// <summary>One tracked thing with the weight it has here.</summary>
/// <param name="Target">What is tracked.</param>
/// <param name="Weight">-253 to 253 (files -254 to 254): added to the priority; 0: a failure is a fault.</param>
/// <param name="Reverse">Success counts as failure and the other way round.</param>
public sealed record Tracked<T>(T Target, int Weight, bool Reverse);

/// <summary>One tracked interface.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Weight">-253 to 253; 0: down is a fault.</param>
/// <param name="Reverse">Down is good, up is bad.</param>
public sealed record TrackedInterface(string Interface, int Weight, bool Reverse);

/// <summary>A command with its arguments and the user it runs as.</summary>
/// <param name="Line">As written, with its arguments.</param>
/// <param name="Words">Path and arguments, unquoted and unescaped.</param>
/// <param name="UserId">uid.</param>
/// <param name="GroupId">gid.</param>
public sealed record ScriptCommand(string Line, ValueList<string> Words, uint UserId, uint GroupId)
{
    /// <summary>Its words, each in single quotes, as dumps and SNMP show it.</summary>
    public string Quoted => string.Join(' ', Words.Select(word => $"'{word}'"));
}

/// <summary>A script whose exit code moves priorities (<c>vrrp_script</c>).</summary>
public sealed record TrackScriptConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is run.</summary>
    public required ScriptCommand Command { get; init; }

    /// <summary>Between two runs.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After which a run is ended; zero for the interval.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The weight where the tracker names none, -253 to 253.</summary>
    public int Weight { get; init; }

    /// <summary>Whether <c>reverse</c> stands behind the weight.</summary>
    public bool Reverse { get; init; }

    /// <summary>Successes in a row that make it good.</summary>
    public int Rise { get; init; } = 1;

    /// <summary>Failures in a row that make it bad.</summary>
    public int Fall { get; init; } = 1;

    /// <summary>It counts as failed until it has run (<c>init_fail</c>).</summary>
    public bool StartsFailed { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>A file with a number in it (<c>track_file</c>, <c>vrrp_track_file</c>).</summary>
public sealed record TrackFileConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>The weight where the tracker names none: the number is multiplied by it.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether <c>reverse</c> stands behind the weight.</summary>
    public bool Reverse { get; init; }

    /// <summary>What is written into the file at start; null for nothing.</summary>
    public int? InitialValue { get; init; }

    /// <summary>Whether an existing file is overwritten at start.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>Processes by name (<c>vrrp_track_process</c>).</summary>
public sealed record TrackProcessConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The program, and its arguments where parameters are compared.</summary>
    public ValueList<string> Words { get; init; } = [];

    /// <summary>How the arguments are compared; null where only the program is.</summary>
    public ParameterMatch? Parameters { get; init; }

    /// <summary>The whole command line is read (<c>full_command</c>).</summary>
    public bool FullCommand { get; init; }

    /// <summary>The fewest processes that are good.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>The most processes that are good.</summary>
    public int QuorumMax { get; init; } = int.MaxValue;

    /// <summary>The weight where the tracker names none, -254 to 254.</summary>
    public int Weight { get; init; }

    /// <summary>Whether <c>reverse</c> stands behind the weight.</summary>
    public bool Reverse { get; init; }

    /// <summary>How long the quorum has to be held before it counts (<c>fork_delay</c>, <c>delay</c>).</summary>
    public TimeSpan ForkDelay { get; init; }

    /// <summary>How long it has to be missing before it counts (<c>terminate_delay</c>, <c>delay</c>).</summary>
    public TimeSpan TerminateDelay { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>How the arguments of a tracked process are compared (<c>param_match</c>).</summary>
public enum ParameterMatch
{
    /// <summary>Word for word, no more and no less.</summary>
    Exact,

    /// <summary>The configured ones come first; the last may be cut.</summary>
    Partial,

    /// <summary>The configured ones come first.</summary>
    Initial,
}

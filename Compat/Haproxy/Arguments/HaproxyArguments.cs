namespace Dropin.Compat.Haproxy.Arguments;

/// <summary>What the command line asks for (management manual, chapter 3). Null and empty mean: not given.</summary>
public sealed record HaproxyArguments
{
    /// <summary>Files and directories to read, in the order of <c>-f</c> and <c>--</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>-c</c>: read and check, then leave.</summary>
    public bool Check { get; init; }

    /// <summary><c>-cc</c>: the condition to evaluate.</summary>
    public string? Condition { get; init; }

    /// <summary><c>-C</c>: the directory to go to before the files are read.</summary>
    public string? Directory { get; init; }

    /// <summary><c>-D</c>: go to the background.</summary>
    public bool Daemon { get; init; }

    /// <summary><c>-W</c> or <c>-Ws</c>: run a master that watches workers.</summary>
    public bool MasterWorker { get; init; }

    /// <summary><c>-Ws</c>: and tell systemd.</summary>
    public bool Systemd { get; init; }

    /// <summary><c>-S</c>: the address of the master's CLI with its options, separated by commas; one each time it was given.</summary>
    public IReadOnlyList<string> MasterSockets { get; init; } = [];

    /// <summary><c>-p</c>: the file for process numbers.</summary>
    public string? PidFile { get; init; }

    /// <summary><c>-q</c>: no messages.</summary>
    public bool Quiet { get; init; }

    /// <summary><c>-V</c>: verbose.</summary>
    public bool Verbose { get; init; }

    /// <summary><c>-v</c> (1) or <c>-vv</c> (2): tell the version and leave.</summary>
    public int ShowVersion { get; init; }

    /// <summary><c>-d</c>: debug mode, foreground.</summary>
    public bool Debug { get; init; }

    /// <summary><c>-db</c>: stay in the foreground.</summary>
    public bool Foreground { get; init; }

    /// <summary><c>-dW</c>: warnings are errors.</summary>
    public bool ZeroWarning { get; init; }

    /// <summary><c>-dD</c>: diagnostic mode.</summary>
    public bool Diagnose { get; init; }

    /// <summary><c>-dr</c>: a server name that cannot be resolved is no error.</summary>
    public bool IgnoreResolution { get; init; }

    /// <summary><c>-dV</c>: servers' certificates are not verified.</summary>
    public bool NoVerify { get; init; }

    /// <summary><c>-dR</c>: no SO_REUSEPORT.</summary>
    public bool NoReusePort { get; init; }

    /// <summary><c>-dS</c>: no splice(2).</summary>
    public bool NoSplice { get; init; }

    /// <summary><c>-dG</c>: no getaddrinfo(3).</summary>
    public bool NoGetaddrinfo { get; init; }

    /// <summary><c>-de</c>: no epoll.</summary>
    public bool NoEpoll { get; init; }

    /// <summary><c>-dp</c>: no poll.</summary>
    public bool NoPoll { get; init; }

    /// <summary><c>-dL</c>: list the loaded libraries after the check.</summary>
    public bool ListLibraries { get; init; }

    /// <summary><c>-dK</c>: classes of keywords to dump, as written.</summary>
    public string? DumpKeywords { get; init; }

    /// <summary><c>-dMhelp</c>: tell the memory options and leave.</summary>
    public bool ShowMemoryOptions { get; init; }

    /// <summary><c>-n</c>: most connections of the process; 0 = not given.</summary>
    public int MaxConnections { get; init; }

    /// <summary><c>-N</c>: most connections of a proxy; 0 = not given.</summary>
    public int ProxyMaxConnections { get; init; }

    /// <summary><c>-m</c>: most memory, megabytes; 0 = not given.</summary>
    public int MemoryLimit { get; init; }

    /// <summary><c>-L</c>: the local peer's name.</summary>
    public string? LocalPeer { get; init; }

    /// <summary><c>-sf</c>, <c>-st</c>: the old processes.</summary>
    public IReadOnlyList<int> OldPids { get; init; } = [];

    /// <summary><c>-st</c>: the old processes shall end at once instead of finishing their work.</summary>
    public bool TerminateOld { get; init; }

    /// <summary><c>-x</c>: where to fetch listening sockets.</summary>
    public string? OldSocket { get; init; }

    /// <summary><c>-x</c> was given more than once.</summary>
    public bool OldSocketRepeated { get; init; }

    /// <summary>Why the command line is wrong, for an alert; null when it is not, or when the usage says it all.</summary>
    public string? Error { get; init; }

    /// <summary>Whether to print the usage and leave with status 1.</summary>
    public bool ShowUsage { get; init; }
}

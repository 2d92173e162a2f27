using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>The process' settings (configuration manual 3).</summary>
/// <remarks>A property that is null was not set: the default is then derived where it is used.</remarks>
public sealed record GlobalConfig
{
    /// <summary>Log targets of the process and of every proxy with <c>log global</c>.</summary>
    public ValueList<LogTargetConfig> Logs { get; init; } = [];

    /// <summary>The program name in log lines.</summary>
    public string LogTag { get; init; } = "haproxy";

    /// <summary>The host name in log lines; "" sends the machine's name, null sends none.</summary>
    public string? LogSendHostname { get; init; }

    /// <summary>The folder to change the root to after binding.</summary>
    public string? Chroot { get; init; }

    /// <summary>The user number to become; of <c>uid</c> or <c>user</c>.</summary>
    public uint? Uid { get; init; }

    /// <summary>The group number to become.</summary>
    public uint? Gid { get; init; }

    /// <summary>Whether a process that gave up its user may still be dumped and traced (<c>set-dumpable</c>).</summary>
    public bool Dumpable { get; init; }

    /// <summary>Whether programs that this process starts may gain privileges, as set-user-ID ones do (<c>insecure-setuid-wanted</c>).</summary>
    public bool InsecureSetuid { get; init; }

    /// <summary>Whether to go into the background (<c>daemon</c>).</summary>
    public bool Daemon { get; init; }

    /// <summary>Whether to run with a master process (<c>master-worker</c>).</summary>
    public bool MasterWorker { get; init; }

    /// <summary>After how many reloads a worker of the master is killed; null never.</summary>
    public int? MasterWorkerMaxReloads { get; init; }

    /// <summary>Whether the master goes on when a worker dies (<c>master-worker no-exit-on-failure</c>).</summary>
    public bool NoExitOnFailure { get; init; }

    /// <summary>Whether messages on standard error are suppressed after start.</summary>
    public bool Quiet { get; init; }

    /// <summary>The file to write process numbers to.</summary>
    public string? PidFile { get; init; }

    /// <summary>How many threads; null means one for each core the process may use.</summary>
    public int? Threads { get; init; }

    /// <summary>Most concurrent connections of the process; null means derived from the descriptor limit.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Most new connections a second; 0 unlimited.</summary>
    public int MaxConnectionRate { get; init; }

    /// <summary>Most new sessions a second; 0 unlimited.</summary>
    public int MaxSessionRate { get; init; }

    /// <summary>The descriptor limit to set; null means derived from <see cref="MaxConnections"/>.</summary>
    public int? DescriptorLimit { get; init; }

    /// <summary>The highest descriptor limit that may be asked for (<c>fd-hard-limit</c>).</summary>
    public int? DescriptorHardLimit { get; init; }

    /// <summary>Never says LOCAL in a PROXY protocol header of version 2 (<c>pp2-never-send-local</c>).</summary>
    public bool ProxyV2NeverLocal { get; init; }

    /// <summary>Most bytes of memory in megabytes (<c>-m</c>); 0 unlimited.</summary>
    public int MemoryLimitMegabytes { get; init; }

    /// <summary>How long a soft stop may take before the process ends all the same.</summary>
    public Duration? HardStopAfter { get; init; }

    /// <summary>
    /// Over which time a soft stop spreads the end of client connections (<c>close-spread-time</c>): null at once, <see cref="NeverClosed"/> they are left alone.
    /// </summary>
    public Duration? CloseSpread { get; init; }

    /// <summary>The word <c>infinite</c> of <c>close-spread-time</c>.</summary>
    public static readonly Duration NeverClosed = new(int.MaxValue);

    /// <summary>How long the listeners stay after a soft stop was asked for.</summary>
    public Duration? Grace { get; init; }

    /// <summary>The node's name (<c>node</c>); null means the machine's host name.</summary>
    public string? Node { get; init; }

    /// <summary>Free text shown on the statistics page.</summary>
    public string? Description { get; init; }

    /// <summary>The statistics sockets.</summary>
    public ValueList<BindConfig> StatsSockets { get; init; } = [];

    /// <summary>How long a connection to a statistics socket may be idle. Default 10 s.</summary>
    public Duration StatsTimeout { get; init; } = new(10_000);

    /// <summary>Most connections to the statistics sockets. Default 10.</summary>
    public int StatsMaxConnections { get; init; } = 10;

    /// <summary>The folder that relative server state file names are looked up in.</summary>
    public string? ServerStateBase { get; init; }

    /// <summary>The file that holds the servers' states of all backends that ask for <c>global</c>.</summary>
    public string? ServerStateFile { get; init; }

    /// <summary>Percent by which the times of health checks are spread, 0 to 50.</summary>
    public int SpreadChecks { get; init; }

    /// <summary>The longest interval after which checks are not spread further.</summary>
    public Duration? MaxSpreadChecks { get; init; }

    /// <summary>Whether scripts may be run by checks (<c>external-check</c>).</summary>
    public bool ExternalCheck { get; init; }

    /// <summary>Pairs of a lower-case header name and the spelling to send.</summary>
    public ValueList<HeaderCase> HeaderCases { get; init; } = [];

    /// <summary>What sets the variables of the process before anything runs (<c>set-var</c>, <c>set-var-fmt</c>), in order.</summary>
    public ValueList<RuleConfig> Variables { get; init; } = [];

    /// <summary>Whether GET, HEAD and DELETE of HTTP/1.0 may carry a body (<c>h1-accept-payload-with-any-method</c>).</summary>
    public bool AcceptAnyPayload { get; init; }

    /// <summary>Buffer sizes and other tuning.</summary>
    public TuneConfig Tune { get; init; } = new();

    /// <summary>Whether a server's address change of one process is not carried out (<c>no-…</c> switches that the engine needs).</summary>
    public bool StrictLimits { get; init; } = true;

    /// <summary>Environment after the files' <c>setenv</c>, <c>presetenv</c>, <c>unsetenv</c>, <c>resetenv</c>.</summary>
    public ValueList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Status codes counted as errors and failures, kept for later versions.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>One environment variable.</summary>
public sealed record EnvironmentVariable(string Name, string Value);

/// <summary>A lower-case header name and how it is to be spelled (<c>h1-case-adjust</c>).</summary>
public sealed record HeaderCase(string LowerName, string Spelling);

/// <summary>Sizes and limits of the engine (configuration manual 3.2, <c>tune.*</c>).</summary>
public sealed record TuneConfig
{
    /// <summary>Bytes of a buffer. Default 16384.</summary>
    public int BufferSize { get; init; } = 16384;

    /// <summary>Bytes of a buffer that are reserved for rewriting. Default 1024.</summary>
    public int MaxRewrite { get; init; } = 1024;

    /// <summary>Most headers of a message. Default 101.</summary>
    public int MaxHeaders { get; init; } = 101;

    /// <summary>Most bytes of a captured cookie. Default 63.</summary>
    public int CookieLength { get; init; } = 63;

    /// <summary>Most bytes of a request line in logs. Default 1023: the manual says 1024, which counts the end of the string.</summary>
    public int LogUriLength { get; init; } = 1023;

    /// <summary>Socket receive buffer of client connections; null leaves the system's.</summary>
    public int? ClientReceiveBuffer { get; init; }

    /// <summary>Socket send buffer of client connections.</summary>
    public int? ClientSendBuffer { get; init; }

    /// <summary>Socket receive buffer of server connections.</summary>
    public int? ServerReceiveBuffer { get; init; }

    /// <summary>Socket send buffer of server connections.</summary>
    public int? ServerSendBuffer { get; init; }

    /// <summary>Most connections accepted in one turn. Default 4.</summary>
    public int MaxAccept { get; init; } = 4;

    /// <summary>Most events taken from the poller at once. Default 200.</summary>
    public int MaxPollEvents { get; init; } = 200;

    /// <summary>Whether a thread without an idle connection to a server takes one from another thread (<c>tune.idle-pool.shared</c>). Default on.</summary>
    public bool SharesIdleConnections { get; init; } = true;
}

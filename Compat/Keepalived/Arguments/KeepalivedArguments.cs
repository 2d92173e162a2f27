namespace Dropin.Compat.Keepalived.Arguments;

/// <summary>What to do instead of running the daemon.</summary>
public enum Errand
{
    /// <summary>Run.</summary>
    Serve,

    /// <summary>Test the configuration (<c>-t</c>).</summary>
    TestConfiguration,

    /// <summary>Show the version (<c>-v</c>).</summary>
    ShowVersion,

    /// <summary>Show the options (<c>-h</c>).</summary>
    ShowUsage,

    /// <summary>Print a signal's number (<c>--signum</c>).</summary>
    ShowSignal,

    /// <summary>Hash a page (<c>-T</c>).</summary>
    HashPage,

    /// <summary>Say what is wrong with the options and end with 1.</summary>
    Refuse,
}

/// <summary>The command line of keepalived(8), as values.</summary>
public sealed record KeepalivedArguments
{
    /// <summary>What to do.</summary>
    public Errand Errand { get; init; }

    /// <summary>The sentence to end with, or the name of the signal asked for.</summary>
    public string? Text { get; init; }

    /// <summary>Complaints that do not end the program, each to standard error as it stands.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>Words that are no options.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The configuration (<c>-f</c>).</summary>
    public string ConfigurationPath { get; init; } = DefaultConfigurationPath;

    /// <summary>VRRP is to run: neither <c>-C</c> alone nor anything else keeps it out.</summary>
    public bool RunsVrrp { get; init; } = true;

    /// <summary>Health checkers are to run.</summary>
    public bool RunsCheckers { get; init; } = true;

    /// <summary>BFD is to run (no <c>-B</c>).</summary>
    public bool RunsBfd { get; init; } = true;

    /// <summary>Parts run even without a configuration (<c>--all</c>).</summary>
    public bool RunsAll { get; init; }

    /// <summary>Messages go to the console too (<c>-l</c>).</summary>
    public bool LogConsole { get; init; }

    /// <summary>Detailed messages (<c>-D</c>).</summary>
    public bool LogDetail { get; init; }

    /// <summary>Nothing goes to syslog (<c>-G</c>).</summary>
    public bool NoSyslog { get; init; }

    /// <summary>The facility's number (<c>-S</c>); 3 is daemon.</summary>
    public int LogFacility { get; init; } = 3;

    /// <summary>Addresses are dropped when a signal makes a transition (<c>-X</c>).</summary>
    public bool ReleaseAddresses { get; init; }

    /// <summary>Addresses, routes and rules stay at the end (<c>-V</c>).</summary>
    public bool KeepAddresses { get; init; }

    /// <summary>Parts that end are not started again (<c>-R</c>).</summary>
    public bool NoRespawn { get; init; }

    /// <summary>The process stays in the foreground (<c>-n</c>).</summary>
    public bool Foreground { get; init; }

    /// <summary>The configuration is shown at the start (<c>-d</c>).</summary>
    public bool DumpConfiguration { get; init; }

    /// <summary>Changed pid files, null for the usual ones: of the daemon (<c>-p</c>).</summary>
    public string? PidPath { get; init; }

    /// <summary>Of the VRRP part (<c>-r</c>).</summary>
    public string? VrrpPidPath { get; init; }

    /// <summary>Of the checkers (<c>-c</c>).</summary>
    public string? CheckersPidPath { get; init; }

    /// <summary>Of BFD (<c>-b</c>).</summary>
    public string? BfdPidPath { get; init; }

    /// <summary>All changes of addresses are logged (<c>-a</c>).</summary>
    public bool MonitorAddresses { get; init; }

    /// <summary>The network namespace (<c>-s</c>); null for the file's.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>A core may be dumped (<c>-m</c>, <c>-M</c>).</summary>
    public bool DumpsCore { get; init; }

    /// <summary>The pattern of core files (<c>-M</c>); null to leave it.</summary>
    public string? CorePattern { get; init; }

    /// <summary>Each file must be there (<c>-e</c>).</summary>
    public bool AllFilesNeeded { get; init; }

    /// <summary>The name for <c>@name</c> lines (<c>-i</c>); null for the host's.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>SNMP is asked for (<c>-x</c>).</summary>
    public bool Snmp { get; init; }

    /// <summary>Where SNMP's master agent listens (<c>-A</c>); null for what the file says.</summary>
    public string? SnmpSocket { get; init; }

    /// <summary>The umask (<c>-u</c>); null for the usual one.</summary>
    public int? Umask { get; init; }

    /// <summary>Where the test writes (<c>-tFILE</c>); null for standard error.</summary>
    public string? TestLogPath { get; init; }

    /// <summary>The file that is read without <c>-f</c>.</summary>
    public const string DefaultConfigurationPath = "/etc/keepalived/keepalived.conf";
}

namespace Dropin.Compat.Keepalived.Arguments;

/// <summary>Which signal asks the daemon for what; the numbers are those of Debian's keepalived, which scripts may have written down.</summary>
public static class SignalNames
{
    /// <summary>End.</summary>
    public const int Stop = 15;

    /// <summary>Read the configuration again.</summary>
    public const int Reload = 1;

    /// <summary>Write configuration and state to /tmp/keepalived.data.</summary>
    public const int Data = 10;

    /// <summary>Write statistics to /tmp/keepalived.stats.</summary>
    public const int Stats = 12;

    /// <summary>Write them and begin anew: SIGRTMAX - 1.</summary>
    public const int StatsClear = 63;

    /// <summary>Write configuration, state and statistics to /tmp/keepalived.json: SIGRTMIN + 2.</summary>
    public const int Json = 36;

    /// <summary>The number by the name that <c>--signum</c> knows; null for none.</summary>
    public static int? Number(string name) => name switch
    {
        "STOP" => Stop,
        "RELOAD" => Reload,
        "DATA" => Data,
        "STATS" => Stats,
        "STATS_CLEAR" => StatsClear,
        "JSON" => Json,
        _ => null,
    };
}

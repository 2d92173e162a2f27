namespace Dropin.Runtime.Vrrp.Core;

/// <summary>How one run of a tracked script ended.</summary>
public enum ScriptOutcome
{
    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Another exit code, or it could not be run.</summary>
    Failed,

    /// <summary>It was ended by a signal.</summary>
    Killed,

    /// <summary>It did not end in time.</summary>
    TimedOut,
}

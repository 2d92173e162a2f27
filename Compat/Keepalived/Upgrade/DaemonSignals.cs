using Dropin.Compat.Keepalived.Arguments;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>The signals that the daemon obeys.</summary>
internal static class DaemonSignals
{
    /// <summary>All of them.</summary>
    internal static ReadOnlySpan<int> All => (int[])[Signal.Term, Signal.Int, Signal.Hup, SignalNames.Data, SignalNames.Stats, SignalNames.StatsClear, SignalNames.Json, Signal.Pipe];
}

using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Goes to real time, and one step higher each time, when turns come late (<c>max_auto_priority</c>).</summary>
/// <param name="global">The global definitions of the moment.</param>
internal sealed class AutomaticPriority(Func<GlobalConfig> global)
{
    /// <summary>The priority that was taken; 0 for none yet. The system keeps it over an execution.</summary>
    internal int Taken { get; set; }

    /// <summary>Looks for late turns among what happens.</summary>
    internal void Watch(VrrpEvent happened)
    {
        if (happened is not LateTurn || global().MaxAutoPriority == 0)
            return;
        var (lowest, highest) = Scheduling.RealTimeRange;
        var most = global().MaxAutoPriority < 0 ? highest : Math.Min(global().MaxAutoPriority, highest);
        var next = Math.Max(Math.Max(Taken, global().Vrrp.RealTimePriority) + 1, lowest);
        if (next <= most && Scheduling.SetRealTime(next, global().Vrrp.RealTimeLimit).IsNone)
            Taken = next;
    }
}

using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What an operator changes in a running router without a reload (SNMP's set).</summary>
public sealed partial class VrrpCore
{
    /// <summary>Another base priority; the configuration's holds again after a reload.</summary>
    /// <param name="now">The time.</param>
    /// <param name="instance">Which.</param>
    /// <param name="priority">1 to 255.</param>
    public void SetBasePriority(long now, InstanceState instance, int priority)
    {
        if (!_started || !_instances.Contains(instance) || priority is < 1 or > InstanceState.OwnerPriority || priority == instance.BasePriority) return;
        Effects.Add(new BasePrioritySet(instance.Name, instance.BasePriority, priority));
        instance.SetBasePriority(priority);
        instance.Reassess(now);
    }

    /// <summary>Whether it preempts a master of lower priority.</summary>
    public void SetPreemption(long now, InstanceState instance, bool preempts)
    {
        if (!_started || !_instances.Contains(instance)) return;
        Effects.Add(new PreemptionSet(instance.Name, preempts));
        instance.SetPreemption(preempts);
    }
}

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>See <see cref="VrrpCore.SetBasePriority"/>.</summary>
public sealed partial class InstanceState
{
    /// <summary>The base priority alone: weights are counted by <see cref="Reassess"/>. Whoever becomes the owner of the addresses has 255 in its adverts at once.</summary>
    internal void SetBasePriority(int priority)
    {
        Config = Config with { Priority = priority };
        BasePriority = priority;
        if (!IsOwner) return;
        TotalPriority = EffectivePriority = priority;
        RenewDownInterval();
    }

    internal void SetPreemption(bool preempts)
    {
        Config = Config with { NoPreempt = !preempts };
        if (!preempts) PreemptAt = Microseconds.Never;
    }
}

using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>The one timer of the protocol: the next advert of a master, the silence that a backup bears.</summary>
public sealed partial class InstanceState
{
    internal long NextDeadline => Math.Min(TimerAt, AnnounceDeadline);

    /// <summary>Its timer ended, and it waits for the rest of its group.</summary>
    internal bool IsWaiting { get; private set; }

    internal void TimerEnded(long now)
    {
        if (State == VrrpState.Master)
        {
            SendAdverts(EffectivePriority);
            TimerAt = now + AdvertInterval;
            return;
        }
        _core.Effects.Add(new AdvertTimeout(Name));
        if (Group is { } group && !group.AllOthersAreReady(this))
        {
            // It waits for the rest of its group and asks again.
            WantedState = VrrpState.Master;
            IsWaiting = true;
            TimerAt = now + MasterDownInterval;
            return;
        }
        BecomeMaster(now);
        Group?.Follow(now, this, VrrpState.Master);
    }
}

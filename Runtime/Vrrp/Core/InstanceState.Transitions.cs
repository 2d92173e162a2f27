using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>
/// The doors between the states; nothing else sets <see cref="State"/>. Each leaves the old state's duties (addresses, announcements,
/// timers) and takes up the new one's, and tells log and scripts in the order of the original.
/// </summary>
public sealed partial class InstanceState
{
    /// <summary>The first state, when nothing holds it back. Owners that want to be master take over at once and say nothing before.</summary>
    internal void BeginAsBackup(long now, long delay)
    {
        if (IsOwner && Config.WantsMaster)
        {
            Set(now, VrrpState.Backup);
            WantedState = VrrpState.Master;
            TimerAt = now + delay;
            return;
        }
        EnterBackup(now, true);
        // "state MASTER" means no more than this word in the dumps.
        if (Config.WantsMaster) WantedState = VrrpState.Master;
        TimerAt += delay;
    }

    /// <summary>The first state with a fault; the reasons were told.</summary>
    internal void BeginAsFault(long now, bool told)
    {
        var from = State;
        if (told) _core.Effects.Add(new FaultAtStart(Name));
        Set(now, VrrpState.Fault);
        WantedState = VrrpState.Fault;
        _core.Effects.Add(new InstanceChanged(this, from, VrrpState.Fault));
    }

    /// <summary>To backup from anywhere; a master leaves its addresses without a word to the others.</summary>
    internal void BecomeBackup(long now) => EnterBackup(now, false);

    /// <summary>A virtual address was taken away: the master gives up and tries again after the skew time.</summary>
    internal void StepDown(long now)
    {
        if (State != VrrpState.Master) return;
        _core.Effects.Add(new EnteringState(Name, VrrpState.Backup, false));
        GiveUp();
        EnterBackupQuietly(now);
        TimerAt = now + SkewTime;
    }

    /// <summary>To fault.</summary>
    /// <param name="now">The time.</param>
    /// <param name="own">A fault of its own; false for a group's.</param>
    internal void BecomeFault(long now, bool own)
    {
        var from = State;
        if (from != VrrpState.Initialize) _core.Effects.Add(new EnteringState(Name, VrrpState.Fault, false));
        if (from == VrrpState.Master)
        {
            // The original sends two in its own fault, one with its group; a lost one does less harm so.
            if (own) _core.Effects.Add(new SentPriorityZero(Name));
            if (own) Counters.PriorityZeroSent++;
            if (own) SendAdverts(0);
            SendAdverts(0);
            Release();
        }
        Set(now, VrrpState.Fault);
        WantedState = VrrpState.Fault;
        TimerAt = Microseconds.Never;
        _core.Effects.Add(new InstanceChanged(this, from, VrrpState.Fault));
    }

    /// <summary>To master; the group has agreed.</summary>
    internal void BecomeMaster(long now)
    {
        var from = State;
        Set(now, VrrpState.Master);
        WantedState = VrrpState.Master;
        PreemptAt = Microseconds.Never;
        Counters.BecameMaster++;
        (NewMasterReason, _reasonToCome) = (_reasonToCome, NewMasterReason.MasterNoResponse);
        (MasterAddress, MasterPriority) = (Protocols.Vrrp.RouterAddress.None, 0);
        SendAdverts(EffectivePriority);
        TimerAt = now + AdvertInterval;
        _core.Effects.Add(new EnteringState(Name, VrrpState.Master, false));
        if (MasterAdvertInterval != AdvertInterval)
        {
            _core.Effects.Add(new IntervalRestored(Name, Milliseconds(MasterAdvertInterval), Milliseconds(AdvertInterval)));
            MasterAdvertInterval = AdvertInterval;
            RenewDownInterval();
        }
        HoldsAddresses = true;
        _core.Effects.Add(new AddVirtual(this, VirtualResources.Of(Config), false));
        BeginAnnouncing(now);
        _core.Effects.Add(new InstanceChanged(this, from, VrrpState.Master));
    }

    /// <summary>The end, or a reload without it: a master says so.</summary>
    /// <param name="now">The time.</param>
    /// <param name="state">Stopped or Deleted.</param>
    /// <param name="keepAddresses">The addresses stay in the kernel.</param>
    internal void Finish(long now, VrrpState state, bool keepAddresses)
    {
        _stateBeforeEnd = State;
        if (State == VrrpState.Master)
        {
            if (keepAddresses) HoldsAddresses = false;
            GiveUp();
        }
        Set(now, state);
        TimerAt = Microseconds.Never;
    }

    /// <summary>The scripts of the end; they come after all instances have ended.</summary>
    internal void TellEnd() => _core.Effects.Add(new InstanceChanged(this, _stateBeforeEnd, State));

    private VrrpState _stateBeforeEnd;

    private void EnterBackup(long now, bool initial)
    {
        _core.Effects.Add(new EnteringState(Name, VrrpState.Backup, initial));
        if (State == VrrpState.Master) Release();
        EnterBackupQuietly(now);
    }

    private void EnterBackupQuietly(long now)
    {
        var from = State;
        Set(now, VrrpState.Backup);
        WantedState = VrrpState.Backup;
        RenewDownInterval();
        TimerAt = now + MasterDownInterval;
        _core.Effects.Add(new InstanceChanged(this, from, VrrpState.Backup));
    }

    private void GiveUp()
    {
        _core.Effects.Add(new SentPriorityZero(Name));
        Counters.PriorityZeroSent++;
        SendAdverts(0);
        Release();
    }

    private void Release()
    {
        Counters.ReleasedMaster++;
        StopAnnouncing();
        if (!HoldsAddresses) return;
        HoldsAddresses = false;
        _core.Effects.Add(new RemoveVirtual(this, VirtualResources.Of(Config), false));
    }

    private void Set(long now, VrrpState state)
    {
        State = state;
        LastTransition = now;
        IsWaiting = false;
    }
}

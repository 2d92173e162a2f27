using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What a valid advert does (RFC 3768 6.4.2 and 6.4.3, RFC 5798 the same).</summary>
public sealed partial class InstanceState
{
    internal void Receive(long now, in AdvertPacket packet)
    {
        if (State is not (VrrpState.Backup or VrrpState.Master)) return;
        if (State == VrrpState.Master && IsOwner && Config.OwnerIgnoresAdverts) return;
        if (!IsValid(packet)) return;
        if (packet.Priority == 0) Counters.PriorityZeroReceived++;
        if (State == VrrpState.Backup) HearAsBackup(now, packet);
        else HearAsMaster(now, packet);
    }

    private void HearAsBackup(long now, in AdvertPacket packet)
    {
        if (packet.Priority == 0)
        {
            _core.Effects.Add(new BackupHeardPriorityZero(Name));
            _reasonToCome = NewMasterReason.Priority;
            TimerAt = now + SkewTime;
        }
        else if (Follows(now, packet.Priority))
        {
            Follow(now, packet);
        }
        else
        {
            _reasonToCome = NewMasterReason.Preempted;
            _core.Effects.Add(new LowerPriorityDiscarded(Name, packet.Priority, packet.Source));
        }
    }

    private bool Follows(long now, int priority)
    {
        if (priority >= EffectivePriority)
        {
            if (PreemptAt != Microseconds.Never) _core.Effects.Add(new PreemptDelayStopped(Name));
            PreemptAt = Microseconds.Never;
            return true;
        }
        if (Config.NoPreempt) return true;
        if (Config.PreemptDelay == TimeSpan.Zero) return false;
        if (PreemptAt == Microseconds.Never)
        {
            var delay = Microseconds.Of(Config.PreemptDelay);
            PreemptAt = now + delay;
            _core.Effects.Add(new PreemptDelayStarted(Name, delay));
        }
        return now < PreemptAt;
    }

    private void Follow(long now, in AdvertPacket packet)
    {
        WantedState = VrrpState.Backup;
        IsWaiting = false;
        _reasonToCome = NewMasterReason.MasterNoResponse;
        NoteMaster(packet);
        TimerAt = now + MasterDownInterval;
    }

    private void NoteMaster(in AdvertPacket packet)
    {
        MasterAddress = packet.Source;
        MasterPriority = packet.Priority;
        if (Config.Version == 2) return;
        var interval = packet.IntervalCentiseconds * (Microseconds.Second / 100);
        if (interval == MasterAdvertInterval) return;
        _core.Effects.Add(new IntervalLearnt(Name, Milliseconds(MasterAdvertInterval), Milliseconds(interval)));
        MasterAdvertInterval = interval;
        RenewDownInterval();
    }

    private void HearAsMaster(long now, in AdvertPacket packet)
    {
        if (packet.Priority == 0)
        {
            _core.Effects.Add(new MasterHeardPriorityZero(Name));
            SendAdverts(EffectivePriority);
            TimerAt = now + AdvertInterval;
            return;
        }
        if (packet.Priority == OwnerPriority && IsOwner)
        {
            _core.Effects.Add(new OwnerConflict(Name));
            BasePriority = EffectivePriority = OwnerPriority - 1;
            RenewDownInterval();
        }
        var order = packet.Priority != EffectivePriority ? packet.Priority.CompareTo(EffectivePriority) : packet.Source.CompareTo(SourceAddress);
        if (order == 0) _core.Effects.Add(new EqualAddressHeard(Name));
        else if (order < 0) Outrank(now, packet);
        else Yield(now, packet);
    }

    // The other one may have taken over: our advert silences it, our announcements repair what its announcements did.
    private void Outrank(long now, in AdvertPacket packet)
    {
        _core.Effects.Add(new LowerPriorityHeard(Name, packet.Source, packet.Priority, EffectivePriority, !Config.NoAdvertToLower));
        if (UsesHeader && packet.Sequence >= Sequence)
        {
            _core.Effects.Add(new SequenceFollowed(Name));
            Sequence = packet.Sequence + 1;
        }
        if (!Config.NoAdvertToLower)
        {
            SendAdverts(EffectivePriority);
            TimerAt = now + AdvertInterval;
        }
        AnnounceRounds(now, AnnounceReason.LowerPriority, Config.Garp.LowerPriorityRepeat, Config.Garp.LowerPriorityDelay);
        _core.Effects.Add(new MasterHeardLower(this));
    }

    private void Yield(long now, in AdvertPacket packet)
    {
        if (packet.Priority == EffectivePriority) _core.Effects.Add(new HigherAddressHeard(Name, packet.Source, packet.Priority));
        else _core.Effects.Add(new HigherPriorityHeard(Name, packet.Source, packet.Priority, EffectivePriority));
        if (Config.AdvertToHigher) SendAdverts(EffectivePriority);
        if (UsesHeader) Sequence = packet.Sequence;
        NoteMaster(packet);
        BecomeBackup(now);
        Group?.Follow(now, this, VrrpState.Backup);
    }

    private static int Milliseconds(long microseconds) => (int)(microseconds / 1000);
}

using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What the next execution of the program has to know of an instance so that nobody outside sees a difference. Times are those of the clock that goes on.</summary>
public sealed partial class InstanceState
{
    internal void Save(StateWriter to)
    {
        to.Put(Field.Name, Name);
        to.Put(Field.RouterId, Config.RouterId);
        to.Put(Field.Interface, Config.Interface);
        to.Put(Field.IsV6, IsV6);
        to.Put(Field.Version, Config.Version);
        to.Put(Field.State, (long)State);
        to.Put(Field.WantedState, (long)WantedState);
        to.Put(Field.BasePriority, BasePriority);
        to.Put(Field.TotalPriority, TotalPriority);
        to.Put(Field.EffectivePriority, EffectivePriority);
        to.Put(Field.LastTransition, LastTransition);
        to.Put(Field.TimerAt, TimerAt);
        to.Put(Field.MasterDownInterval, MasterDownInterval);
        to.Put(Field.MasterAdvertInterval, MasterAdvertInterval);
        Put(to, Field.MasterAddress, MasterAddress);
        to.Put(Field.MasterPriority, MasterPriority);
        to.Put(Field.PreemptAt, PreemptAt);
        to.Put(Field.HoldsAddresses, HoldsAddresses);
        Put(to, Field.SourceAddress, SourceAddress);
        to.Put(Field.UsesOldChecksum, UsesOldChecksum);
        to.Put(Field.Sequence, Sequence);
        to.Put(Field.Identification, _identification);
        to.Put(Field.IsWaiting, IsWaiting);
        to.Put(Field.WasPending, WasPending);
        to.Put(Field.RefreshAt, _refreshAt);
        to.Put(Field.ExtraAt, _extraAt);
        to.PutEach(Field.Round, _rounds, static (writer, round) =>
        {
            writer.Put(Field.RoundAt, round.At);
            writer.Put(Field.RoundRepeat, round.Repeat);
        });
        to.Put(Field.Counters, Counters.Save);
        to.Put(Field.NewMasterReason, (long)NewMasterReason);
    }

    /// <summary>Whether a record is that of this virtual router.</summary>
    internal bool IsIn(StateRecord from) =>
        from.Text(Field.Name) == Name && from.Number(Field.RouterId) == Config.RouterId && from.Text(Field.Interface) == Config.Interface
        && from.Flag(Field.IsV6) == IsV6 && from.Number(Field.Version) == Config.Version;

    internal void Restore(StateRecord from)
    {
        State = (VrrpState)from.Small(Field.State, (int)MostState);
        WantedState = (VrrpState)from.Small(Field.WantedState, (int)MostState);
        BasePriority = from.Small(Field.BasePriority, OwnerPriority, BasePriority);
        TotalPriority = (int)from.Number(Field.TotalPriority, TotalPriority);
        EffectivePriority = from.Small(Field.EffectivePriority, OwnerPriority, EffectivePriority);
        LastTransition = from.Number(Field.LastTransition);
        TimerAt = from.Number(Field.TimerAt, Microseconds.Never);
        MasterDownInterval = from.Number(Field.MasterDownInterval, MasterDownInterval);
        MasterAdvertInterval = from.Number(Field.MasterAdvertInterval, MasterAdvertInterval);
        MasterAddress = RouterAddress.Read(from.Bytes(Field.MasterAddress).Span);
        MasterPriority = from.Small(Field.MasterPriority, OwnerPriority);
        PreemptAt = from.Number(Field.PreemptAt, Microseconds.Never);
        HoldsAddresses = from.Flag(Field.HoldsAddresses);
        SourceAddress = RouterAddress.Read(from.Bytes(Field.SourceAddress).Span);
        UsesOldChecksum = from.Flag(Field.UsesOldChecksum);
        Sequence = (uint)from.Number(Field.Sequence);
        _identification = (ushort)from.Number(Field.Identification);
        IsWaiting = from.Flag(Field.IsWaiting);
        WasPending = from.Flag(Field.WasPending);
        _refreshAt = from.Number(Field.RefreshAt, Microseconds.Never);
        _extraAt = from.Number(Field.ExtraAt, Microseconds.Never);
        foreach (var round in from.Records(Field.Round)) _rounds.Add(new Round(round.Number(Field.RoundAt), round.Small(Field.RoundRepeat)));
        Counters.Restore(from.Record(Field.Counters));
        NewMasterReason = (NewMasterReason)from.Small(Field.NewMasterReason, (int)NewMasterReason.MasterNoResponse);
        if (State == VrrpState.Master) _ownAddresses = VirtualResources.Of(Config).Addresses;
        // Master and backup have a timer, the others have none: anything else was not written by us.
        var runs = State is VrrpState.Master or VrrpState.Backup;
        if (!(runs || State is VrrpState.Initialize or VrrpState.Fault) || runs != (TimerAt != Microseconds.Never) || MasterDownInterval <= 0) from.MarkDamaged();
    }

    private const VrrpState MostState = VrrpState.Deleted;

    internal static void Put(StateWriter to, int field, RouterAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.Write(bytes);
        to.Put(field, bytes[..address.Length]);
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Name = 1, RouterId = 2, Interface = 3, IsV6 = 4, Version = 5, State = 6, WantedState = 7, BasePriority = 8, TotalPriority = 9,
            EffectivePriority = 10, LastTransition = 11, TimerAt = 12, MasterDownInterval = 13, MasterAdvertInterval = 14, MasterAddress = 15,
            MasterPriority = 16, PreemptAt = 17, HoldsAddresses = 18, SourceAddress = 19, UsesOldChecksum = 20, Sequence = 21, Identification = 22,
            IsWaiting = 23, WasPending = 24, RefreshAt = 25, ExtraAt = 26, Round = 27, Counters = 28, NewMasterReason = 29, RoundAt = 1, RoundRepeat = 2;
    }
}

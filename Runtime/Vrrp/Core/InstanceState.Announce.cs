using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>
/// When gratuitous ARP and neighbour advertisements are sent. Everything that is still due dies with the state of master: the original
/// sends a late round even from a backup, and draws the traffic to itself.
/// </summary>
public sealed partial class InstanceState
{
    private readonly List<Round> _rounds = [];
    private ValueList<AddressConfig> _ownAddresses = [];
    private long _refreshAt = Microseconds.Never;
    private long _extraAt = Microseconds.Never;

    private long AnnounceDeadline
    {
        get
        {
            var first = Math.Min(_refreshAt, _extraAt);
            foreach (var round in _rounds) first = Math.Min(first, round.At);
            return first;
        }
    }

    private GarpConfig Garp => Config.Garp;

    internal void Announce(long now)
    {
        for (var i = 0; i < _rounds.Count;)
        {
            var round = _rounds[i];
            if (round.At > now)
            {
                i++;
                continue;
            }
            _rounds.RemoveAt(i);
            Announce(now, _ownAddresses, round.Repeat, AnnounceReason.SecondRound);
        }
        if (_refreshAt <= now)
        {
            _refreshAt = now + Microseconds.Of(Garp.Refresh);
            Announce(now, _ownAddresses, Garp.RefreshRepeat, AnnounceReason.Refresh);
        }
        if (_extraAt <= now)
        {
            _extraAt = now + Microseconds.Of(Garp.ExtraInterval);
            Announce(now, ExtraAddresses(), 1, AnnounceReason.Extra);
        }
    }

    internal void AnnounceAnew(long now) => Announce(now, _ownAddresses, 1, AnnounceReason.Asked);

    private void BeginAnnouncing(long now)
    {
        _ownAddresses = VirtualResources.Of(Config).Addresses;
        AnnounceRounds(now, AnnounceReason.BecameMaster, Garp.Repeat, Garp.Delay);
        ScheduleRepeats(now);
    }

    private void ScheduleRepeats(long now)
    {
        _refreshAt = Garp.Refresh == TimeSpan.Zero ? Microseconds.Never : now + Microseconds.Of(Garp.Refresh);
        _extraAt = Garp.ExtraInterval == TimeSpan.Zero ? Microseconds.Never : now + Microseconds.Of(Garp.ExtraInterval);
    }

    private void AnnounceRounds(long now, AnnounceReason reason, int repeat, TimeSpan delay)
    {
        if (repeat == 0) return;
        Announce(now, _ownAddresses, repeat, reason);
        if (delay != TimeSpan.Zero) _rounds.Add(new Round(now + Microseconds.Of(delay), repeat));
        // A peer that never stops gets no memory of ours: rounds that come so close together are one.
        if (_rounds.Count > MostRounds) _rounds.RemoveAt(0);
    }

    private void Announce(long now, ValueList<AddressConfig> addresses, int repeat, AnnounceReason reason)
    {
        if (addresses.Count != 0) _core.Announcements.Send(now, this, addresses, repeat, reason);
    }

    private void StopAnnouncing()
    {
        _rounds.Clear();
        _refreshAt = _extraAt = Microseconds.Never;
        _core.Announcements.Forget(this);
    }

    // Switches learn the adverts' MAC from the adverts; those of other interfaces (with "all" not only of VMACs) need one packet now and then.
    private ValueList<AddressConfig> ExtraAddresses()
    {
        var extra = new List<AddressConfig>();
        foreach (var address in _ownAddresses)
        {
            if (InterfaceOf(address) == AddressInterface || !(Garp.ExtraForAll || address.VirtualMac is not null || Config.VirtualMac is { ForAddresses: true })) continue;
            if (!extra.Exists(e => InterfaceOf(e) == InterfaceOf(address) && e.Family == address.Family)) extra.Add(address);
        }
        return [.. extra];
    }

    private const int MostRounds = 64;

    private readonly record struct Round(long At, int Repeat);
}

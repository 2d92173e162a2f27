using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Keeps the distance between announcements where switches want it (<c>garp_group</c>, <c>vrrp_garp_interval</c>); without a limit they go out at once.</summary>
internal sealed partial class AnnounceQueue(EffectList effects)
{
    private readonly List<Limit> _limits = [];
    private GlobalConfig _global = new();
    private ValueList<GarpGroupConfig> _groups = [];

    public long NextDeadline
    {
        get
        {
            var first = Microseconds.Never;
            foreach (var limit in _limits)
                if (limit.Waiting.Count > 0) first = Math.Min(first, limit.NextAt);
            return first;
        }
    }

    public void Configure(KeepalivedConfig config)
    {
        _global = config.Global;
        _groups = config.GarpGroups;
        _limits.RemoveAll(l => l.Waiting.Count == 0);
    }

    public void Send(long now, InstanceState instance, ValueList<AddressConfig> addresses, int repeat, AnnounceReason reason)
    {
        if (!HasLimit(instance, addresses))
        {
            effects.Add(new Announce(instance, addresses, repeat, reason));
            return;
        }
        for (var i = 0; i < repeat; i++)
            foreach (var address in addresses)
            {
                var (key, interval) = LimitOf(instance.InterfaceOf(address), IsV6(address));
                Find(key, interval).Waiting.Enqueue((instance, address, reason));
            }
        Tick(now);
    }

    public void Tick(long now)
    {
        foreach (var limit in _limits)
            while (limit.Waiting.Count > 0 && (limit.NextAt <= now || limit.Interval == 0))
            {
                var (instance, address, reason) = limit.Waiting.Dequeue();
                effects.Add(new Announce(instance, [address], 1, reason));
                limit.NextAt = now + limit.Interval;
            }
    }

    public void Forget(InstanceState instance)
    {
        foreach (var limit in _limits)
            for (var left = limit.Waiting.Count; left > 0; left--)
            {
                var item = limit.Waiting.Dequeue();
                if (item.Instance != instance) limit.Waiting.Enqueue(item);
            }
    }

    private bool HasLimit(InstanceState instance, ValueList<AddressConfig> addresses)
    {
        if (_groups.Count == 0 && _global.GarpInterval == TimeSpan.Zero && _global.NeighbourInterval == TimeSpan.Zero) return false;
        foreach (var address in addresses)
            if (LimitOf(instance.InterfaceOf(address), IsV6(address)).Interval != 0) return true;
        return false;
    }

    private (string Key, long Interval) LimitOf(string name, bool isV6)
    {
        var family = isV6 ? "6 " : "4 ";
        for (var i = 0; i < _groups.Count; i++)
            foreach (var member in _groups[i].Interfaces)
                if (member == name) return (family + i, Microseconds.Of(isV6 ? _groups[i].NeighbourInterval : _groups[i].ArpInterval));
        return (family + name, Microseconds.Of(isV6 ? _global.NeighbourInterval : _global.GarpInterval));
    }

    private Limit Find(string key, long interval)
    {
        foreach (var limit in _limits)
            if (limit.Key == key && limit.Interval == interval) return limit;
        var made = new Limit(key, interval);
        _limits.Add(made);
        return made;
    }

    private static bool IsV6(AddressConfig address) => address.Family == System.Net.Sockets.AddressFamily.InterNetworkV6;

    private sealed class Limit(string key, long interval)
    {
        public string Key { get; } = key;

        public long Interval { get; } = interval;

        public long NextAt { get; set; }

        public Queue<(InstanceState Instance, AddressConfig Address, AnnounceReason Reason)> Waiting { get; } = [];
    }
}

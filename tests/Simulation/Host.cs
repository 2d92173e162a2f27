using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Simulation;

/// <summary>One machine: a core, its clock, its kernel.</summary>
internal sealed class Host(World world, int number)
{
    private static readonly IEqualityComparer<AddressConfig> ByAddress =
        EqualityComparer<AddressConfig>.Create((a, b) => a!.Address.Equals(b!.Address), a => a.Address.GetHashCode());

    private readonly long _offset = world.Scenario.Random.NextInt64(1, 1L << 40);
    private readonly int _drift = world.Scenario.ClockSkew == 0 ? 0 : world.Scenario.Random.Next(-world.Scenario.ClockSkew, world.Scenario.ClockSkew);
    private readonly HashSet<AddressConfig> _kernel = new(ByAddress);
    private readonly Queue<byte[]> _waiting = [];

    public int Number => number;

    public VrrpCore? Core { get; private set; }

    /// <summary>The process does not run for a while (SIGSTOP): datagrams wait in its socket.</summary>
    public bool IsFrozen { get; private set; }

    public bool IsLinkUp { get; private set; } = true;

    /// <summary>Hosts of the same number hear one another.</summary>
    public int Partition { get; set; }

    public RouterAddress Address { get; } = RouterAddress.From(IPAddress.Parse(world.Scenario.IsV6 ? $"fe80::{number + 1}" : $"10.9.0.{number + 1}"));

    public bool CanBeMaster => Core is not null && !IsFrozen && IsLinkUp;

    /// <summary>When its next timer ends, in the world's time.</summary>
    public long Deadline { get; private set; } = long.MaxValue;

    /// <summary>Whether anything has happened to it since the last look at it.</summary>
    public bool IsTouched { get; private set; }

    public void Boot()
    {
        Core = new VrrpCore(world.Scenario.ConfigOf(number));
        TellLink();
        Do((core, now) => core.Start(now));
    }

    /// <summary>The machine is gone, with all it had.</summary>
    public void Crash()
    {
        Core = null;
        IsFrozen = false;
        _kernel.Clear();
        _waiting.Clear();
        Plan();
    }

    public void Stop()
    {
        if (!IsFrozen) Do((core, now) => core.Stop(now));
        Crash();
    }

    public void Freeze()
    {
        IsFrozen = Core is not null;
        Plan();
    }

    // The shell empties its sockets before it looks at the timers.
    public void Thaw()
    {
        IsFrozen = false;
        while (_waiting.TryDequeue(out var datagram)) Deliver(datagram);
        Tick();
    }

    public void SetLink(bool up)
    {
        IsLinkUp = up;
        if (Core is not null && !IsFrozen) TellLink();
    }

    public void SetWeight(int weight) => Do((core, now) => core.FileRead(now, Scenario.File, weight));

    public void Reload() => Do((core, now) => core.Reload(now, world.Scenario.ConfigOf(number)));

    /// <summary>The program executes its successor: another core takes over the state that this one writes, and has nothing to do.</summary>
    public void HandOver()
    {
        if (Core is null || IsFrozen) return;
        var (state, again) = (new StateWriter(), new StateWriter());
        Core.Save(state);
        var next = new VrrpCore(Core.Config);
        var sealedState = StateEnvelope.Open(StateEnvelope.Seal(state.Written), out var reason) ?? throw new BrokenInvariantException(reason);
        if (!next.Restore(LocalTime, sealedState)) throw new BrokenInvariantException($"host {number}: the state is refused");
        foreach (var effect in next.Effects) throw new BrokenInvariantException($"host {number}: a handover does something: {effect}");
        next.Save(again);
        if (!again.Written.SequenceEqual(state.Written)) throw new BrokenInvariantException($"host {number}: the state is not what it was");
        Core = next;
        Plan();
    }

    /// <summary>Adverts of this virtual router do not come through; 0 for none.</summary>
    public int DeafFor { get; set; }

    public void LoseAddress()
    {
        if (Core is null || IsFrozen) return;
        var master = Core.Instances[^1];
        Do((core, now) => core.AddressLost(now, master, master.Config.Addresses[0]));
    }

    public void Tick() => Do((core, now) => core.Tick(now));

    public void Deliver(byte[] datagram)
    {
        if (Core is null || !IsLinkUp || IsDeafFor(datagram)) return;
        if (IsFrozen)
        {
            _waiting.Enqueue(datagram);
            return;
        }
        var envelope = default(AdvertEnvelope);
        var bytes = datagram.AsSpan();
        if (world.Scenario.IsV6)
        {
            // The simulator's own header: source and destination.
            envelope = new AdvertEnvelope(RouterAddress.Read(bytes[..16]), RouterAddress.Read(bytes[16..32]), 255);
            bytes = bytes[32..];
        }
        Core.Receive(LocalTime, Core.Channels[0], envelope, bytes);
        CarryOut();
    }

    private bool IsDeafFor(byte[] datagram) => DeafFor != 0 && datagram[(world.Scenario.IsV6 ? 32 : world.Scenario.Authentication == AuthenticationKind.Header ? 44 : 20) + 1] == DeafFor;

    /// <summary>The first instance that is not as it should be; null for none.</summary>
    public string? Fault()
    {
        IsTouched = false;
        if (Core is null) return null;
        foreach (var instance in Core.Instances)
        {
            var isMaster = instance.State == VrrpState.Master;
            if (instance.HoldsAddresses != isMaster) return $"{instance.Name} is {instance.State} and holds addresses: {instance.HoldsAddresses}";
            foreach (var address in instance.Config.Addresses)
                if (_kernel.Contains(address) != isMaster) return $"{instance.Name} is {instance.State}, in the kernel: {_kernel.Contains(address)}";
            var runs = instance.State is VrrpState.Master or VrrpState.Backup;
            if (runs != (instance.TimerAt != long.MaxValue)) return $"{instance.Name} is {instance.State} with its timer at {instance.TimerAt}";
            if (world.Scenario.IsGroup && isMaster != (Core.Instances[0].State == VrrpState.Master)) return $"{instance.Name} is {instance.State}, V0 is {Core.Instances[0].State}";
        }
        return null;
    }

    private long LocalTime => _offset + world.Now + (world.Now * _drift / 1_000_000);

    private long WorldTime(long local)
    {
        var time = (long)((local - _offset) / (1 + (_drift / 1e6)));
        while (time + (time * _drift / 1_000_000) < local - _offset) time++;
        return time;
    }

    private void TellLink() =>
        Do((core, now) => core.InterfaceChanged(now, new InterfaceFacts(Scenario.Interface, 2, IsLinkUp, IsLinkUp, [Address])));

    private void Do(Action<VrrpCore, long> input)
    {
        if (Core is null) return;
        input(Core, LocalTime);
        CarryOut();
    }

    private void CarryOut()
    {
        foreach (var effect in Core!.Effects)
        {
            world.Tell(this, effect);
            switch (effect)
            {
                case SendAdvert advert: Send(advert); break;
                case AddVirtual add: _kernel.UnionWith(add.Items.Addresses); break;
                case RemoveVirtual remove: _kernel.ExceptWith(remove.Items.Addresses); break;
                case Announce announce when announce.Instance.State != VrrpState.Master:
                    throw new BrokenInvariantException($"host {number}: {announce.Instance.Name} announces ({announce.Reason}) as {announce.Instance.State}");
                case InstanceChanged { To: VrrpState.Master } changed: world.NoteMaster(this, changed.Instance); break;
                default: break;
            }
        }
        Core.Effects.Clear();
        Plan();
    }

    private void Plan()
    {
        IsTouched = true;
        Deadline = Core is null || IsFrozen || Core.NextDeadline == long.MaxValue ? long.MaxValue : WorldTime(Core.NextDeadline);
    }

    private void Send(SendAdvert advert)
    {
        if (!IsLinkUp) return;
        var datagram = advert.Datagram.ToArray();
        if (world.Scenario.IsV6)
        {
            var whole = new byte[32 + datagram.Length];
            advert.Source.Write(whole);
            advert.Destination.Write(whole.AsSpan(16));
            datagram.CopyTo(whole, 32);
            datagram = whole;
        }
        world.Send(this, datagram, advert.Channel.IsUnicast ? advert.Destination : RouterAddress.None);
    }
}

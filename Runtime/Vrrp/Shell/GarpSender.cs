using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Arp;
using Dropin.Runtime.Protocols.NeighbourDiscovery;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Sends gratuitous ARP and unsolicited neighbour advertisements, as fast as the interface's limit allows.</summary>
/// <remarks>
/// What waits for its turn is thrown away when its instance is master no more: a late announcement would take the traffic away from the new master.
/// </remarks>
internal sealed class GarpSender(
    Loop loop, InterfaceTable interfaces, Func<InstanceState, AddressConfig, string> placeOf, Action<VrrpEvent> log) : LoopTask
{
    private const int Ethernet = 1;

    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<(string Interface, AddressFamily Family), long> _nextAllowed = [];
    private readonly byte[] _frame = new byte[NeighbourAdvertisement.Size];
    private LinkPacketSocket? _arp;
    private LinkPacketSocket? _neighbour;
    private Func<string, AddressFamily, TimeSpan> _limitOf = (_, _) => TimeSpan.Zero;

    /// <summary>Opens the sockets in the network namespace of the calling thread.</summary>
    internal SysError Open()
    {
        _arp = LinkPacketSocket.Open(GratuitousArp.EtherType, out var error);
        if (error.IsNone)
        {
            _neighbour = LinkPacketSocket.Open(NeighbourAdvertisement.EtherType, out error);
        }

        return error;
    }

    /// <summary>Takes the limits of a configuration: by interface, else for all.</summary>
    internal void Configure(KeepalivedConfig config)
    {
        var limits = new Dictionary<string, GarpGroupConfig>();
        foreach (var group in config.GarpGroups)
        {
            foreach (var name in group.Interfaces)
            {
                limits[name] = group;
            }
        }

        var global = config.Global;
        _limitOf = (name, family) => limits.TryGetValue(name, out var group)
            ? family == AddressFamily.InterNetwork ? group.ArpInterval : group.NeighbourInterval
            : family == AddressFamily.InterNetwork ? global.GarpInterval : global.NeighbourInterval;
    }

    /// <summary>Sends, or queues where the limit says so.</summary>
    internal void Announce(Announce effect, Func<AddressConfig, bool> isIn)
    {
        for (var round = 0; round < Math.Max(effect.Repeat, 1); round++)
        {
            foreach (var address in effect.Addresses)
            {
                if (!isIn(address))
                {
                    continue;
                }

                var name = placeOf(effect.Instance, address);
                if (round == 0)
                {
                    log(new AnnouncementQueued(effect.Instance.Name, name, address.Address));
                }

                SendOrQueue(effect.Instance, name, address.Address);
            }
        }
    }

    /// <summary>Forgets what an instance still wants sent.</summary>
    internal void Forget(InstanceState instance) => _waiting.RemoveAll(waiting => waiting.Instance == instance);

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        var now = MonotonicClock.Microseconds;
        for (var at = 0; at < _waiting.Count;)
        {
            var waiting = _waiting[at];
            if (!IsAllowed(waiting.Interface, waiting.Address.AddressFamily, now))
            {
                at++;
                continue;
            }

            _waiting.RemoveAt(at);
            Send(waiting.Interface, waiting.Address, now);
        }

        Plan();
    }

    internal void Close()
    {
        loop.Cancel(this);
        _waiting.Clear();
        _arp?.Dispose();
        _neighbour?.Dispose();
    }

    private void SendOrQueue(InstanceState instance, string name, IPAddress address)
    {
        var now = MonotonicClock.Microseconds;
        var mayPass = !_waiting.Exists(waiting => waiting.Interface == name && waiting.Address.AddressFamily == address.AddressFamily);
        if (mayPass && IsAllowed(name, address.AddressFamily, now))
        {
            Send(name, address, now);
            return;
        }

        _waiting.Add(new Waiting(instance, name, address));
        Plan();
    }

    private bool IsAllowed(string name, AddressFamily family, long now) => !_nextAllowed.TryGetValue((name, family), out var at) || at <= now;

    private void Send(string name, IPAddress address, long now)
    {
        var limit = _limitOf(name, address.AddressFamily);
        if (limit > TimeSpan.Zero)
        {
            _nextAllowed[(name, address.AddressFamily)] = now + (long)limit.TotalMicroseconds;
        }

        if (interfaces.Find(name) is not { Notice.HardwareType: Ethernet } link || (link.Notice.Flags & LinkFlags.NoArp) != 0)
        {
            return; // the loopback and tunnels have no neighbours to tell
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var isV4 = length == 4;
        var size = isV4
            ? GratuitousArp.Write(_frame, link.Notice.Mac.GetAddressBytes(), bytes[..4])
            : NeighbourAdvertisement.Write(
                _frame, link.Notice.Mac.GetAddressBytes(), bytes, isRouter: LinkSettings.Read("ipv6", BaseOf(link).Name, "forwarding") is > 0);
        var error = (isV4 ? _arp! : _neighbour!).Send(_frame.AsSpan(0, size), link.Index);
        log(error.IsNone ? new AnnouncementSent(name, address) : new AnnouncementFailed(name, address, error));
    }

    // Whether the host forwards is set at the interface below a VMAC.
    private Link BaseOf(Link link) => link.Notice.Kind is "macvlan" or "ipvlan" && interfaces.Find(link.Notice.Below) is { } below ? below : link;

    private void Plan()
    {
        var next = long.MaxValue;
        foreach (var waiting in _waiting)
        {
            next = Math.Min(next, _nextAllowed.GetValueOrDefault((waiting.Interface, waiting.Address.AddressFamily)));
        }

        loop.SetDeadline(this, next == long.MaxValue ? Never : (next + 999) / 1000);
    }

    private sealed record Waiting(InstanceState Instance, string Interface, IPAddress Address);
}

using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>What the kernel tells.</summary>
public sealed partial class VrrpNode
{
    private const byte Kernel = 2; // RTPROT_KERNEL

    /// <summary>Interfaces of which something changed since the core was last told.</summary>
    private readonly HashSet<string> _changed = [];

    /// <summary>Interfaces that came up since.</summary>
    private readonly HashSet<string> _up = [];
    private bool _hasLinkChanged;

    private void WireKernel()
    {
        Interfaces.LinkChanged += OnLinkChanged;
        Interfaces.AddressChanged += OnAddressChanged;
        _monitor.Heard += Hear;
        _monitor.Quiet += TellChanged;
        _monitor.Lost += Resynchronise;
    }

    private void Hear(in NetlinkReader message)
    {
        // A link that went down counts before the addresses that went with it.
        if (_hasLinkChanged && message.Kind is not (NetlinkKind.NewLink or NetlinkKind.DeleteLink))
        {
            TellChanged();
        }

        Interfaces.Hear(message);
        switch (message.Kind)
        {
            case NetlinkKind.DeleteRoute when RouteNotice.Read(message.Body) is { Protocol: not Kernel } notice:
                TellChanged(); // a route that went with its interface is no loss: the interface counts first
                TellLost(_resources.Lose(notice));

                break;
            case NetlinkKind.DeleteRule when RuleNotice.Read(message.Body) is { } notice:
                TellLost(_resources.Lose(notice));

                break;
        }
    }

    private void OnLinkChanged(LinkNotice? before, LinkNotice? after)
    {
        _hasLinkChanged = true;
        if (before is not null)
        {
            _changed.Add(before.Name);
        }

        if (after is not null)
        {
            _changed.Add(after.Name);
            if ((after.Flags & LinkFlags.Up) != 0 && (before is null || (before.Flags & LinkFlags.Up) == 0))
            {
                _up.Add(after.Name);
            }
        }

        if (before is not null && after is not null && !before.Mac.Equals(after.Mac) && !before.Mac.Equals(PhysicalAddress.None))
        {
            Log(new MacChanged(after.Name, before.Mac, after.Mac));
        }
    }

    private void OnAddressChanged(Link link, AddressNotice address, bool isThere)
    {
        _changed.Add(link.Name);
        if (isThere)
        {
            return;
        }

        if (_resources.Holds(link.Index, address.Address))
        {
            TellChanged(); // an address that went with its interface is no loss: the interface counts first
        }

        TellLost(_resources.Lose(address));
    }

    /// <summary>All that was there has been heard: the core is told once for each interface.</summary>
    private void TellChanged()
    {
        _hasLinkChanged = false;
        if (_changed.Count == 0 || !_isRunning)
        {
            return;
        }

        var names = _changed.ToArray();
        _changed.Clear();
        _virtualInterfaces.Reconcile(_config, _names);
        RestoreStatics();
        Input(now =>
        {
            foreach (var name in names)
            {
                Core.InterfaceChanged(now, FactsOf(name));
                CarryOut();
            }
        });
        ReconcileSockets();
    }

    private void Resynchronise()
    {
        Log(new KernelMessagesLost());
        _resources.ForgetLeaving();
        _ = Interfaces.Refresh();
        TellChanged();
        TellMissing();
    }

    /// <summary>What of ours is not in the kernel any more counts as taken away.</summary>
    private void TellMissing()
    {
        foreach (var lost in _resources.FindMissingAddresses())
        {
            TellLost(lost);
        }

        foreach (var missing in _resources.FindMissing())
        {
            TellLost(missing);
        }
    }

    private void RestoreStatics()
    {
        foreach (var name in _up)
        {
            if (Interfaces.Find(name) is { IsUp: true } link)
            {
                _resources.RestoreOn(link, VirtualResources.StaticOf(_config));
            }
        }

        _up.Clear();
    }

    /// <summary>The core hears of what somebody took away from an instance, unless it is not tracked; what is static is put in again.</summary>
    private void TellLost(HeldResource? lost)
    {
        switch (lost)
        {
            case HeldAddress { Config.NoTrack: false, Owner: { } owner } address:
                Input(now => Core.AddressLost(now, owner, address.Config));
                break;
            case HeldRoute { Config.NoTrack: false, Owner: { } owner } route:
                Input(now => Core.RouteLost(now, owner, route.Config));
                break;
            case HeldRule { Config.NoTrack: false, Owner: { } owner } rule:
                Input(now => Core.RuleLost(now, owner, rule.Config));
                break;
            case { Owner: null }:
                _resources.Restore(lost);
                break;
        }
    }

    private InterfaceFacts FactsOf(string name) => Interfaces.Find(name) is { } link ? link.ToFacts(Interfaces, IsVirtual) : InterfaceFacts.Missing(name);

    private void TellInterfaces(long now)
    {
        _changed.Clear();
        foreach (var link in Interfaces.All.ToArray())
        {
            Core.InterfaceChanged(now, FactsOf(link.Name));
        }
    }

    /// <summary>The addresses from which adverts may come, as the original tells them at its start.</summary>
    private void TellAddressesOfStart()
    {
        var told = new HashSet<string>();
        foreach (var instance in _config.Instances)
        {
            if (told.Add(instance.Interface) && Interfaces.Find(instance.Interface) is { } link)
            {
                Tell(link, address => address.Family == AddressFamily.InterNetwork);
                Tell(link, address => address.Address.IsIPv6LinkLocal);
            }
        }

        void Tell(Link link, Func<AddressNotice, bool> isWanted)
        {
            if (link.Addresses.FirstOrDefault(isWanted) is { } first)
            {
                Log(new InterfaceAddressChanged(link.Name, RouterAddress.From(first.Address), IsAssigned: true));
            }
        }
    }

    /// <summary>A predecessor that was killed left its addresses, routes and rules: they go before anything starts.</summary>
    private void RemoveLeftovers()
    {
        _resources.RemoveLeftovers(new VirtualResources([], [], _config.StaticRules), static _ => 0);
        foreach (var instance in _config.Instances)
        {
            _resources.RemoveLeftovers(VirtualResources.Of(instance), address => Interfaces.IndexOf(_names.PlaceOf(instance, address)));
        }

        _monitor.Drain();
        _ = Interfaces.Refresh();
    }
}

using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Puts addresses, routes and rules into the kernel and takes them out again, and knows which of them are in.</summary>
/// <remarks>
/// In: addresses, routes, rules; out: rules, routes, addresses (a route needs its source address). What the kernel refuses is told and not held.
/// </remarks>
internal sealed partial class ResourceExecutor(
    NetlinkConversation conversation, InterfaceTable interfaces, Func<InstanceState, AddressConfig, string> placeOf, Action<VrrpEvent> log)
{
    private readonly List<HeldAddress> _addresses = [];
    private readonly List<HeldRoute> _routes = [];
    private readonly List<HeldRule> _rules = [];

    /// <summary>What we took out ourselves and have not heard the kernel tell of.</summary>
    private readonly List<HeldResource> _leaving = [];

    /// <summary>Whether an address of a link was put there by us; also one that we took out and whose end has not been heard.</summary>
    internal bool Knows(int index, IPAddress address)
    {
        foreach (var leaving in _leaving)
        {
            if (leaving is HeldAddress held && held.Index == index && held.Config.Address.Equals(address))
            {
                return true;
            }
        }

        return Holds(index, address);
    }

    /// <summary>Whether an address of a link was put there by us and is to be there.</summary>
    internal bool Holds(int index, IPAddress address)
    {
        foreach (var held in _addresses)
        {
            if (held.Index == index && held.Config.Address.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts things in.</summary>
    /// <remarks>What the log is told of may differ: after a reload of a master all it has, though only what is new is put in.</remarks>
    internal void Add(InstanceState? owner, VirtualResources items, VirtualResources? told = null)
    {
        told ??= items;
        TellAddresses(owner, told, added: true);
        foreach (var address in items.Addresses)
        {
            Add(owner, address);
        }

        Tell(owner, VirtualResource.Routes, told.Routes.Count, added: true);
        foreach (var route in items.Routes)
        {
            if (Execute(RouteRequest.Add(route, interfaces.IndexOf), route.Placement == RoutePlacement.Add ? SysErrorKind.OthersThere : SysErrorKind.None))
            {
                _routes.RemoveAll(held => held.Owner == owner && held.Config == route);
                _routes.Add(new HeldRoute(owner, route, OutputOf(route)));
            }
        }

        Tell(owner, VirtualResource.Rules, told.Rules.Count, added: true);
        foreach (var rule in items.Rules)
        {
            if (Execute(RuleRequest.Add(rule), SysErrorKind.AlreadyThere))
            {
                _rules.RemoveAll(held => held.Owner == owner && held.Config == rule);
                _rules.Add(new HeldRule(owner, rule));
            }
        }
    }

    /// <summary>Takes things out; what is not in is left alone.</summary>
    internal void Remove(InstanceState? owner, VirtualResources items, VirtualResources? told = null)
    {
        told ??= items;
        Tell(owner, VirtualResource.Rules, told.Rules.Count, added: false);
        foreach (var held in _rules.Where(held => held.Owner == owner && items.Rules.Contains(held.Config)).ToArray())
        {
            _rules.Remove(held);
            Leave(held, RuleRequest.Remove(held.Config));
        }

        Tell(owner, VirtualResource.Routes, told.Routes.Count, added: false);
        foreach (var held in _routes.Where(held => held.Owner == owner && items.Routes.Contains(held.Config)).ToArray())
        {
            _routes.Remove(held);
            Leave(held, RouteRequest.Remove(held.Config, interfaces.IndexOf));
        }

        TellAddresses(owner, told, added: false);
        foreach (var held in _addresses.Where(held => held.Owner == owner && items.Addresses.Contains(held.Config)).ToArray())
        {
            _addresses.Remove(held);
            Leave(held, AddressRequest.Remove(held.Config, held.Index));
        }
    }

    /// <summary>Takes out what a predecessor that was killed left behind; that it is not there is no fault.</summary>
    internal void RemoveLeftovers(VirtualResources items, Func<AddressConfig, int> indexOf)
    {
        foreach (var rule in items.Rules)
        {
            _ = conversation.Execute(RuleRequest.Remove(rule));
        }

        foreach (var route in items.Routes)
        {
            _ = conversation.Execute(RouteRequest.Remove(route, interfaces.IndexOf));
        }

        foreach (var address in items.Addresses)
        {
            if (indexOf(address) is > 0 and var index)
            {
                _ = conversation.Execute(AddressRequest.Remove(address, index));
            }
        }
    }

    /// <summary>Takes out everything that is static: at the end of the daemon.</summary>
    internal void RemoveStatic() => Remove(null, new VirtualResources(
        [.. _addresses.Where(held => held.Owner is null).Select(held => held.Config)],
        [.. _routes.Where(held => held.Owner is null).Select(held => held.Config)],
        [.. _rules.Where(held => held.Owner is null).Select(held => held.Config)]));

    /// <summary>Whether an address of an instance (of none: a static one) is in the kernel.</summary>
    internal bool IsIn(InstanceState? owner, AddressConfig address) => _addresses.Exists(held => held.Owner == owner && held.Config == address);

    /// <summary>Whether a route is.</summary>
    internal bool IsIn(InstanceState? owner, RouteConfig route) => _routes.Exists(held => held.Owner == owner && held.Config == route);

    /// <summary>Whether a routing rule is.</summary>
    internal bool IsIn(InstanceState? owner, RoutingRuleConfig rule) => _rules.Exists(held => held.Owner == owner && held.Config == rule);

    /// <summary>The kernel tells that an address went. Ours, and not by our hand: it is not held any more.</summary>
    internal HeldAddress? Lose(AddressNotice notice) => Lose(_addresses, held => held.Is(notice));

    /// <summary>See <see cref="Lose(AddressNotice)"/>.</summary>
    internal HeldRoute? Lose(RouteNotice notice) => Lose(_routes, held => held.Is(notice));

    /// <summary>See <see cref="Lose(AddressNotice)"/>.</summary>
    internal HeldRule? Lose(RuleNotice notice) => Lose(_rules, held => held.Is(notice));

    /// <summary>Messages of the kernel were lost: routes and rules are asked for, and those of ours that are not there any more are given back.</summary>
    internal IEnumerable<HeldResource> FindMissing()
    {
        var routes = new List<RouteNotice>();
        var rules = new List<RuleNotice>();
        foreach (var family in (byte[])[2, 10])
        {
            Dump(NetlinkKind.GetRoute, family, (in NetlinkReader message) => Keep(routes, RouteNotice.Read(message.Body)));
            Dump(NetlinkKind.GetRule, family, (in NetlinkReader message) => Keep(rules, RuleNotice.Read(message.Body)));
        }

        HeldResource[] missing =
        [
            .. _routes.Where(held => !routes.Exists(held.Is)),
            .. _rules.Where(held => !rules.Exists(held.Is)),
        ];
        _routes.RemoveAll(held => missing.Contains(held));
        _rules.RemoveAll(held => missing.Contains(held));
        return missing;
    }

    private void Dump(NetlinkKind kind, byte family, NetlinkConversation.Listener listen) => _ = conversation.Dump(
        () =>
        {
            Span<byte> header = stackalloc byte[12];
            header.Clear();
            header[0] = family;
            return new NetlinkMessage(kind, NetlinkFlags.Dump).Fixed(header);
        },
        static () => { }, // what was heard twice does no harm
        listen);

    private static void Keep<T>(List<T> list, T? notice)
        where T : class
    {
        if (notice is not null)
        {
            list.Add(notice);
        }
    }

    /// <summary>Messages of the kernel were lost: what it would have told of our own removals does not come any more.</summary>
    internal void ForgetLeaving() => _leaving.Clear();

    private void Add(InstanceState? owner, AddressConfig address)
    {
        var index = interfaces.IndexOf(owner is null ? address.Interface ?? "" : placeOf(owner, address));
        if (index == 0)
        {
            return; // its interface does not exist: the core knows, and the address goes in when the instance becomes master with it
        }

        if (Execute(AddressRequest.Add(address, index), SysErrorKind.AlreadyThere))
        {
            _addresses.RemoveAll(held => held.Owner == owner && held.Config == address);
            _addresses.Add(new HeldAddress(owner, address, index));
        }
    }

    private T? Lose<T>(List<T> held, Predicate<T> match)
        where T : HeldResource
    {
        var leaving = _leaving.FindIndex(item => item is T typed && match(typed));
        if (leaving >= 0)
        {
            _leaving.RemoveAt(leaving);
            return null;
        }

        var at = held.FindIndex(match);
        if (at < 0)
        {
            return null;
        }

        var lost = held[at];
        held.RemoveAt(at);
        return lost;
    }

    private void Leave(HeldResource held, NetlinkMessage request)
    {
        if (Execute(request, SysErrorKind.Missing))
        {
            _leaving.Add(held);
        }
    }

    /// <summary>Executes a request; true where it was done or the error is one that was reckoned with.</summary>
    private bool Execute(NetlinkMessage request, SysErrorKind reckoned)
    {
        var error = conversation.Execute(request);
        if (error.IsNone)
        {
            return true;
        }

        if (reckoned == SysErrorKind.AlreadyThere && error.IsAlreadyThere)
        {
            return true;
        }

        if (reckoned == SysErrorKind.OthersThere && error.IsAlreadyThere)
        {
            return false; // "add": there is another one, which is left alone
        }

        // An address that is gone already is no news: it went with its primary, or with its interface.
        if (reckoned != SysErrorKind.Missing || !(error.IsAddressNotAvailable || error.IsNoDevice))
        {
            log(new NetlinkFailed(error, (NetlinkKind)request.Kind, request.Sequence));
        }

        return false;
    }

    private int OutputOf(RouteConfig route) =>
        route.Hops is [{ Interface: { } name }] ? interfaces.IndexOf(name) : 0;

    private void TellAddresses(InstanceState? owner, VirtualResources items, bool added)
    {
        var excluded = 0;
        foreach (var address in items.Addresses)
        {
            excluded += owner is not null && owner.Config.ExcludedAddresses.AsSpan().Contains(address) ? 1 : 0;
        }

        Tell(owner, VirtualResource.Addresses, items.Addresses.Count - excluded, added);
        Tell(owner, VirtualResource.ExcludedAddresses, excluded, added);
    }

    private void Tell(InstanceState? owner, VirtualResource resource, int count, bool added)
    {
        if (owner is not null && count > 0)
        {
            log(new VirtualResourcesMoved(owner.Name, resource, added));
        }
    }

    private enum SysErrorKind
    {
        None,
        AlreadyThere,
        OthersThere,
        Missing,
    }
}

using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>Addresses, routes and rules that an instance puts into the kernel or takes out, in this order (out: the other way round).</summary>
/// <param name="Addresses">Virtual addresses, those in adverts first, then the excluded ones.</param>
/// <param name="Routes">Routes.</param>
/// <param name="Rules">Routing rules.</param>
public sealed record VirtualResources(ValueList<AddressConfig> Addresses, ValueList<RouteConfig> Routes, ValueList<RoutingRuleConfig> Rules)
{
    /// <summary>Nothing at all.</summary>
    public static readonly VirtualResources None = new([], [], []);

    /// <summary>What stands here and not in others.</summary>
    public VirtualResources Without(VirtualResources others) => new(
        Rest(Addresses, others.Addresses), Rest(Routes, others.Routes), Rest(Rules, others.Rules));

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Addresses.Count + Routes.Count + Rules.Count == 0;

    /// <summary>Everything that a master of this configuration holds.</summary>
    public static VirtualResources Of(InstanceConfig config)
    {
        var addresses = config.ExcludedAddresses.Count == 0 ? config.Addresses : [.. config.Addresses, .. config.ExcludedAddresses];
        return new VirtualResources(addresses, config.Routes, config.Rules);
    }

    /// <summary>Everything that is there as long as the daemon runs.</summary>
    public static VirtualResources StaticOf(KeepalivedConfig config) => new(config.StaticAddresses, config.StaticRoutes, config.StaticRules);

    private static ValueList<T> Rest<T>(ValueList<T> items, ValueList<T> others)
    {
        var rest = new List<T>();
        foreach (var item in items)
            if (!others.AsSpan().Contains(item)) rest.Add(item);
        return [.. rest];
    }
}

/// <summary>The instance became master, or a reload gave it more: these go into the kernel.</summary>
/// <param name="Instance">Whose; lines without an interface of their own go to its interface.</param>
/// <param name="Items">What; with a reload only what is new, perhaps nothing.</param>
/// <param name="IsReload">A reload, not a change of state.</param>
public sealed record AddVirtual(InstanceState Instance, VirtualResources Items, bool IsReload) : VrrpEffect;

/// <summary>The instance is master no more, or a reload took something away: these leave the kernel. At the start all go: what a killed daemon left behind.</summary>
/// <param name="Instance">Whose; after a reload <see cref="InstanceState.Config"/> may be newer than the items.</param>
/// <param name="Items">What.</param>
/// <param name="IsReload">A reload, not a change of state.</param>
public sealed record RemoveVirtual(InstanceState Instance, VirtualResources Items, bool IsReload) : VrrpEffect;

/// <summary>Addresses, routes and rules that are there as long as the daemon runs: in at the start, and what a reload changes.</summary>
/// <param name="Items">What.</param>
public sealed record AddStatic(VirtualResources Items) : VrrpEffect;

/// <summary>See <see cref="AddStatic"/>; the original leaves them at its end, a reload removes those that stand no more.</summary>
/// <param name="Items">What.</param>
public sealed record RemoveStatic(VirtualResources Items) : VrrpEffect;

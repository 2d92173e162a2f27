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

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Addresses.Count + Routes.Count + Rules.Count == 0;

    /// <summary>Everything that a master of this configuration holds.</summary>
    public static VirtualResources Of(InstanceConfig config)
    {
        var addresses = config.ExcludedAddresses.Count == 0 ? config.Addresses : [.. config.Addresses, .. config.ExcludedAddresses];
        return new VirtualResources(addresses, config.Routes, config.Rules);
    }
}

/// <summary>The instance became master, or a reload gave it more: these go into the kernel.</summary>
/// <param name="Instance">Whose; lines without an interface of their own go to its interface.</param>
/// <param name="Items">What.</param>
public sealed record AddVirtual(InstanceState Instance, VirtualResources Items) : VrrpEffect;

/// <summary>The instance is master no more, or a reload took something away: these leave the kernel.</summary>
/// <param name="Instance">Whose; after a reload <see cref="InstanceState.Config"/> may be newer than the items.</param>
/// <param name="Items">What.</param>
public sealed record RemoveVirtual(InstanceState Instance, VirtualResources Items) : VrrpEffect;

/// <summary>Addresses, routes and rules that are there as long as the daemon runs: in at the start, and what a reload changes.</summary>
/// <param name="Items">What.</param>
public sealed record AddStatic(VirtualResources Items) : VrrpEffect;

/// <summary>See <see cref="AddStatic"/>; the original leaves them at its end, a reload removes those that stand no more.</summary>
/// <param name="Items">What.</param>
public sealed record RemoveStatic(VirtualResources Items) : VrrpEffect;

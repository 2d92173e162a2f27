using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp;

/// <summary>The names of the virtual interfaces (VMACs, ipvlans) of a configuration.</summary>
/// <remarks>
/// Where the operator names none: <c>vrrp.VRID</c>; for an IPv6 router whose IPv4 sibling has that, <c>vrrp6.VRID</c>; then
/// <c>vrrp1.VRID</c> and so on. As keepalived 2.2.7 was seen to do.
/// </remarks>
public sealed class VirtualMacNames
{
    private readonly Dictionary<string, string> _ofInstances = [];
    private readonly Dictionary<(string Instance, string Interface, AddressFamily Family), string> _ofAddresses = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>Gives the names.</summary>
    public VirtualMacNames(KeepalivedConfig config)
    {
        foreach (var instance in config.Instances)
        {
            if (instance.VirtualMac?.Name is { } name)
            {
                _ofInstances[instance.Name] = name;
                _taken.Add(name);
            }
        }

        foreach (var instance in config.Instances)
        {
            if (instance.VirtualMac is { Name: null })
            {
                _ofInstances[instance.Name] = Invent(config.Global.VirtualMacPrefix, instance.RouterId, instance.Family);
            }

            foreach (var address in Addresses(instance))
            {
                if (NeedsOwn(instance, address) && !_ofAddresses.ContainsKey((instance.Name, address.Interface!, address.Family)))
                {
                    _ofAddresses[(instance.Name, address.Interface!, address.Family)] =
                        Invent(config.Global.VirtualMacPrefix, instance.RouterId, address.Family);
                }
            }
        }
    }

    /// <summary>The virtual interface of an instance; null where it has none.</summary>
    public string? OfInstance(string instance) => _ofInstances.GetValueOrDefault(instance);

    /// <summary>The virtual interface of an address that stands on another interface than its instance; null where it has none.</summary>
    public string? OfAddress(string instance, AddressConfig address) =>
        address.Interface is { } name ? _ofAddresses.GetValueOrDefault((instance, name, address.Family)) : null;

    /// <summary>Virtual interfaces of addresses: the instance, the interface below, the family and the name.</summary>
    public IEnumerable<(string Instance, string Below, AddressFamily Family, string Name)> OfAddresses =>
        _ofAddresses.Select(entry => (entry.Key.Instance, entry.Key.Interface, entry.Key.Family, entry.Value));

    private static bool NeedsOwn(InstanceConfig instance, AddressConfig address) =>
        address.Interface is { } name && name != instance.Interface
        && (address.VirtualMac is not null || instance.VirtualMac is { ForAddresses: true });

    private static IEnumerable<AddressConfig> Addresses(InstanceConfig instance) => instance.Addresses.Concat(instance.ExcludedAddresses);

    private string Invent(string prefix, int routerId, AddressFamily family)
    {
        if (_taken.Add($"{prefix}.{routerId}"))
        {
            return $"{prefix}.{routerId}";
        }

        if (family == AddressFamily.InterNetworkV6 && _taken.Add($"{prefix}6.{routerId}"))
        {
            return $"{prefix}6.{routerId}";
        }

        for (var number = 1; ; number++)
        {
            if (_taken.Add($"{prefix}{number}.{routerId}"))
            {
                return $"{prefix}{number}.{routerId}";
            }
        }
    }
}

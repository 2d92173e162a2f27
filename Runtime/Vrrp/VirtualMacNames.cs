using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp;

/// <summary>The names of the virtual interfaces (VMACs, ipvlans) of a configuration.</summary>
/// <remarks>
/// Where the operator names none: <c>vrrp.VRID</c>, of either family; for an IPv6 router that comes second <c>vrrp6.VRID</c>; then
/// <c>vrrp1.VRID</c> and so on. As keepalived 2.2.7 was seen to do. What stands before the dot is <c>vmac_prefix</c>, of addresses on other
/// interfaces <c>vmac_addr_prefix</c>.
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
                var key = (instance.Name, address.Interface ?? instance.Interface, address.Family);
                if (NeedsOwn(instance, address) && !_ofAddresses.ContainsKey(key))
                {
                    _ofAddresses[key] = Invent(config.Global.AddressMacPrefix ?? config.Global.VirtualMacPrefix, instance.RouterId, address.Family);
                }
            }
        }
    }

    /// <summary>The virtual interface of an instance; null where it has none.</summary>
    public string? OfInstance(string instance) => _ofInstances.GetValueOrDefault(instance);

    /// <summary>The virtual interface of an address that does not belong to that of its instance; null where it has none.</summary>
    public string? OfAddress(InstanceConfig instance, AddressConfig address) =>
        NeedsOwn(instance, address)
            ? _ofAddresses.GetValueOrDefault((instance.Name, address.Interface ?? instance.Interface, address.Family))
            : null;

    /// <summary>The interface on which a virtual address stands.</summary>
    /// <remarks>
    /// An address that names the instance's own interface stands on its VMAC all the same; one of the other family stands on the interface
    /// below, where it has no VMAC of its own.
    /// </remarks>
    public string PlaceOf(InstanceConfig instance, AddressConfig address) =>
        OfAddress(instance, address)
        ?? (IsAtHome(instance, address) ? OfInstance(instance.Name) : null)
        ?? address.Interface ?? instance.Interface;

    /// <summary>The configuration with these names in it.</summary>
    public KeepalivedConfig Fill(KeepalivedConfig config)
    {
        if (_ofInstances.Count == 0)
        {
            return config;
        }

        // A group holds its members by value: they are named there too.
        return config with
        {
            Instances = [.. config.Instances.Select(Fill)],
            SyncGroups = [.. config.SyncGroups.Select(group => group with { Members = [.. group.Members.Select(Fill)] })],
        };
    }

    private InstanceConfig Fill(InstanceConfig instance) =>
        instance.VirtualMac is { Name: null } vmac ? instance with { VirtualMac = vmac with { Name = OfInstance(instance.Name) } } : instance;

    /// <summary>Virtual interfaces of the addresses of an instance: the interface below, the family and the name.</summary>
    public IEnumerable<(string Below, AddressFamily Family, string Name)> OfAddresses(string instance) =>
        _ofAddresses.Where(entry => entry.Key.Instance == instance).Select(entry => (entry.Key.Interface, entry.Key.Family, entry.Value));

    private static bool NeedsOwn(InstanceConfig instance, AddressConfig address) =>
        !IsAtHome(instance, address) && (address.VirtualMac is not null || instance.VirtualMac is { ForAddresses: true });

    /// <summary>Whether it belongs to the VMAC of the instance: by its interface, and by its family, which the MAC tells.</summary>
    private static bool IsAtHome(InstanceConfig instance, AddressConfig address) =>
        (address.Interface is null || address.Interface == instance.Interface) && address.Family == instance.Family;

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

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Makes the VMACs and ipvlans of a configuration, with the settings that they need, and takes them away again.</summary>
internal sealed partial class VirtualInterfaces(
    NetlinkConversation conversation, InterfaceTable interfaces, GroupReportFilter reports, Action<VrrpEvent> log)
{
    private readonly Dictionary<string, VirtualInterfaceWish> _made = [];
    private readonly HashSet<string> _new = [];
    private readonly LinkTuning _tuning = new(conversation, interfaces, log);

    /// <summary>Makes what the configuration wants and is missing, and takes away what it does not want any more.</summary>
    /// <remarks>Called again when an interface appears: what lies on it could not be made before.</remarks>
    internal void Reconcile(KeepalivedConfig config, VirtualMacNames names)
    {
        var wishes = VirtualInterfaceWish.Of(config, names).ToDictionary(wish => wish.Name);
        RemoveUnwanted(wishes);
        MakeMissing(config, names);
    }

    /// <summary>Makes what the configuration wants and is missing.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="names">The names of virtual interfaces in it.</param>
    /// <param name="tellsFound">Those that are there already are told of: at a reload.</param>
    internal void MakeMissing(KeepalivedConfig config, VirtualMacNames names, bool tellsFound = false)
    {
        foreach (var wish in VirtualInterfaceWish.Of(config, names))
        {
            if (interfaces.Find(wish.Below) is not { } below)
            {
                continue;
            }

            if (!_made.TryGetValue(wish.Name, out var known) || interfaces.Find(wish.Name) is null)
            {
                Make(wish, below);
            }
            else if (tellsFound && wish.IsSameLink(known))
            {
                log(new VirtualInterfaceMade(wish.Instance, wish.Name, VirtualInterfaceOutcome.Found, wish.IsIpvlan));
            }
        }

        _tuning.PromoteSecondaries(config, names);
    }

    private void RemoveUnwanted(Dictionary<string, VirtualInterfaceWish> wishes)
    {
        foreach (var old in _made.Values.Where(made => !wishes.TryGetValue(made.Name, out var wish) || !wish.IsSameLink(made)).ToArray())
        {
            Remove(old);
            log(new InterfaceExistence(old.Name, false)); // no instance uses it any more that could tell of it
        }
    }

    /// <summary>Whether it was made since <see cref="ForgetNew"/>: no predecessor can have left anything on it.</summary>
    internal bool IsNew(string name) => _new.Contains(name);

    /// <summary>See <see cref="IsNew"/>.</summary>
    internal void ForgetNew() => _new.Clear();

    /// <summary>Takes all away and restores the settings of the interfaces below.</summary>
    internal void RemoveAll()
    {
        foreach (var made in _made.Values.ToArray())
        {
            Remove(made);
        }

        _tuning.RestoreAll();
    }

    private void Make(VirtualInterfaceWish wish, Link below)
    {
        if (interfaces.Find(wish.Name) is { } found)
        {
            if (wish.IsMetBy(found, below))
            {
                log(new VirtualInterfaceMade(wish.Instance, wish.Name, VirtualInterfaceOutcome.Found, wish.IsIpvlan));
                Finish(wish, found, below);
                return;
            }

            _ = conversation.Execute(LinkRequest.Delete(found.Index));
        }

        var request = wish.IsIpvlan
            ? LinkRequest.MakeIpvlan(wish.Name, below.Index, wish.IpvlanFlags)
            : LinkRequest.MakeMacvlan(wish.Name, below.Index, wish.Mac);
        var error = conversation.Execute(request);
        if (!error.IsNone)
        {
            log(new NetlinkFailed(error, NetlinkKind.NewLink, request.Sequence));
            log(new VirtualInterfaceMade(wish.Instance, wish.Name, VirtualInterfaceOutcome.Failed, wish.IsIpvlan));
            return;
        }

        log(new VirtualInterfaceMade(wish.Instance, wish.Name, VirtualInterfaceOutcome.Made, wish.IsIpvlan));
        _ = _new.Add(wish.Name);
        _ = interfaces.Refresh();
        if (interfaces.Find(wish.Name) is { } made)
        {
            Finish(wish, made, below);
        }
    }

    private void Finish(VirtualInterfaceWish wish, Link made, Link below)
    {
        _made[wish.Name] = wish;
        if (!wish.IsIpvlan)
        {
            _tuning.Prepare(wish, made, below);
            reports.Redirect(wish.Name, wish.Family, made.Index, below.Index);
        }

        _ = conversation.Execute(LinkRequest.SetUp(made.Index, up: true));
        if (wish.IpvlanAddress is not null)
        {
            _ = conversation.Execute(AddressRequest.Add(wish.IpvlanAddress, made.Index));
        }

        if (wish.NeedsLinkLocal && LinkLocalOf(below) is { } address)
        {
            // Adverts of IPv6 come from a link-local address: that of the interface below, which is not asked for on the link again, and
            // which nothing else shall use here.
            _ = conversation.Execute(AddressRequest.Add(new AddressConfig { Address = address, PrefixLength = 64, PreferredLifetime = 0 }, made.Index));
        }

        _ = interfaces.Refresh();
    }

    private void Remove(VirtualInterfaceWish made)
    {
        _made.Remove(made.Name);
        reports.Forget(made.Name);
        if (interfaces.Find(made.Name) is { } link && conversation.Execute(LinkRequest.Delete(link.Index)).IsNone)
        {
            log(new VirtualInterfaceMade(made.Instance, made.Name, VirtualInterfaceOutcome.Removed, made.IsIpvlan));
        }

        _tuning.Restore(made);
    }

    private static IPAddress? LinkLocalOf(Link link)
    {
        foreach (var address in link.Addresses)
        {
            if (address.Address.IsIPv6LinkLocal)
            {
                return new IPAddress(address.Address.GetAddressBytes());
            }
        }

        return null;
    }
}

/// <summary>One virtual interface that is wanted.</summary>
internal sealed record VirtualInterfaceWish(string Instance, string Name, string Below, AddressFamily Family, byte[] Mac)
{
    internal bool IsIpvlan { get; init; }

    internal ushort IpvlanFlags { get; init; }

    internal AddressConfig? IpvlanAddress { get; init; }

    /// <summary>IPv6 stays switched on, whatever the family of the router: it has addresses of IPv6.</summary>
    internal bool KeepsInet6 { get; init; }

    /// <summary>It gets the link-local address of the interface below.</summary>
    internal bool NeedsLinkLocal { get; init; }

    /// <summary>All that a configuration wants.</summary>
    internal static IEnumerable<VirtualInterfaceWish> Of(KeepalivedConfig config, VirtualMacNames names)
    {
        for (var at = 0; at < config.Instances.Count; at++)
        {
            var instance = config.Instances[at];
            if (instance.VirtualMac is { } vmac && names.OfInstance(instance.Name) is { } name)
            {
                yield return new VirtualInterfaceWish(instance.Name, name, instance.Interface, instance.Family, MacOf(instance, instance.Family))
                {
                    IsIpvlan = vmac.IsIpvlan, IpvlanFlags = (ushort)vmac.IpvlanMode, IpvlanAddress = vmac.IpvlanAddress,
                    KeepsInet6 = instance.ExcludedAddresses.Any(address => address.Family == AddressFamily.InterNetworkV6),
                    NeedsLinkLocal = instance.Family == AddressFamily.InterNetworkV6 && !vmac.TransmitByBase
                        && !(vmac.IsIpvlan && vmac.IpvlanAddress is not null),
                };
            }

            foreach (var (below, family, place) in names.OfAddresses(instance.Name))
            {
                yield return new VirtualInterfaceWish(instance.Name, place, below, family, MacOf(instance, family))
                {
                    NeedsLinkLocal = family == AddressFamily.InterNetworkV6,
                };
            }
        }
    }

    internal bool IsSameLink(VirtualInterfaceWish other) =>
        Name == other.Name && Below == other.Below && IsIpvlan == other.IsIpvlan && IpvlanFlags == other.IpvlanFlags && Mac.AsSpan().SequenceEqual(other.Mac);

    /// <summary>Whether a link that is there is what is wanted.</summary>
    internal bool IsMetBy(Link link, Link below) =>
        link.Notice.Below == below.Index
        && (IsIpvlan ? link.Notice.Kind == "ipvlan" : link.Notice is { Kind: "macvlan", MacvlanMode: 1 } && link.Notice.Mac.Equals(new PhysicalAddress(Mac)));

    // RFC 5798 7.3.
    private static byte[] MacOf(InstanceConfig instance, AddressFamily family) =>
        instance.VirtualMac?.Mac is { } own
            ? own.AsSpan().ToArray()
            : [0, 0, 0x5e, 0, (byte)(family == AddressFamily.InterNetwork ? 1 : 2), (byte)instance.RouterId];
}

using System.Net;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>One interface as the kernel has it now. Everything public is for reading.</summary>
public sealed class Link
{
    private readonly List<AddressNotice> _addresses = [];

    internal Link(LinkNotice notice) => Notice = notice;

    /// <summary>What the kernel last said.</summary>
    public LinkNotice Notice { get; internal set; }

    /// <summary>Its number.</summary>
    public int Index => Notice.Index;

    /// <summary>Its name.</summary>
    public string Name => Notice.Name;

    /// <summary>Its addresses in the order in which they came, also the virtual ones.</summary>
    public IReadOnlyList<AddressNotice> Addresses => _addresses;

    /// <summary>Whether its carrier was found missing by polling; the flags do not say it with some drivers.</summary>
    public bool IsCarrierMissing { get; internal set; }

    /// <summary>Whether it is switched on (IFF_UP).</summary>
    internal bool IsUp => (Notice.Flags & LinkFlags.Up) != 0;

    /// <summary>The core's view of it.</summary>
    internal InterfaceFacts ToFacts(InterfaceTable table, Func<int, IPAddress, bool> isVirtual)
    {
        var addresses = new List<RouterAddress>(_addresses.Count);
        foreach (var address in _addresses)
        {
            if (!isVirtual(Index, address.Address))
            {
                addresses.Add(RouterAddress.From(address.Address));
            }
        }

        return new InterfaceFacts(
            Name, Index, IsUp, (Notice.Flags & LinkFlags.Running) != 0 && !IsCarrierMissing, ValueList.Create<RouterAddress>([.. addresses]))
        {
            Mtu = Notice.Mtu,
            Base = Notice.Kind is "macvlan" or "ipvlan" ? table.Find(Notice.Below)?.Name : null,
        };
    }

    /// <summary>Adds or replaces an address. True where it is new.</summary>
    internal bool Put(AddressNotice notice)
    {
        var at = _addresses.FindIndex(known => IsSame(known, notice));
        if (at < 0)
        {
            _addresses.Add(notice);
            return true;
        }

        _addresses[at] = notice;
        return false;
    }

    /// <summary>Takes an address away. True where it was there.</summary>
    internal bool Remove(AddressNotice notice) => _addresses.RemoveAll(known => IsSame(known, notice)) > 0;

    /// <summary>Puts its addresses into an order in which they were known before; others keep theirs, behind.</summary>
    internal void Arrange(IReadOnlyList<RouterAddress> order)
    {
        var places = new Dictionary<RouterAddress, int>();
        foreach (var address in order)
        {
            places.TryAdd(address, places.Count);
        }

        AddressNotice[] sorted = [.. _addresses.OrderBy(known => places.GetValueOrDefault(RouterAddress.From(known.Address), int.MaxValue))];
        _addresses.Clear();
        _addresses.AddRange(sorted);
    }

    internal void ForgetAddresses() => _addresses.Clear();

    private static bool IsSame(AddressNotice one, AddressNotice other) =>
        one.PrefixLength == other.PrefixLength && one.Address.Equals(other.Address) && one.Peer.Equals(other.Peer);
}

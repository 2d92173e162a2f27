using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>A master that does not own its virtual addresses and must not answer for them (RFC 5798 accept mode off) drops their packets.</summary>
/// <remarks>ARP and neighbour discovery still work.</remarks>
internal sealed class AcceptFilter(FilterTable table, Action<VrrpEvent> log)
{
    private const string Set = "vips";

    private readonly HashSet<byte> _families = [];
    private readonly HashSet<AddressConfig> _blocked = [];

    /// <summary>Whether an instance must not answer for its addresses.</summary>
    internal static bool Applies(InstanceConfig config) => config.Priority != 255 && (config.Accept == false || (config.Strict && config.Accept is null));

    /// <summary>Drops packets to and from addresses that are about to go into the kernel.</summary>
    internal void Block(InstanceState instance, VirtualResources items)
    {
        if (Applies(instance.Config))
        {
            Tell(instance, items, added: true);
            Change(items, add: true);
        }
    }

    /// <summary>Lets packets pass again when the addresses are gone.</summary>
    internal void Unblock(InstanceState instance, VirtualResources items)
    {
        if (Applies(instance.Config))
        {
            Tell(instance, items, added: false);
        }

        Change(items, add: false); // a reload may have changed the instance's mind
    }

    /// <summary>Writes which packets are dropped, for the successor of this program.</summary>
    internal void Save(StateWriter to)
    {
        to.Put(Field.Families, _families.ToArray().AsSpan());
        foreach (var address in _blocked)
        {
            to.Put(Field.Blocked, address.Address);
        }
    }

    /// <summary>Learns what the predecessor put in.</summary>
    internal void Restore(StateRecord from, IReadOnlyList<InstanceState> instances)
    {
        _families.UnionWith(from.Bytes(Field.Families).ToArray());
        var blocked = from.Values(Field.Blocked).Select(bytes => bytes.ToArray()).ToList();
        foreach (var address in instances.Where(instance => Applies(instance.Config)).SelectMany(instance => VirtualResources.Of(instance.Config).Addresses))
        {
            if (blocked.Exists(bytes => bytes.AsSpan().SequenceEqual(address.Address.GetAddressBytes())))
            {
                _blocked.Add(address);
            }
        }
    }

    private void Tell(InstanceState instance, VirtualResources items, bool added)
    {
        if (items.Addresses.Count > 0)
        {
            log(new VirtualResourcesMoved(instance.Name, VirtualResource.DropRule, added));
        }
    }

    private void Change(VirtualResources items, bool add)
    {
        var messages = new List<NetlinkMessage>();
        foreach (var address in items.Addresses)
        {
            if (add ? !_blocked.Add(address) : !_blocked.Remove(address))
            {
                continue;
            }

            var family = Families.Of(address.Family);
            if (_families.Add(family))
            {
                table.Need(family);
                messages.AddRange(MakeRules(family));
            }

            messages.Add(NetfilterRequest.ChangeSet(family, FilterTable.Name, Set, address.Address.GetAddressBytes(), add));
        }

        if (messages.Count == 0)
        {
            return;
        }

        if (add)
        {
            table.Execute(messages);
        }
        else
        {
            table.Remove(messages);
        }
    }

    private static IEnumerable<NetlinkMessage> MakeRules(byte family)
    {
        yield return NetfilterRequest.MakeChain(family, FilterTable.Name, FilterTable.In, 1);
        yield return NetfilterRequest.MakeAddressSet(family, FilterTable.Name, Set);
        if (family == Families.Of(AddressFamily.InterNetworkV6))
        {
            yield return NetfilterRequest.AcceptNeighbourDiscovery(FilterTable.Name, FilterTable.In);
            yield return NetfilterRequest.AcceptNeighbourDiscovery(FilterTable.Name, FilterTable.Out);
        }

        yield return NetfilterRequest.DropAddresses(family, FilterTable.Name, FilterTable.In, Set, from: false);
        yield return NetfilterRequest.DropAddresses(family, FilterTable.Name, FilterTable.Out, Set, from: true);
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Families = 1, Blocked = 2;
    }
}

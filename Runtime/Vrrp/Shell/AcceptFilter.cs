using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>A master that does not own its virtual addresses and must not answer for them (RFC 5798 accept mode off) drops their packets.</summary>
/// <remarks>
/// A table of nftables that is ours alone, made when it is first needed and taken away at the end. ARP and neighbour discovery still work.
/// </remarks>
internal sealed class AcceptFilter(Action<VrrpEvent> log) : IDisposable
{
    private const string Table = "keepalived";
    private const string Set = "vips";
    private const string In = "in";
    private const string Out = "out";

    private readonly HashSet<byte> _families = [];
    private readonly HashSet<AddressConfig> _blocked = [];
    private NetlinkConversation? _conversation;

    /// <summary>Whether an instance must not answer for its addresses.</summary>
    internal static bool Applies(InstanceConfig config) => config.Priority != 255 && (config.Accept == false || (config.Strict && config.Accept is null));

    /// <summary>Drops packets to and from addresses that are about to go into the kernel.</summary>
    internal void Block(InstanceState instance, VirtualResources items) => Change(instance, items, add: true);

    /// <summary>Lets packets pass again when the addresses are gone.</summary>
    internal void Unblock(InstanceState instance, VirtualResources items) => Change(instance, items, add: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var family in _families)
        {
            Execute([NetfilterRequest.DeleteTable(family, Table)]);
        }

        _families.Clear();
        _blocked.Clear();
        _conversation?.Dispose();
        _conversation = null;
    }

    private void Change(InstanceState instance, VirtualResources items, bool add)
    {
        if (!Applies(instance.Config) && add)
        {
            return;
        }

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
                messages.AddRange(MakeTable(family));
            }

            messages.Add(NetfilterRequest.ChangeSet(family, Table, Set, address.Address.GetAddressBytes(), add));
        }

        if (messages.Count > 0)
        {
            Execute(messages);
        }
    }

    private static IEnumerable<NetlinkMessage> MakeTable(byte family)
    {
        // What a killed predecessor left goes with the whole table.
        yield return NetfilterRequest.MakeTable(family, Table);
        yield return NetfilterRequest.DeleteTable(family, Table);
        yield return NetfilterRequest.MakeTable(family, Table);
        yield return NetfilterRequest.MakeChain(family, Table, Out, 3);
        yield return NetfilterRequest.MakeChain(family, Table, In, 1);
        yield return NetfilterRequest.MakeAddressSet(family, Table, Set);
        if (family == Families.Of(AddressFamily.InterNetworkV6))
        {
            yield return NetfilterRequest.AcceptNeighbourDiscovery(Table, In);
            yield return NetfilterRequest.AcceptNeighbourDiscovery(Table, Out);
        }

        yield return NetfilterRequest.DropAddresses(family, Table, In, Set, from: false);
        yield return NetfilterRequest.DropAddresses(family, Table, Out, Set, from: true);
    }

    private void Execute(List<NetlinkMessage> messages)
    {
        var error = SysError.None;
        _conversation ??= NetlinkConversation.OpenNetfilter(out error);
        if (_conversation is not null)
        {
            error = _conversation.ExecuteBatch([NetfilterRequest.BatchBegin(), .. messages, NetfilterRequest.BatchEnd()]);
        }

        if (!error.IsNone)
        {
            log(new PacketFilterFailed(error));
        }
    }
}

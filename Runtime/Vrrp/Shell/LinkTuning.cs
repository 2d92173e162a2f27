using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Settings of the kernel without which VMACs do not work, and their restoring (observed with keepalived 2.2.7).</summary>
/// <remarks>
/// The VMAC alone answers ARP for its addresses (arp_ignore, arp_filter), takes packets of addresses that the interface below has too
/// (accept_local), and is not stopped by a filter that looks at the way back (rp_filter).
/// </remarks>
internal sealed partial class LinkTuning(NetlinkConversation conversation, InterfaceTable interfaces, Action<VrrpEvent> log)
{
    private readonly Dictionary<string, (int ArpIgnore, int ArpFilter, HashSet<string> Users)> _below = [];
    private readonly Dictionary<string, int> _promoted = [];

    /// <summary>Prepares a VMAC that has just been made, before it is switched on.</summary>
    internal void Prepare(VirtualInterfaceWish wish, Link made, Link below)
    {
        if (wish.Family == AddressFamily.InterNetwork)
        {
            LowerReversePathFilter();
            _ = conversation.Execute(LinkRequest.Configure(
                made.Index, (Inet4Setting.ArpIgnore, 1u), (Inet4Setting.AcceptLocal, 1u), (Inet4Setting.ReversePathFilter, 0u),
                (Inet4Setting.PromoteSecondaries, 1u)));
            SetBelow(wish, below);
        }

        _ = LinkSettings.Write("ipv6", made.Name, "disable_ipv6", wish.Family == AddressFamily.InterNetwork && !wish.KeepsInet6 ? 1 : 0);
        _ = conversation.Execute(LinkRequest.StopAddressGeneration(made.Index));
    }

    /// <summary>A VMAC is gone: the last one of an interface restores its settings.</summary>
    internal void Restore(VirtualInterfaceWish gone)
    {
        if (_below.TryGetValue(gone.Below, out var before) && before.Users.Remove(gone.Name) && before.Users.Count == 0)
        {
            _below.Remove(gone.Below);
            if (interfaces.Find(gone.Below) is { } below)
            {
                _ = conversation.Execute(LinkRequest.Configure(
                    below.Index, (Inet4Setting.ArpIgnore, (uint)before.ArpIgnore), (Inet4Setting.ArpFilter, (uint)before.ArpFilter)));
            }
        }
    }

    /// <summary>Secondary addresses stay when the primary one goes, on the interfaces of instances that ask for it.</summary>
    internal void PromoteSecondaries(KeepalivedConfig config, VirtualMacNames names)
    {
        foreach (var instance in config.Instances)
        {
            var name = names.OfInstance(instance.Name) ?? instance.Interface;
            if (instance.PromoteSecondaries && interfaces.Find(name) is { } link && _promoted.TryAdd(name, LinkSettings.Read("ipv4", name, "promote_secondaries") ?? 0))
            {
                _ = conversation.Execute(LinkRequest.Configure(link.Index, (Inet4Setting.PromoteSecondaries, 1u)));
            }
        }
    }

    /// <summary>Restores what is left to restore.</summary>
    internal void RestoreAll()
    {
        foreach (var (name, before) in _promoted)
        {
            if (interfaces.Find(name) is { } link)
            {
                _ = conversation.Execute(LinkRequest.Configure(link.Index, (Inet4Setting.PromoteSecondaries, (uint)before)));
            }
        }

        _promoted.Clear();
    }

    private void SetBelow(VirtualInterfaceWish wish, Link below)
    {
        if (!_below.TryGetValue(wish.Below, out var before))
        {
            before = (LinkSettings.Read("ipv4", below.Name, "arp_ignore") ?? 0, LinkSettings.Read("ipv4", below.Name, "arp_filter") ?? 0, []);
            _below[wish.Below] = before;
        }

        before.Users.Add(wish.Name);
        _ = conversation.Execute(LinkRequest.Configure(below.Index, (Inet4Setting.ArpIgnore, 1u), (Inet4Setting.ArpFilter, 1u)));
    }

    // The larger of the interface's value and that of "all" holds: "all" has to be 0, and what it said is written to the others.
    private void LowerReversePathFilter()
    {
        if (LinkSettings.Read("ipv4", "all", "rp_filter") is not (> 0 and var all))
        {
            return;
        }

        log(new ReversePathFilterLowered(all));
        foreach (var name in interfaces.All.Where(link => link.Notice.Kind != "macvlan").Select(link => link.Name).Append("default"))
        {
            if (LinkSettings.Read("ipv4", name, "rp_filter") is { } own && own < all)
            {
                _ = LinkSettings.Write("ipv4", name, "rp_filter", all);
            }
        }

        _ = LinkSettings.Write("ipv4", "all", "rp_filter", 0);
    }
}

using System.Net.Sockets;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;
using static System.FormattableString;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>What the log says about the kernel's side: addresses, sockets, announcements.</summary>
internal sealed partial class VrrpSentences
{
    private bool TellKernel(VrrpEvent happened)
    {
        switch (happened)
        {
            case InterfaceAddressChanged e:
                log.Detail(e.IsAssigned ? $"Assigned address {e.Address} for interface {e.Name}" : $"Deassigned address {e.Address} from interface {e.Name}");
                return true;
            case InterfaceAddressKept e:
                log.Detail($"Assigned address {e.Address} for interface {e.Name}");
                return true;
            case VirtualAddressLost e:
                log.Detail($"Netlink reflector reports IP {e.Address} removed from {e.Interface}");
                return true;
            case MacChanged e:
                log.Say($"({e.Name}) MAC Address changed from {MacText.Of(e.From)} to {MacText.Of(e.To)}");
                return true;
            case KernelMessagesLost:
                log.Say("Netlink: Receive buffer overrun on monitor socket - (No buffer space available)");
                return true;
            case VirtualInterfaceMade e:
                TellVirtualInterface(e);
                return true;
            case ReversePathFilterLowered e:
                log.Say(Invariant($"NOTICE: setting sysctl net.ipv4.conf.all.rp_filter from {e.Before} to 0"));
                return true;
            case NetlinkFailed e:
                log.Say(Invariant($"Netlink: error: {e.Error.Text}({e.Error.Code}), type={RequestWord(e.Kind)}({(int)e.Kind}), seq={e.Sequence}, pid=0"));
                return true;
            case StaticRestored e:
                log.Say($"Restoring deleted static {StaticText(e.Items)}");
                return true;
            case VirtualResourcesMoved e:
                log.Detail($"({e.Name}) {(e.IsAdded ? "setting" : "removing")} {ResourceWord(e.Resource)}");
                return true;
            case SocketsOpened e:
                log.Detail(Invariant($"VRRP sockpool: [ifindex({e.InterfaceIndex,3}), family({Family(e)}), proto({e.Channel.Protocol}), fd({e.ReceiveDescriptor},{e.SendDescriptor}) {(e.Channel.IsUnicast ? ", un" : "mult")}icast, address({e.Channel.Address})]"));
                return true;
            case SocketsFailed e:
                log.Say($"Unable to open VRRP sockets on {e.Channel.Interface ?? e.Channel.Address.ToString()} - {e.Error.Text}");
                return true;
            case AnnouncementQueued e:
                log.Detail($"({e.Name}) Sending/queueing {(e.Address.AddressFamily == AddressFamily.InterNetwork ? "gratuitous ARPs" : "Unsolicited Neighbour Adverts")} on {e.Interface} for {e.Address}");
                return true;
            case AnnouncementSent e:
                log.Detail($"Sending {(e.Address.AddressFamily == AddressFamily.InterNetwork ? "gratuitous ARP" : "unsolicited Neighbour Advert")} on {e.Interface} for {e.Address}");
                return true;
            case AnnouncementFailed e:
                log.Say(Invariant($"Error {e.Error.Code} ({e.Error.Text}) sending gratuitous {(e.Address.AddressFamily == AddressFamily.InterNetwork ? "ARP" : "NA")} on {e.Interface} for {e.Address}"));
                return true;
            case OldFilterTableDeleted e:
                log.Say($"Deleting old {(e.IsV4 ? "ip" : "ip6")} keepalived table");
                return true;
            case PacketFilterFailed e:
                log.Say($"nftables: {e.Error.Text}");
                return true;
            default:
                return false;
        }
    }

    private void TellVirtualInterface(VirtualInterfaceMade made)
    {
        var kind = made.IsIpvlan ? "IPVLAN" : "VMAC";
        switch (made.Outcome)
        {
            case VirtualInterfaceOutcome.Made:
                log.Detail($"({made.Name}): Success creating {kind} interface {made.Interface}");
                break;
            case VirtualInterfaceOutcome.Found:
                log.Detail($"({made.Name}) Found matching interface {made.Interface}");
                break;
            case VirtualInterfaceOutcome.Removed:
                log.Detail($"({made.Name}) Success removing {kind} interface {made.Interface}");
                break;
            default:
                log.Say($"({made.Name}): Unable to create {(made.IsIpvlan ? "ipvlan" : kind)} interface {made.Interface}");
                break;
        }
    }

    // The kernel's own names (rtnetlink(7)).
    private static string RequestWord(NetlinkKind kind) => kind switch
    {
        NetlinkKind.NewLink => "RTM_NEWLINK",
        NetlinkKind.DeleteLink => "RTM_DELLINK",
        NetlinkKind.NewAddress => "RTM_NEWADDR",
        NetlinkKind.DeleteAddress => "RTM_DELADDR",
        NetlinkKind.NewRoute => "RTM_NEWROUTE",
        NetlinkKind.DeleteRoute => "RTM_DELROUTE",
        NetlinkKind.NewRule => "RTM_NEWRULE",
        NetlinkKind.DeleteRule => "RTM_DELRULE",
        _ => kind.ToString(),
    };

    private static string ResourceWord(VirtualResource resource) => resource switch
    {
        VirtualResource.Addresses => "VIPs.",
        VirtualResource.ExcludedAddresses => "E-VIPs.",
        VirtualResource.Routes => "Virtual Routes",
        VirtualResource.DropRule => "firewall drop rule",
        _ => "Virtual Rules",
    };

    private static string StaticText(VirtualResources one) => one switch
    {
        { Addresses: [var address] } => "address " + ResourceText.Of(address, address.Interface ?? "", isSet: true),
        { Routes: [var route] } => "route " + RouteText.Of(route),
        _ => "rule " + RuleText.Of(one.Rules[0]),
    };

    private static string Family(SocketsOpened opened) => opened.Channel.Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
}

using System.Net.Sockets;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>The interfaces as <c>/tmp/keepalived.data</c> shows them.</summary>
internal static class InterfaceDump
{
    private const int Ethernet = 1, Loopback = 772; // ARPHRD_*

    /// <summary>Writes the section.</summary>
    internal static void Write(DumpWriter to, VrrpNode node)
    {
        to.Line($"------< Interfaces >------");
        foreach (var link in node.Interfaces.All)
            Write(to, node, link);
    }

    private static void Write(DumpWriter to, VrrpNode node, Link link)
    {
        var notice = link.Notice;
        var debounce = node.Core.Config.InterfaceDelays.FirstOrDefault(delay => delay.Interface == link.Name);
        to.Line($" Name = {link.Name}");
        to.Line($"   index = {link.Index}");
        to.Line($"   IPv4 address = {FirstAddress(link, AddressFamily.InterNetwork)}");
        to.Line($"   IPv6 address = {FirstAddress(link, AddressFamily.InterNetworkV6)}");
        if (notice.HardwareType == Ethernet)
        {
            to.Line($"   MAC = {MacText.Of(notice.Mac)}");
            to.Line($"   MAC broadcast = {MacText.Of(notice.MacBroadcast)}");
        }
        to.Line($"   State = {State(notice)}");
        to.Line($"   Seen up = {(notice.IsRunning ? 1 : 0)}");
        to.Line($"   Delayed state change running = {DumpWriter.TrueFalse(node.Core.Interfaces.Any(known => known.Name == link.Name && known.DebounceUntil != long.MaxValue))}");
        to.Line($"   Up debounce timer = {(long)(debounce?.Up.TotalMicroseconds ?? 0)}us");
        to.Line($"   Down debounce timer = {(long)(debounce?.Down.TotalMicroseconds ?? 0)}us");
        if (notice.Kind == "macvlan" && node.Interfaces.Find(notice.Below) is { } below)
            to.Line($"   VMAC type private, underlying interface = {below.Name}, state = {State(below.Notice)}");
        to.Line($"   MTU = {notice.Mtu}");
        to.Line($"   HW Type = {notice.HardwareType switch { Loopback => "LOOPBACK", Ethernet => "ETHERNET", _ => "UNKNOWN" }}");
        to.Line($"   NIC netlink status update");
        to.Text("   Reset ARP config counter 0\n   Original arp_ignore 0\n   Original arp_filter 0\n   Original promote_secondaries 0\n   Reset promote_secondaries counter 0");
        var trackers = node.Core.Instances.Where(instance => instance.InterfaceName == link.Name || instance.Config.Tracking.Interfaces.Any(tracked => tracked.Interface == link.Name)).ToList();
        if (trackers.Count > 0)
            to.Line($"   Tracking VRRP instances :");
        foreach (var instance in trackers)
            to.Line($"     {instance.Name}, weight {WeightOf(instance, link.Name)}");
    }

    private static int WeightOf(InstanceState instance, string name)
    {
        foreach (var tracked in instance.Config.Tracking.Interfaces)
        {
            if (tracked.Interface == name)
                return tracked.Weight;
        }
        return 0;
    }

    private static string FirstAddress(Link link, AddressFamily family)
    {
        foreach (var address in link.Addresses)
        {
            // Of IPv6 the one that adverts may come from counts.
            if (address.Address.AddressFamily == family && (family == AddressFamily.InterNetwork || address.Address.IsIPv6LinkLocal))
                return new System.Net.IPAddress(address.Address.GetAddressBytes()).ToString();
        }
        return "(none)";
    }

    private static string State(LinkNotice notice)
    {
        var words = new List<string>();
        if ((notice.Flags & LinkFlags.Up) != 0)
            words.Add("UP");
        if ((notice.Flags & LinkFlags.Running) != 0)
            words.Add("RUNNING");
        if (words.Count == 0)
            words.Add("DOWN");
        if ((notice.Flags & LinkFlags.Broadcast) == 0)
            words.Add("no broadcast");
        if ((notice.Flags & LinkFlags.Loopback) != 0)
            words.Add("loopback");
        if ((notice.Flags & LinkFlags.Multicast) == 0)
            words.Add("no multicast");
        return string.Join(", ", words);
    }
}

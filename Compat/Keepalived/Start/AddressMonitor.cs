using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Tells of each address that comes or goes, but for the virtual ones, whose lines are others (<c>-a</c>).</summary>
internal sealed class AddressMonitor(VrrpNode node, LogChannel log)
{
    /// <summary>Tells what is there, and from now on what changes.</summary>
    /// <param name="tellsPresent">Whether what is there is told; it was, where the program goes on for a former execution.</param>
    internal void Begin(bool tellsPresent)
    {
        foreach (var link in tellsPresent ? node.Interfaces.All : [])
        {
            foreach (var address in link.Addresses)
                Tell(link, address, isThere: true);
        }
        node.Interfaces.AddressChanged += Tell;
    }

    private void Tell(Link link, AddressNotice address, bool isThere)
    {
        if (!IsVirtual(address))
            log.Say($"Netlink reflector reports IP {new System.Net.IPAddress(address.Address.GetAddressBytes())} {(isThere ? "added to" : "removed from")} {link.Name}");
    }

    private bool IsVirtual(AddressNotice address)
    {
        foreach (var instance in node.Core.Instances)
        {
            foreach (var known in VirtualResources.Of(instance.Config).Addresses)
            {
                if (known.Address.Equals(address.Address))
                    return true;
            }
        }
        return false;
    }
}

using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell.Events;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>What is static goes in again, whoever took it away and whether an instance tracks it or not; as with the original.</summary>
internal sealed partial class ResourceExecutor
{
    /// <summary>Puts in again what somebody took away. What has no interface to stand on waits for it (<see cref="RestoreOn"/>).</summary>
    internal void Restore(HeldResource lost)
    {
        switch (lost)
        {
            case HeldAddress { Config: var address } when interfaces.IndexOf(address.Interface ?? "") != 0:
                Restore(new VirtualResources([address], [], []));
                break;
            case HeldRoute { Config: var route } when route.Hops.All(hop => hop.Interface is null || interfaces.Find(hop.Interface) is { IsUp: true }):
                Restore(new VirtualResources([], [route], []));
                break;
            case HeldRule { Config: var rule }:
                Restore(new VirtualResources([], [], [rule]));
                break;
        }
    }

    /// <summary>An interface came up: what went with it goes in again. Of the routes of IPv4 that went the kernel has said nothing.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="statics">All that is static.</param>
    internal void RestoreOn(Link link, VirtualResources statics)
    {
        foreach (var address in statics.Addresses)
        {
            if (address.Interface == link.Name && !link.Addresses.Any(there => there.Address.Equals(address.Address)))
            {
                Restore(new VirtualResources([address], [], []));
            }
        }

        foreach (var route in statics.Routes)
        {
            if (route.Hops.Any(hop => hop.Interface == link.Name) && Execute(RouteRequest.Add(route, interfaces.IndexOf), SysErrorKind.OthersThere))
            {
                log(new StaticRestored(new VirtualResources([], [route], [])));
                _routes.RemoveAll(held => held.Owner is null && held.Config == route);
                _routes.Add(new HeldRoute(null, route, OutputOf(route)));
            }
        }
    }

    private void Restore(VirtualResources one)
    {
        log(new StaticRestored(one));
        Add(null, one);
    }
}

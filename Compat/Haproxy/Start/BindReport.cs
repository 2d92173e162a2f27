using System.Net.Sockets;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The sentences about a listener that could not be opened, word for word the original's; and one of ours about why.</summary>
internal static class BindReport
{
    /// <summary>The alert.</summary>
    /// <param name="bind">The listener.</param>
    /// <param name="place">Where it stands, "file:line".</param>
    /// <param name="owner">Whose it is, such as "frontend web" or "proxy stats".</param>
    /// <param name="result">What happened.</param>
    internal static string Failure(BindConfig bind, string place, string owner, ListenResult result)
    {
        var unix = bind.Endpoint is UnixEndpoint or AbstractEndpoint;
        var what = result.FailedAt switch
        {
            ListenStep.Create => unix ? "cannot create receiving socket" : "cannot create receiving socket",
            ListenStep.Listen => "cannot listen to socket",
            ListenStep.Permissions => "cannot change UNIX socket ownership",
            ListenStep.Inherited => "cannot use the inherited descriptor",
            _ => unix ? "cannot bind UNIX socket" : "cannot bind socket",
        };
        return $"Binding [{place}] for {owner}: {what} ({Errno.Describe(result.Error)}) {(unix ? "" : "for ")}[{Address(bind)}]";
    }

    /// <summary>
    /// Why an address that no interface has yet could not be bound, and what to do; null when that is not the reason. A backup router of a
    /// virtual address meets it at its first start.
    /// </summary>
    internal static string? Reason(BindConfig bind, ListenResult result)
    {
        if (result is not { FailedAt: ListenStep.Bind, Error: Errno.Eaddrnotavail } || bind.Endpoint is not IpEndpoint ip)
            return null;
        var family = ip.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "ipv6" : "ipv4";
        if (!IsZero($"/proc/sys/net/{family}/ip_nonlocal_bind"))
            return null;
        return $"No interface of this machine has the address {ip.Address} now, and net.{family}.ip_nonlocal_bind is 0, so the system lets nobody bind it."
            + $" For an address that moves between machines (VRRP) set 'net.{family}.ip_nonlocal_bind = 1' in /etc/sysctl.d/ and run 'sysctl --system',"
            + " or write 'transparent' behind the address of the 'bind' line.";
    }

    /// <summary>The address as the messages show it.</summary>
    internal static string Address(BindConfig bind) => bind.Endpoint switch
    {
        IpEndpoint ip => $"{ip.Address}:{ip.Port}",
        UnixEndpoint unix => unix.Path,
        AbstractEndpoint named => "abns@" + named.Name,
        DescriptorEndpoint fd => "fd@" + fd.Descriptor,
        _ => bind.Text,
    };

    private static bool IsZero(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() == "0";
        }
        catch (IOException)
        {
            return false; // no such knob, no such advice
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using Dropin.Runtime.Ir;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Admin;

/// <summary>Addresses as statistics show them: <c>127.0.0.1:80</c>, <c>[::1]:80</c>, <c>unix</c>.</summary>
public static class AddressTexts
{
    /// <summary>The port of a server; of one whose name does not resolve that of the file.</summary>
    public static int PortOf(ServerState server) => server.HasAddress ? server.Address.Port : (server.Config.Endpoint as NamedEndpoint)?.Port ?? 0;

    /// <summary>A server's address.</summary>
    public static string OfServer(ServerState server) => Of(server.Address);

    /// <summary>A listener's address.</summary>
    public static string OfListener(ListenerState listener) => listener.Config.Endpoint switch
    {
        IpEndpoint { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ip => $"[{ip.Address}]:{ip.Port}",
        IpEndpoint ip => $"{ip.Address}:{ip.Port}",
        UnixEndpoint or AbstractEndpoint => "unix",
        _ => "(error)",
    };

    /// <summary>An address with its port.</summary>
    public static string Of(in SocketAddress128 address) => address.Family switch
    {
        SocketFamily.IPv4 => $"{address.ToIPAddress()}:{address.Port}",
        SocketFamily.IPv6 => $"[{address.ToIPAddress()}]:{address.Port}",
        SocketFamily.Unix => "unix",
        _ => "",
    };

    /// <summary>An address without its port; "-" where none is known.</summary>
    public static string HostOf(in SocketAddress128 address) => address.ToIPAddress()?.ToString() ?? "-";
}

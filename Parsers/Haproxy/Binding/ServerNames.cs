using System.Net.Sockets;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Finds the first address of servers that are given by name (<c>init-addr</c>).</summary>
internal static class ServerNames
{
    private static readonly ValueList<InitAddressMethod> Usual = [InitAddressMethod.Last, InitAddressMethod.Libc];

    /// <summary>Resolves what can be; false when a server that must have an address got none.</summary>
    /// <param name="document">All sections.</param>
    /// <param name="tolerant">A name that does not resolve just disables its server (<c>-dr</c>).</param>
    /// <param name="sink">Where findings go.</param>
    public static bool Resolve(ConfigSyntax document, bool tolerant, DiagnosticSink sink)
    {
        var good = true;
        foreach (var proxy in document.Proxies)
        {
            if (proxy.Disabled)
            {
                continue;
            }

            foreach (var server in proxy.Servers)
            {
                if (server.Endpoint is NamedEndpoint named)
                {
                    good &= Resolve(proxy, server, named, document.Surroundings, tolerant, sink);
                }
            }
        }

        if (!good)
        {
            sink.Stop("no-server-address", default, $"Failed to initialize server(s) addr.");
        }

        return good;
    }

    private static bool Resolve(
        ProxySyntax proxy, ServerSyntax server, NamedEndpoint named, ISurroundings machine, bool tolerant, DiagnosticSink sink)
    {
        server.HostName = named.Name;
        var tried = false;
        foreach (var method in server.InitAddress.Count > 0 ? server.InitAddress : Usual)
        {
            switch (method)
            {
                case InitAddressMethod.Libc:
                    tried = true;
                    if (machine.Resolve(named.Name, Family(named.Family)) is { } address)
                    {
                        server.Endpoint = new IpEndpoint(address, named.Port);
                        return true;
                    }

                    break;
                case InitAddressMethod.Address when server.InitialAddress is { } fixedAddress:
                    if (tried)
                    {
                        sink.Warn("name-not-resolved", server.At,
                            $"'server {proxy.Name}/{server.Name}' : could not resolve address '{named.Name}', falling back to configured address.",
                            DiagnosticPlace.Bracket);
                    }

                    server.Endpoint = new IpEndpoint(fixedAddress, named.Port);
                    return true;
                case InitAddressMethod.None:
                    Disable(proxy, server, named, tried, sink);
                    return true;
            }
        }

        if (tolerant)
        {
            Disable(proxy, server, named, true, sink);
            return true;
        }

        sink.Error("name-not-resolved", server.At,
            $"'server {proxy.Name}/{server.Name}' : could not resolve address '{named.Name}'.", DiagnosticPlace.Bracket);
        return false;
    }

    private static void Disable(ProxySyntax proxy, ServerSyntax server, NamedEndpoint named, bool tried, DiagnosticSink sink)
    {
        if (tried)
        {
            sink.Warn("name-not-resolved", server.At,
                $"'server {proxy.Name}/{server.Name}' : could not resolve address '{named.Name}', disabling server.", DiagnosticPlace.Bracket);
        }
    }

    private static AddressFamily? Family(AddressFamilyWish wish) => wish switch
    {
        AddressFamilyWish.IPv4 => AddressFamily.InterNetwork,
        AddressFamilyWish.IPv6 => AddressFamily.InterNetworkV6,
        _ => null,
    };
}

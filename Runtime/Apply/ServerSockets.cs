using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Apply;

/// <summary>Makes ready how the sockets towards a server are opened, for its traffic and its checks alike.</summary>
internal static class ServerSockets
{
    internal static void Prepare(ProxyEngine engine, ServerState server)
    {
        var tune = engine.Global.Tune;
        var backend = server.Backend;
        var source = server.Config.Source ?? backend.Config.Source;
        var hasProbes = (backend.Proxy.Config.Options & ProxyOptions.ServerKeepAliveProbes) != 0;
        server.MoveTo(ListeningSocket.AddressOf(server.Config.Endpoint));
        server.ChecksAreNeverLocal = engine.Global.ProxyV2NeverLocal;
        server.Connecting = new ConnectOptions(
            hasProbes, server.Config.FastOpen, server.Config.TcpUserTimeout?.Milliseconds ?? 0, tune.ServerSendBuffer ?? 0, tune.ServerReceiveBuffer ?? 0,
            Traits(engine.Namespaces, hasProbes ? backend.Config.Probes : null, source?.Interface, server.Config.Namespace),
            SpeaksFirst: (backend.Proxy.Config.Options & ProxyOptions.SmartConnect) != 0);
        if (source is { LastPort: > 0, UseClient: 0 })
        {
            server.SourcePorts = new SourcePorts(source.Address.Port, source.LastPort);
        }
    }

    private static SocketTraits? Traits(HeldNamespace.Collection namespaces, TcpProbesConfig? probes, string? device, string? space)
    {
        if (probes is { Count: 0, IdleSeconds: 0, IntervalSeconds: 0 })
        {
            probes = null;
        }

        return probes is null && device is null && space is null ? null
            : new SocketTraits(probes, device, space is null ? null : namespaces.Hold(space));
    }
}

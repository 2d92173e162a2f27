using Dropin.Runtime.Ir;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Apply;

/// <summary>Gives an engine its checks, agents and servers that follow others.</summary>
public static class EngineHealth
{
    /// <summary>Links and starts; before the threads run and before rights are given up (regular expressions load their library).</summary>
    /// <param name="engine">An engine with its servers.</param>
    /// <param name="config">What it was made of.</param>
    public static void Start(ProxyEngine engine, HaproxyConfig config)
    {
        Link(engine);
        HealthChecks.Begin(engine.Proxies, LoopsOf(engine), engine.Judge, new CheckRules(engine.Environment, engine.Variables), engine.Global, NodeOf(engine));
    }

    /// <summary>Starts what a server that was added at run time asks for.</summary>
    internal static void Start(ProxyEngine engine, ServerState server) =>
        HealthChecks.Begin(server, LoopsOf(engine), engine.Judge, new CheckRules(engine.Environment, engine.Variables), engine.Global, NodeOf(engine));

    private static Loop[] LoopsOf(ProxyEngine engine) => [.. engine.Threads.Select(thread => thread.Loop)];

    private static string NodeOf(ProxyEngine engine) => engine.Global.Node ?? Environment.MachineName;

    private static void Link(ProxyEngine engine)
    {
        // From the last to the first: the original tells the followers of a server in the reverse order of the file.
        for (var i = engine.Proxies.Length - 1; i >= 0; i--)
        {
            var proxy = engine.Proxies[i];
            var servers = proxy.Backend?.Servers ?? [];
            for (var j = servers.Length - 1; j >= 0; j--)
            {
                var server = servers[j];
                if (server.Config.Track is { } track && server.Leader is null && Find(engine, proxy.Backend!, track) is { } leader)
                {
                    ServerTransitions.Follow(server, leader);
                }
            }
        }
    }

    // "backend/server", or a server of the same backend.
    private static ServerState? Find(ProxyEngine engine, BackendState own, string track)
    {
        var slash = track.IndexOf('/', StringComparison.Ordinal);
        var backend = slash < 0 ? own : engine.Find(track[..slash], Ir.Proxy.ProxyCapability.Backend)?.Backend;
        return Array.Find(backend?.Servers ?? [], server => server.Name == track[(slash + 1)..]);
    }
}

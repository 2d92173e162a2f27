using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Apply;

/// <summary>Makes the live load balancer of a configuration. Opens no socket: that is <see cref="EngineListeners"/>' part.</summary>
public static class EngineBuilder
{
    /// <summary>Makes an engine.</summary>
    /// <param name="config">A configuration without errors.</param>
    /// <param name="maxConnections">The process' limit as derived from the system's limits.</param>
    /// <param name="readPattern">Reads patterns that come at run time.</param>
    public static ProxyEngine Build(HaproxyConfig config, int maxConnections, PatternReading readPattern)
    {
        var threads = Math.Max(1, config.Global.Threads ?? Environment.ProcessorCount);
        var proxies = new ProxyState[config.Proxies.Count];
        for (var i = 0; i < proxies.Length; i++)
        {
            proxies[i] = new ProxyState(config.Proxies[i], threads);
        }

        var engine = new ProxyEngine(config.Global, proxies, threads);
        engine.Process.MaxConnections = engine.Process.HardMaxConnections = maxConnections;
        engine.Process.ConnectionRateLimit = config.Global.MaxConnectionRate;
        engine.Process.SessionRateLimit = config.Global.MaxSessionRate;
        if (config.Global.HeaderCases.Count > 0)
        {
            engine.HeaderCases = new CaseAdjustMap(
                [.. config.Global.HeaderCases.Select(pair => KeyValuePair.Create(Encoding.ASCII.GetBytes(pair.LowerName), Encoding.ASCII.GetBytes(pair.Spelling)))]);
        }

        OpenLogs(engine, config);
        foreach (var proxy in proxies)
        {
            Connect(engine, proxy);
        }

        foreach (var proxy in proxies)
        {
            if (proxy.Backend is { } backend)
            {
                backend.FullConnections = backend.Config.FullConnections ?? DefaultFullConnections(engine, proxy);
                foreach (var server in backend.Servers)
                {
                    ServerSockets.Prepare(engine, server);
                }

                if (backend.Direct is { } direct)
                {
                    ServerSockets.Prepare(engine, direct);
                }

                if (backend.HasDynamicCookies)
                {
                    DynamicCookie.Refresh(backend);
                }

                backend.Balancer = BalancerFactory.Make(backend);
            }
        }

        CompileRules(engine, config, readPattern);
        return engine;
    }

    /// <summary>Compiles the rules and log formats of all sections; they name sections and servers, so all must stand.</summary>
    private static void CompileRules(ProxyEngine engine, HaproxyConfig config, PatternReading readPattern)
    {
        var environment = engine.Environment = new RuleEnvironment(
            engine.Proxies,
            config.UserLists,
            new VariableTable(),
            new PatternLists(config.PatternUses, readPattern),
            config.Global.Node ?? Environment.MachineName,
            engine.Threads.Length);
        if (config.Global.Variables.Count > 0)
        {
            var place = 0;
            RuleCompiler.Set(config.Global.Variables, response: false, environment).Run(new NoTraffic(engine), ref place);
        }

        foreach (var proxy in engine.Proxies)
        {
            proxy.Rules = new ProxyRules(proxy, environment);
            if (proxy.Frontend is not null && proxy.LogTargets.Length > 0)
            {
                proxy.Logger = new TrafficLogger(proxy, engine.Threads);
            }
        }
    }

    private static void OpenLogs(ProxyEngine engine, HaproxyConfig config)
    {
        engine.Logs = new LogDelivery(config.Global, config.Rings, Environment.MachineName, Environment.ProcessId);
        foreach (var thread in engine.Threads)
        {
            thread.Logs = new LogThread(engine.Logs);
        }

        foreach (var proxy in engine.Proxies)
        {
            proxy.LogTargets = engine.Logs.Open(proxy.Config.Logs);
            proxy.LogTag = proxy.Config.LogTag is { } tag ? Encoding.UTF8.GetBytes(tag) : null;
        }

        engine.Events = new EngineEvents(engine) { GlobalTargets = engine.Logs.Open(config.Global.Logs) };
        engine.Transitions = new ServerTransitions(engine.Events);
        engine.Judge = new HealthJudge(engine.Transitions, engine.Events);
        engine.Observer = new TrafficObserver(engine.Judge);
    }

    private static void Connect(ProxyEngine engine, ProxyState proxy)
    {
        if (proxy.Frontend is not { } frontend)
        {
            return;
        }

        frontend.MaxConnections = frontend.Config.MaxConnections ?? engine.Process.MaxConnections;
        frontend.DefaultBackend = frontend.Config.DefaultBackend is { } name ? engine.Find(name, ProxyCapability.Backend) : null;
    }

    /// <summary>10 % of what the frontends that may lead to the backend let in, at least 1 (configuration manual 4.2, <c>fullconn</c>).</summary>
    private static int DefaultFullConnections(ProxyEngine engine, ProxyState backend)
    {
        var sum = 0L;
        foreach (var proxy in engine.Proxies)
        {
            if (proxy.Frontend is { } frontend && (ReferenceEquals(proxy, backend) || ReferenceEquals(frontend.DefaultBackend?.Backend, backend.Backend)
                || proxy.Config.Rules.UseBackend.Any(rule => rule.Backend == backend.Name || rule.Backend is null)))
            {
                sum += frontend.MaxConnections;
            }
        }

        return (int)Math.Clamp((sum + 9) / 10, 1, int.MaxValue);
    }
}

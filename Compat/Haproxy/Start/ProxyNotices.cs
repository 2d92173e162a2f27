using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// What the process says about its proxies: to their log targets and on standard error, in the original's sentences. Belongs to the first loop's
/// thread.
/// </summary>
internal sealed class ProxyNotices
{
    // The proxy through which the original's own HTTP client speaks; its lines close every list, and what reads the logs counts on them.
    private const string HttpClientName = "<HTTPCLIENT>";

    private readonly ProxyEngine _engine;
    private readonly LogSink _global;

    internal ProxyNotices(ProxyEngine engine)
    {
        _engine = engine;
        _global = new LogSink(engine.Threads[0].Logs, engine.Logs.Open(engine.Global.Logs));
    }

    /// <summary>A frontend does not take connections for now.</summary>
    internal void Paused() => EachFrontend("Paused");

    /// <summary>A frontend takes connections again.</summary>
    internal void Resumed() => EachFrontend("Resumed");

    /// <summary>The line about the CLI, which is the proxy "GLOBAL" to the original; it has no log.</summary>
    internal void CliStopped(long connections)
    {
        if (_engine.Global.StatsSockets.Count > 0)
            Tell($"Proxy GLOBAL stopped (cumulated conns: FE: {connections}, BE: {connections}).");
    }

    /// <summary>The last line of those about proxies that have stopped; the others are the engine's.</summary>
    internal void Stopped() => SayGlobal(LogLevel.Warning, $"Proxy {HttpClientName} stopped (cumulated conns: FE: 0, BE: 0).");

    /// <summary>The states of all servers and proxies (SIGHUP).</summary>
    internal void DumpStates()
    {
        Tell("SIGHUP received, dumping servers states.");
        foreach (var proxy in _engine.Proxies)
        {
            _engine.Events.Log(proxy, LogLevel.Notice, $"SIGHUP received, dumping servers states for proxy {proxy.Name}.");
            foreach (var server in proxy.Backend?.Servers ?? [])
                Say(proxy, LogLevel.Notice, $"SIGHUP: Server {proxy.Name}/{server.Name} is {(server.IsUp ? "UP" : "DOWN")}. "
                    + $"Conn: {server.Sessions.Value} act, {server.Queued.Value} pend, {server.Counters.Sum().Sessions} tot.");
            Say(proxy, LogLevel.Notice, $"SIGHUP: Proxy {proxy.Name} {Servers(proxy)} Conn: act(FE+BE): "
                + $"{proxy.Frontend?.Sessions.Value ?? 0}+{proxy.Backend?.Sessions.Value ?? 0}, "
                + $"{Pending(proxy)} pend ({proxy.Backend?.Queued.Value ?? 0} unass), tot(FE+BE): {FrontendTotal(proxy)}+{BackendTotal(proxy)}.");
        }
    }

    private void EachFrontend(string verb)
    {
        foreach (var proxy in _engine.Proxies)
            if (proxy is { Activity: not ProxyActivity.Stopped, Frontend.Config.Binds.Count: > 0 })
                Say(proxy, LogLevel.Warning, $"{verb} {(proxy.Config.Capability == ProxyCapability.Listen ? "proxy" : "frontend")} {proxy.Name}.");
        if (_engine.Global.StatsSockets.Count > 0)
            SayGlobal(LogLevel.Warning, $"{verb} frontend GLOBAL.");
    }

    private void Say(ProxyState proxy, LogLevel level, string text)
    {
        Tell(text);
        _engine.Events.Log(proxy, level, text);
    }

    private void SayGlobal(LogLevel level, string text)
    {
        Tell(text);
        // Through the mailbox as the lines about proxies, so that they keep their order.
        var loop = _engine.Threads[0].Loop;
        loop.Post(() => _global.Send(Encoding.UTF8.GetBytes(text), level, loop.WallMicroseconds));
    }

    private void Tell(string text) => _engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: false, text));

    private static string Servers(ProxyState proxy)
    {
        if (proxy.Backend is not { Servers.Length: > 0 } backend)
            return "has no servers.";
        return backend switch
        {
            { ActiveCount: 0, BackupCount: 0 } => "has no server available !",
            { ActiveCount: 0 } => "is running on backup servers !",
            _ => $"has {backend.ActiveCount} active servers and {backend.BackupCount} backup servers available.",
        };
    }

    private static int Pending(ProxyState proxy)
        => proxy.Backend == null ? 0 : proxy.Backend.Queued.Value + proxy.Backend.Servers.Sum(server => server.Queued.Value);

    private static long FrontendTotal(ProxyState proxy) => proxy.Frontend?.Counters.Sum().Connections ?? 0;

    private static long BackendTotal(ProxyState proxy) => proxy.Backend?.Counters.Sum().Sessions ?? 0;
}

using System.Text;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy;

/// <summary>A sentence for the terminal: what HAProxy writes to standard error beside the log.</summary>
/// <param name="IsAlert">An alert; else a warning.</param>
/// <param name="Text">Without a line end.</param>
/// <param name="IsPlain">Written as it is, without severity and process number.</param>
public readonly record struct EngineMessage(bool IsAlert, string Text, bool IsPlain = false);

/// <summary>Hears what happens to servers and proxies and passes it on: to the logs, to the terminal, to the threads.</summary>
public sealed class EngineEvents : IServerEvents
{
    private readonly ProxyEngine _engine;

    internal EngineEvents(ProxyEngine engine) => _engine = engine;

    /// <summary>Who writes to the terminal; may be called on any thread.</summary>
    public Action<EngineMessage>? Terminal { get; set; }

    /// <inheritdoc/>
    public void Message(in ServerMessage message)
    {
        Terminal?.Invoke(new EngineMessage(message.IsAlert, message.TerminalText));
        Log(message.Backend.Proxy, (LogLevel)message.Level, message.Text);
    }

    /// <summary>Logs a sentence for a proxy. From any thread; lines keep their order.</summary>
    public void Log(ProxyState proxy, LogLevel level, string text)
    {
        if (proxy.LogTargets.Length == 0)
        {
            return;
        }

        // On a loop's thread the line goes out at once, between the lines of its streams; from elsewhere the first thread sends it.
        if (ProxyThread.Current is { } here)
        {
            Send(here, proxy, level, text);
            return;
        }

        var thread = _engine.Threads[0];
        thread.Loop.Post(() => Send(thread, proxy, level, text));
    }

    /// <summary>Logs a sentence of the process to the targets of the section global. On a loop's thread.</summary>
    public void LogGlobally(LogLevel level, string text)
    {
        if (GlobalTargets.Length > 0 && ProxyThread.Current is { } here)
        {
            Send(here, GlobalTargets, null, level, text);
        }
    }

    /// <summary>The targets of the section global; set by Apply.</summary>
    internal LogTarget[] GlobalTargets { get; set; } = [];

    private static void Send(ProxyThread thread, ProxyState proxy, LogLevel level, string text) => Send(thread, proxy.LogTargets, proxy.LogTag, level, text);

    private static void Send(ProxyThread thread, LogTarget[] targets, byte[]? tag, LogLevel level, string text) =>
        new LogSink(thread.Logs, targets, tag).Send(Encoding.UTF8.GetBytes(text), level, thread.Loop.WallMicroseconds);

    /// <summary>A connection of a client could not be taken: the process has no descriptor left.</summary>
    public void CannotAccept(ProxyState proxy) => Log(
        proxy,
        LogLevel.Emergency,
        $"Proxy {proxy.Name} reached process FD limit (maxsock={_engine.Process.MaxSockets}). Please check 'ulimit-n' and restart.");

    /// <inheritdoc/>
    public void OutOfDescriptors(ProxyState proxy)
    {
        Terminal?.Invoke(new EngineMessage(IsAlert: false, "Cannot get a server socket.", IsPlain: true));
        CannotAccept(proxy);
    }

    /// <inheritdoc/>
    public void CannotBindSource(ProxyState proxy)
    {
        var text = $"Cannot bind to source address before connect() for backend {proxy.Name}.";
        Terminal?.Invoke(new EngineMessage(IsAlert: true, text + " Aborting."));
        Log(proxy, LogLevel.Emergency, text);
    }

    /// <inheritdoc/>
    public void ShutdownSessions(ServerState server, SessionShutdownReason reason)
    {
        var cause = reason switch
        {
            SessionShutdownReason.ServerDown => TerminationCause.Down,
            SessionShutdownReason.ActiveServerUp => TerminationCause.Up,
            _ => TerminationCause.Killed,
        };
        foreach (var thread in _engine.Threads)
        {
            thread.Loop.Post(() => thread.ShutdownSessions(server, cause));
        }
    }

    /// <inheritdoc/>
    public void SlowStartBegins(ServerState server, int milliseconds)
    {
        var thread = _engine.Threads[server.SerialNumber % _engine.Threads.Length];
        thread.Loop.Post(() => SlowStartTask.Begin(_engine, thread.Loop, server, milliseconds));
    }
}

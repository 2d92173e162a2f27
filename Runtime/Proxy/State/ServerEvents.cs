namespace Dropin.Runtime.Proxy.State;

/// <summary>A sentence about a server or backend for the logs and for the terminal.</summary>
/// <param name="Backend">Whose log targets receive it.</param>
/// <param name="Server">The server; null where it is about the backend.</param>
/// <param name="Level">The syslog level, 0 (emerg) to 7 (debug).</param>
/// <param name="Text">The sentence without a line end, as the original logs it.</param>
/// <param name="TerminalText">The sentence as the original prints it at the terminal.</param>
/// <param name="IsAlert">Printed as an alert at the terminal; else as a warning.</param>
public readonly record struct ServerMessage(BackendState Backend, ServerState? Server, int Level, string Text, string TerminalText, bool IsAlert);

/// <summary>Hears what happens to servers. Called with the backend's gate held, from any thread: pass on, do not wait.</summary>
public interface IServerEvents
{
    /// <summary>Something to log.</summary>
    void Message(in ServerMessage message);

    /// <summary>End all streams on a server: it went down (<c>on-marked-down shutdown-sessions</c>), or is a backup no longer needed.</summary>
    void ShutdownSessions(ServerState server, SessionShutdownReason reason);

    /// <summary>A check found no descriptor for its connection.</summary>
    void OutOfDescriptors(ProxyState proxy);

    /// <summary>A connection to a server could not be made: its local address cannot be had (<c>source</c>).</summary>
    void CannotBindSource(ProxyState proxy);

    /// <summary>A server starts slowly: call <see cref="ServerTransitions.AdvanceSlowStart"/> after so many milliseconds.</summary>
    void SlowStartBegins(ServerState server, int milliseconds);
}

/// <summary>Why the streams on a server are ended; the first character of the termination state.</summary>
public enum SessionShutdownReason
{
    /// <summary>The server went down: D.</summary>
    ServerDown,

    /// <summary>An active server came up and this one is a backup: U.</summary>
    ActiveServerUp,

    /// <summary>By order of the operator: K.</summary>
    Ordered,
}

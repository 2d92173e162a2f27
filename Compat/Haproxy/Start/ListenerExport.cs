using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The listening sockets of this process, for the one that follows it (<c>_getsocks</c>).</summary>
internal sealed class ListenerExport(IReadOnlyDictionary<BindConfig, int> listeners)
{
    /// <summary>Sends them over a CLI connection on which the command has come.</summary>
    internal void SendTo(int connection) => ListenerHandover.Send(
        connection, listeners.Select(entry => new HandedListener(entry.Value, entry.Key.Namespace ?? "", entry.Key.Interface ?? "")).ToList());
}

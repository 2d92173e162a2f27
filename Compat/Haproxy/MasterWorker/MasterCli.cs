using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>A listening socket of the master's CLI (<c>-S</c>).</summary>
/// <param name="Descriptor">The socket; non-blocking.</param>
/// <param name="Level">What its users may do.</param>
/// <param name="Address">Its address as HAPROXY_MASTER_CLI shows it, such as "unix@/run/master.sock".</param>
internal sealed record MasterCliListener(int Descriptor, CliLevel Level, string Address);

/// <summary>The master's CLI: its listeners and its sessions, as entries for the master's one poll(2).</summary>
internal sealed class MasterCli(IReadOnlyList<MasterCliListener> listeners, IMasterControl master)
{
    private readonly List<MasterCliSession> _sessions = [];

    /// <summary>The listeners.</summary>
    internal IReadOnlyList<MasterCliListener> Listeners => listeners;

    /// <summary>Adds what is waited for, in an order which <see cref="Advance"/> knows.</summary>
    internal void AddTo(List<PollEntry> entries)
    {
        foreach (var listener in listeners)
            entries.Add(new PollEntry { Descriptor = listener.Descriptor, Wanted = PollEntry.In });
        foreach (var session in _sessions)
        {
            entries.Add(new PollEntry { Descriptor = session.Client, Wanted = session.ClientWants });
            entries.Add(new PollEntry { Descriptor = session.WantsWorker ? session.Worker : -1, Wanted = PollEntry.In });
        }
    }

    /// <summary>Acts on the entries that were added.</summary>
    internal void Advance(ReadOnlySpan<PollEntry> entries)
    {
        var sessions = entries[listeners.Count..];
        for (var i = 0; i < _sessions.Count; i++)
        {
            var (client, worker) = (sessions[2 * i], sessions[2 * i + 1]);
            if ((client.Ready | worker.Ready) != 0)
                _sessions[i].Advance((client.Ready & ~PollEntry.Out) != 0, worker.Ready != 0);
        }
        foreach (var over in _sessions.FindAll(session => session.IsOver))
            over.Close();
        _sessions.RemoveAll(session => session.IsOver);
        for (var i = 0; i < listeners.Count; i++)
            if (entries[i].Ready != 0)
                Accept(listeners[i]);
    }

    /// <summary>Closes every session.</summary>
    internal void CloseSessions()
    {
        foreach (var session in _sessions)
            session.Close();
        _sessions.Clear();
    }

    private void Accept(MasterCliListener listener)
    {
        var peer = default(SocketAddress128);
        for (int client; (client = RawSocket.Accept(listener.Descriptor, ref peer)) >= 0;)
            _sessions.Add(new MasterCliSession(client, listener.Level, master));
    }
}

using System.Net;
using System.Net.Sockets;

namespace Dropin.Tests.Support.Peers;

/// <summary>A listening socket of a peer, on loopback TCP or on a Unix path.</summary>
public sealed class Listening : IDisposable
{
    private readonly Socket _socket;

    public Listening(EndPoint where, int backlog = 64)
    {
        _socket = new Socket(where.AddressFamily, SocketType.Stream, where.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (where.AddressFamily != AddressFamily.Unix)
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        Binding.Bind(_socket, where);
        _socket.Listen(backlog);
    }

    public async Task<Wire> AcceptAsync(CancellationToken cancel)
    {
        var socket = await _socket.AcceptAsync(cancel).ConfigureAwait(false);
        if (socket.AddressFamily != AddressFamily.Unix)
            socket.NoDelay = true;
        return new Wire(socket);
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>A server that plays one script, connection after connection (<c>accept</c> takes the next one).</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly Listening _listening;
    private readonly PeerScript _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _playing;

    public ScriptedServer(EndPoint where, IReadOnlyList<string> lines, Signals signals)
    {
        _listening = new Listening(where);
        _script = new PeerScript(lines, _listening.AcceptAsync, isClient: false, signals);
        _playing = PlayAsync();
    }

    /// <summary>What the server received, connection by connection.</summary>
    public string Transcript => _script.Transcript;

    /// <summary>Waits until the script has come to its end, or the deadline.</summary>
    public Task FinishAsync(TimeSpan limit) => Task.WhenAny(_playing, Task.Delay(limit));

    public void Dispose()
    {
        _stop.Cancel();
        _listening.Dispose();
        _script.Dispose();
        _stop.Dispose();
    }

    private async Task PlayAsync()
    {
        try
        {
            await _script.PlayAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or PeerGoneException)
        {
            // Stopped while it waited for a connection that did not come: the transcript shows how far it came.
        }
    }
}

/// <summary>
/// A server whose accept queue is full and stays so: a new connection gets no answer to its SYN, as from a host that is gone.
/// </summary>
public sealed class FullServer : IDisposable
{
    private readonly Listening _listening;
    private readonly List<Socket> _fillers = [];

    public FullServer(IPEndPoint where)
    {
        _listening = new Listening(where, backlog: 0);
        for (var i = 0; i < 4; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                filler.Connect(where);
            }
            catch (SocketException)
            {
                // In progress: that is the point, the queue is full.
            }
            _fillers.Add(filler);
        }
    }

    public void Dispose()
    {
        foreach (var filler in _fillers)
            filler.Dispose();
        _listening.Dispose();
    }
}

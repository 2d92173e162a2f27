using Dropin.Runtime.Protocols.ProxyProtocol;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>The connection of a check, with the bytes that came over it.</summary>
internal sealed class CheckConnection : IDisposable
{
    private readonly Loop _loop;
    private readonly byte[] _buffer;
    private ReactorSocket? _socket;
    private readonly List<byte> _unsent = [];
    private bool _linger;
    private SourcePortSearch _ports;

    private readonly ServerState _server;

    internal CheckConnection(Loop loop, ServerState server)
    {
        _loop = loop;
        _server = server;
        _buffer = loop.Buffers.Rent();
    }

    /// <summary>The local address cannot be had: that is no fault of the server.</summary>
    internal bool CannotBind { get; private set; }

    /// <summary>How many bytes are held.</summary>
    internal int Length { get; private set; }

    /// <summary>The peer has ended its direction, or no more fits: what is there is all there will be.</summary>
    internal bool IsFinal { get; private set; }

    /// <summary>The bytes that came and were not dropped.</summary>
    internal ReadOnlyMemory<byte> Received => _buffer.AsMemory(0, Length);

    /// <summary>Connects; an earlier connection is closed first.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="source">The local address; empty for the system's choice.</param>
    /// <param name="linger">Closes in peace in the end, rather than with a reset.</param>
    /// <param name="waits">Whether the peer is to speak first.</param>
    /// <param name="deadline">Milliseconds of the loop.</param>
    internal async ValueTask<WaitResult> OpenAsync(SocketAddress128 address, SocketAddress128 source, bool linger, bool waits, long deadline)
    {
        CloseSocket();
        _unsent.Clear();
        Drop();
        IsFinal = false;
        _linger = linger;
        // Fast open is for bytes that are at hand; a check connects first. The handshake's last packet goes with the first bytes; or not at all
        // where a reset follows at once: the server then never accepts. A peer that is to speak first would be held up by it.
        var options = _server.Connecting with { FastOpen = false, SpeaksFirst = !waits };
        _socket = ReactorSocket.Adopt(_loop, Connector.Create(address.Family, options), out var error);
        if (_socket is null)
        {
            return new WaitResult(WaitStatus.Failed, 0, error);
        }

        // A check's connection counts among those in use, as the original shows it.
        _server.EnterUse();
        _ports = new SourcePortSearch(_server);
        do
        {
            error = _ports.Next(ref source) ? Connector.Prepare(_socket.Descriptor, address, source, options) : Errno.Eaddrinuse;
        }
        while (error != 0 && _ports.GoesOn(error));
        if (error != 0)
        {
            CannotBind = true;
            return new WaitResult(WaitStatus.Failed, 0, error);
        }

        if (address.Family != SocketFamily.Unix)
        {
            // The steps of a script may write again and again.
            RawSocket.SetOption(_socket.Descriptor, SocketOption.TcpLevel, SocketOption.TcpNoDelay, 1);
        }

        return await _socket.ConnectAsync(address, deadline);
    }

    /// <summary>Keeps bytes to be written with those that follow: steps that send one after another make one packet.</summary>
    internal void Keep(ReadOnlySpan<byte> bytes) => _unsent.AddRange(bytes);

    /// <summary>Writes what was kept.</summary>
    internal async ValueTask<WaitResult> FlushAsync(long deadline)
    {
        if (_unsent.Count == 0)
        {
            return new WaitResult(WaitStatus.Done);
        }

        byte[] bytes = [.. _unsent];
        _unsent.Clear();
        return _socket is { } socket ? await socket.WriteAsync(bytes, deadline) : new WaitResult(WaitStatus.Closed);
    }

    /// <summary>
    /// The PROXY header that tells the addresses of this connection itself: nobody is behind a check. One of version 2 says just that (LOCAL).
    /// </summary>
    internal byte[] ProxyHeader()
    {
        var isBinary = _server.Config.SendProxyVersion == 2;
        var local = RawSocket.LocalAddress(_socket!.Descriptor);
        var peer = RawSocket.PeerAddress(_socket.Descriptor);
        var header = new ProxyHeader
        {
            HasAddresses = local.AddressBytes.Length > 0 && local.Family == peer.Family && (!isBinary || _server.ChecksAreNeverLocal),
            Source = local.AddressBytes,
            SourcePort = local.Port,
            Destination = peer.AddressBytes,
            DestinationPort = peer.Port,
        };
        Span<byte> bytes = stackalloc byte[ProxyHeaderWriter.MostBytes];
        return bytes[..(isBinary ? ProxyHeaderWriter.WriteBinary(bytes, header) : ProxyHeaderWriter.WriteText(bytes, header))].ToArray();
    }

    /// <summary>Reads more. The end of the peer's direction is no failure: see <see cref="IsFinal"/>.</summary>
    internal async ValueTask<WaitResult> ReadAsync(long deadline)
    {
        if (Length == _buffer.Length)
        {
            IsFinal = true;
            return new WaitResult(WaitStatus.Done);
        }

        if (_socket is null)
        {
            return new WaitResult(WaitStatus.Failed);
        }

        var read = await _socket.ReadAsync(_buffer.AsMemory(Length), deadline);
        Length += read.Count;
        if (read.Status == WaitStatus.Closed)
        {
            IsFinal = true;
            return new WaitResult(WaitStatus.Done);
        }

        IsFinal = Length == _buffer.Length;
        return read;
    }

    /// <summary>Forgets the bytes that came.</summary>
    internal void Drop() => Length = 0;

    /// <summary>Closes and gives the buffer back.</summary>
    public void Dispose()
    {
        CloseSocket();
        _loop.Buffers.Return(_buffer);
    }

    private void CloseSocket()
    {
        if (_socket is { Descriptor: >= 0 } && !_linger)
        {
            // Nothing is left in TIME_WAIT by checks that run every second.
            _socket.ResetOnClose();
        }

        if (_socket is { } socket)
        {
            socket.Close();
            _server.LeaveUse();
            _ports.Give();
        }

        _socket = null;
    }
}

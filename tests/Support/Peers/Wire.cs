using System.Net;
using System.Net.Sockets;

namespace Dropin.Tests.Support.Peers;

/// <summary>How a read ended.</summary>
public enum ReadEnd
{
    /// <summary>What was asked for is there.</summary>
    Complete,

    /// <summary>The peer closed (FIN).</summary>
    Closed,

    /// <summary>The peer reset the connection (RST).</summary>
    Reset,

    /// <summary>The deadline passed and the connection is still open.</summary>
    Late,
}

/// <summary>One connection of a scripted peer: byte-exact, with deadlines on every wait.</summary>
public sealed class Wire(Socket socket) : IDisposable
{
    private readonly byte[] _chunk = new byte[65536];
    private byte[] _data = new byte[4096];
    private int _length;
    private readonly int _port = (socket.LocalEndPoint as IPEndPoint)?.Port ?? 0;
    private ReadEnd? _end;
    private bool _closed;

    public Socket Socket => socket;

    /// <summary>Bytes read from the peer and not taken yet.</summary>
    public ReadOnlyMemory<byte> Unread => _data.AsMemory(0, _length);

    /// <summary>Reads once more; not complete when the peer ended or the deadline passed (the result tells which).</summary>
    public async Task<ReadEnd> FillAsync(CancellationToken deadline)
    {
        if (_end is { } ended)
            return ended;
        try
        {
            var count = await socket.ReceiveAsync(_chunk.AsMemory(), SocketFlags.None, deadline).ConfigureAwait(false);
            if (count == 0)
                return (_end = ReadEnd.Closed).Value;
            if (_length + count > _data.Length)
                Array.Resize(ref _data, Math.Max(_data.Length * 2, _length + count));
            _chunk.AsSpan(0, count).CopyTo(_data.AsSpan(_length));
            _length += count;
            return ReadEnd.Complete;
        }
        catch (OperationCanceledException)
        {
            return ReadEnd.Late;
        }
        catch (SocketException)
        {
            return (_end = ReadEnd.Reset).Value;
        }
        catch (ObjectDisposedException)
        {
            return (_end = ReadEnd.Closed).Value;
        }
    }

    /// <summary>Takes bytes from the front of <see cref="Unread"/>.</summary>
    public byte[] Take(int count)
    {
        count = Math.Min(count, _length);
        var taken = _data.AsSpan(0, count).ToArray();
        _data.AsSpan(count, _length - count).CopyTo(_data);
        _length -= count;
        return taken;
    }

    /// <summary>Writes everything, or says why it could not.</summary>
    public async Task<ReadEnd> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken deadline)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, deadline).ConfigureAwait(false)..];
            return ReadEnd.Complete;
        }
        catch (OperationCanceledException)
        {
            return ReadEnd.Late;
        }
        catch (SocketException)
        {
            return ReadEnd.Reset;
        }
        catch (ObjectDisposedException)
        {
            return ReadEnd.Closed;
        }
    }

    /// <summary>Says that nothing more will be written (FIN).</summary>
    public void HalfClose()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer was faster; the next read tells what happened.
        }
    }

    /// <summary>Ends with RST.</summary>
    public void Abort()
    {
        socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    /// <summary>
    /// Closes so that the other side has noticed when this returns (at most 150 ms later): without it the next client could be counted
    /// beside the one that has just left. The proxy sees the same FIN as from a plain close.
    /// </summary>
    public async Task LeaveAsync()
    {
        if (_closed)
        {
            if (_port != 0 && _end is null)
                await TcpTable.WaitGoneAsync(_port).ConfigureAwait(false);
            return;
        }
        HalfClose();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        while (await FillAsync(limit.Token).ConfigureAwait(false) == ReadEnd.Complete)
            Take(int.MaxValue);
        Dispose();
    }

    public void Dispose()
    {
        _closed = true;
        socket.Dispose();
    }

    /// <summary>Connects to a TCP port of loopback, or to <c>unix:path</c> or <c>abns:name</c>.</summary>
    public static async Task<Wire> ConnectAsync(EndPoint target, EndPoint? source, CancellationToken deadline)
    {
        var unix = target.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(target.AddressFamily, SocketType.Stream, unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!unix)
                socket.NoDelay = true;
            if (source is not null)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(source);
            }
            await socket.ConnectAsync(target, deadline).ConfigureAwait(false);
            return new Wire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

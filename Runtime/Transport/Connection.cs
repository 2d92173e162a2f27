using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>Whoever is told that a connection can go on.</summary>
public interface IConnectionOwner
{
    /// <summary>The kernel said something new; the connection's flags say what. Called on the loop's thread.</summary>
    void OnReady(Connection connection);
}

/// <summary>A connected (or connecting) stream socket: the transport below a mux.</summary>
/// <remarks>
/// Edge-triggered discipline: what the kernel said (<see cref="CanRead"/>, <see cref="CanWrite"/>) is kept until a call
/// answers "not now" or moves less than asked; after that only a new edge says otherwise. A read that returns less than
/// was asked for has drained the socket: later bytes, or the end, raise a new edge, so the call that would answer
/// "not now" is saved.
/// </remarks>
public sealed class Connection : Pollable
{
    /// <summary>Whoever is told.</summary>
    public IConnectionOwner? Owner { get; set; }

    /// <summary>The kernel says that reading may yield something.</summary>
    public bool CanRead { get; private set; }

    /// <summary>The kernel says that writing may work.</summary>
    public bool CanWrite { get; private set; }

    /// <summary>The peer's end was read.</summary>
    public bool ReadClosed { get; private set; }

    /// <summary>Our end was sent.</summary>
    public bool WriteClosed { get; private set; }

    /// <summary>The kernel reported that the peer closed or that both directions are gone; bytes may still be waiting.</summary>
    public bool HangUpSeen { get; private set; }

    /// <summary>The number of errno(3) of what broke the connection; 0 while it is whole.</summary>
    public int Error { get; private set; }

    /// <summary>Whether connecting is still under way.</summary>
    public bool IsConnecting { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Where the bytes are added up for statistics; null nowhere.</summary>
    public WireMeter? Meter { get; set; }

    /// <summary>Where the peer is, as the kernel or a PROXY protocol header says.</summary>
    public SocketAddress128 Peer;

    /// <summary>Where we are; asked of the kernel on first use.</summary>
    private SocketAddress128 _local;

    /// <summary>Whether the kernel may still hold back a short packet until the one before is acknowledged (Nagle's algorithm).</summary>
    private bool _mayWait;

    /// <summary>Whether the kernel waits with acknowledgements until something is sent.</summary>
    private bool _delaysAcknowledgements;

    /// <summary>Takes a connected socket.</summary>
    /// <param name="descriptor">Its descriptor.</param>
    /// <param name="connecting">Whether connecting is still under way.</param>
    /// <param name="mayWait">
    /// Whether TCP_NODELAY is not set yet. It is set before the second write: the first is never held back, and many connections see only one.
    /// </param>
    /// <param name="delaysAcknowledgements">Whether the kernel was told to wait with acknowledgements (TCP_QUICKACK 0).</param>
    public void Attach(int descriptor, bool connecting, bool mayWait = false, bool delaysAcknowledgements = false)
    {
        _mayWait = mayWait;
        _delaysAcknowledgements = delaysAcknowledgements;
        Descriptor = descriptor;
        CanRead = CanWrite = ReadClosed = WriteClosed = HangUpSeen = false;
        Error = 0;
        IsConnecting = connecting;
        BytesRead = BytesWritten = 0;
        _local.SetLength(0);
    }

    /// <summary>Takes the socket of another object, with what the kernel was told of it; the other one lets go of it later (<see cref="Abandon"/>).</summary>
    public void AttachFrom(Connection other)
    {
        Attach(other.Descriptor, connecting: false, other._mayWait, other._delaysAcknowledgements);
        Peer = other.Peer;
    }

    /// <summary>Where we are, as the kernel says.</summary>
    public ref readonly SocketAddress128 Local
    {
        get
        {
            if (_local.Length == 0 && Descriptor >= 0)
            {
                _local = RawSocket.LocalAddress(Descriptor);
            }

            return ref _local;
        }
    }

    /// <summary>Replaces the local address by what a PROXY protocol header or a rule says.</summary>
    public void SetLocal(in SocketAddress128 address) => _local = address;

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        const EpollFlags Broken = EpollFlags.Error | EpollFlags.HangUp;
        if ((events & (EpollFlags.In | EpollFlags.ReadHangUp | Broken)) != 0)
        {
            CanRead = true;
        }

        if ((events & (EpollFlags.Out | Broken)) != 0)
        {
            CanWrite = true;
            if (IsConnecting)
            {
                IsConnecting = false;
                if ((events & Broken) != 0)
                {
                    Error = RawSocket.TakeError(Descriptor);
                }
            }
        }

        if ((events & (EpollFlags.ReadHangUp | Broken)) != 0)
        {
            HangUpSeen = true;
        }

        Owner?.OnReady(this);
    }

    /// <summary>Marks the connection as ready both ways, when a connect succeeded at once.</summary>
    public void MarkConnected()
    {
        IsConnecting = false;
        CanWrite = true;
    }

    /// <summary>
    /// Says that more has to come before anything is answered: a peer that sends in small pieces may wait for our acknowledgement
    /// (Nagle's algorithm), which the kernel would hold back for 40 ms.
    /// </summary>
    public void ExpectMore()
    {
        if (_delaysAcknowledgements && BytesRead > 0)
        {
            _delaysAcknowledgements = false;
            RawSocket.SetOption(Descriptor, SocketOption.TcpLevel, SocketOption.TcpQuickAck, 1);
        }
    }

    /// <summary>Makes the connection try reading again even if no edge came, after another owner left bytes unread.</summary>
    public void AssumeReadable() => CanRead = true;

    /// <summary>Reads what is there.</summary>
    public IoResult Read(Span<byte> into)
    {
        if (!CanRead || into.IsEmpty)
        {
            return new IoResult(Error != 0 ? IoStatus.Failed : ReadClosed ? IoStatus.Closed : IoStatus.Again, 0, Error);
        }

        var result = RawSocket.Receive(Descriptor, into);
        switch (result.Status)
        {
            case IoStatus.Done:
                BytesRead += result.Count;
                if (Meter is { } reading)
                {
                    reading.Read += result.Count;
                }

                if (result.Count < into.Length && !HangUpSeen)
                {
                    CanRead = false;
                }

                break;
            case IoStatus.Again:
                CanRead = false;
                break;
            case IoStatus.Closed:
                ReadClosed = true;
                CanRead = false;
                break;
            default:
                Error = result.Error;
                CanRead = false;
                break;
        }

        return result;
    }

    /// <summary>Writes what fits.</summary>
    public IoResult Write(ReadOnlySpan<byte> bytes, bool more = false) =>
        IsReadyToWrite() ? Judge(RawSocket.Send(Descriptor, bytes, more), bytes.Length) : NotNow();

    /// <summary>Writes the last bytes; our end goes with them in the same packet, once all of them were taken.</summary>
    public IoResult WriteLast(ReadOnlySpan<byte> bytes)
    {
        var result = Write(bytes, more: true);
        if (result.Status == IoStatus.Done && result.Count == bytes.Length)
        {
            ShutdownWrite();
        }

        return result;
    }

    /// <summary>Writes two runs of bytes with one call.</summary>
    public IoResult Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool more = false) =>
        IsReadyToWrite() ? Judge(RawSocket.Send(Descriptor, first, second, more), first.Length + second.Length) : NotNow();

    private bool IsReadyToWrite()
    {
        if (!CanWrite)
        {
            return false;
        }

        if (_mayWait && BytesWritten > 0)
        {
            _mayWait = false;
            RawSocket.SetOption(Descriptor, SocketOption.TcpLevel, SocketOption.TcpNoDelay, 1);
        }

        return true;
    }

    private IoResult NotNow() => new(Error != 0 ? IoStatus.Failed : IoStatus.Again, 0, Error);

    private IoResult Judge(IoResult result, int asked)
    {
        switch (result.Status)
        {
            case IoStatus.Done:
                BytesWritten += result.Count;
                if (Meter is { } writing)
                {
                    writing.Written += result.Count;
                }

                if (result.Count < asked)
                {
                    CanWrite = false;
                }

                break;
            case IoStatus.Again:
                CanWrite = false;
                break;
            default:
                Error = result.Error == 0 ? Sys.Errno.Epipe : result.Error;
                CanWrite = false;
                break;
        }

        return result;
    }

    /// <summary>Sends our end; the peer may still send.</summary>
    public void ShutdownWrite()
    {
        if (!WriteClosed && Descriptor >= 0)
        {
            WriteClosed = true;
            RawSocket.ShutdownWrite(Descriptor);
        }
    }

    /// <summary>Lets go of the descriptor, which somebody else has.</summary>
    public void Abandon()
    {
        Descriptor = -1;
        Owner = null;
        CanRead = CanWrite = false;
    }

    /// <summary>Closes the socket.</summary>
    /// <param name="loop">The loop that watches it.</param>
    /// <param name="reset">Whether the peer gets a reset and unsent bytes are dropped.</param>
    public void Close(Loop loop, bool reset = false)
    {
        if (Descriptor < 0)
        {
            return;
        }

        loop.Forget(this);
        if (reset)
        {
            RawSocket.ResetOnClose(Descriptor);
        }

        RawSocket.Close(Descriptor);
        Descriptor = -1;
        Owner = null;
        CanRead = CanWrite = false;
    }
}

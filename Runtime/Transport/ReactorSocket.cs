using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>A socket to await on, for what is rare and where waiting is the story: checks, agents, CLI, DNS, mail.</summary>
/// <remarks>
/// All members belong to the loop's thread, and what awaits continues there, inline. At most one read (or connect) and one
/// write (or connect) are awaited at a time. Traffic does not go through here: streams are state machines.
/// </remarks>
public sealed class ReactorSocket : Pollable, IDisposable
{
    private readonly Loop _loop;
    private readonly LoopWait _read;
    private readonly LoopWait _write;

    /// <summary>Takes over a connected or listening descriptor (non-blocking), which it closes in the end.</summary>
    public ReactorSocket(Loop loop, int descriptor)
    {
        _loop = loop;
        _read = new LoopWait(loop);
        _write = new LoopWait(loop);
        Descriptor = descriptor;
        IsOpen = loop.Watch(this);
    }

    /// <summary>Whether the descriptor is open and watched.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens a stream socket.</summary>
    /// <param name="loop">Whose thread it lives on.</param>
    /// <param name="family">Of the address it will be connected to.</param>
    /// <param name="error">0 or the number of errno(3).</param>
    /// <returns>Null where the kernel refuses.</returns>
    public static ReactorSocket? OpenStream(Loop loop, SocketFamily family, out int error) =>
        Adopt(loop, RawSocket.CreateStream(family), out error);

    /// <summary>Opens a datagram socket.</summary>
    public static ReactorSocket? OpenDatagram(Loop loop, SocketFamily family, out int error) =>
        Adopt(loop, RawSocket.CreateDatagram(family), out error);

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="deadline">Milliseconds of <see cref="Loop.NowMilliseconds"/>; <see cref="LoopTask.Never"/> for none.</param>
    public ValueTask<WaitResult> ConnectAsync(in SocketAddress128 address, long deadline)
    {
        if (!IsOpen)
        {
            return new(new WaitResult(WaitStatus.Cancelled));
        }

        var error = RawSocket.Connect(Descriptor, address);
        return error switch
        {
            0 => new(new WaitResult(WaitStatus.Done)),
            Errno.Einprogress => FinishConnect(deadline),
            _ => new(new WaitResult(WaitStatus.Failed, 0, error)),
        };
    }

    /// <summary>Reads what is there, at least one byte.</summary>
    public ValueTask<WaitResult> ReadAsync(Memory<byte> into, long deadline)
    {
        if (!IsOpen)
        {
            return new(new WaitResult(WaitStatus.Cancelled));
        }

        var result = RawSocket.Receive(Descriptor, into.Span);
        return result.Status == IoStatus.Again ? WaitToRead(into, deadline) : new(Translate(result));
    }

    /// <summary>Writes all bytes.</summary>
    public ValueTask<WaitResult> WriteAsync(ReadOnlyMemory<byte> bytes, long deadline)
    {
        if (!IsOpen)
        {
            return new(new WaitResult(WaitStatus.Cancelled));
        }

        if (bytes.IsEmpty)
        {
            return new(new WaitResult(WaitStatus.Done));
        }

        var result = RawSocket.Send(Descriptor, bytes.Span);
        if (result.Status is IoStatus.Closed or IoStatus.Failed || result.Count == bytes.Length)
        {
            return new(Translate(result));
        }

        return WaitToWrite(bytes, result.Count, deadline);
    }

    /// <summary>Waits until something can be read, without reading it: bytes, the end, or an error.</summary>
    /// <remarks>An edge that came before this call is not reported again; read until nothing is there first.</remarks>
    public ValueTask<WaitResult> WaitReadableAsync(long deadline) =>
        IsOpen ? _read.Begin(deadline) : new(new WaitResult(WaitStatus.Cancelled));

    /// <summary>Ends what awaits reading as <see cref="WaitStatus.Cancelled"/>; the socket stays open.</summary>
    public void StopReading() => _read.End(new WaitResult(WaitStatus.Cancelled));

    /// <summary>Says that close is to send a reset and to drop what was not sent.</summary>
    public void ResetOnClose() => RawSocket.ResetOnClose(Descriptor);

    /// <summary>Closes our direction: the peer reads the end.</summary>
    public void ShutdownWrite() => RawSocket.ShutdownWrite(Descriptor);

    /// <summary>Closes; what is awaited ends as <see cref="WaitStatus.Cancelled"/>.</summary>
    public void Close()
    {
        if (Descriptor < 0)
        {
            return;
        }

        _loop.Forget(this);
        RawSocket.Close(Descriptor);
        Descriptor = -1;
        IsOpen = false;
        _read.End(new WaitResult(WaitStatus.Cancelled));
        _write.End(new WaitResult(WaitStatus.Cancelled));
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        const EpollFlags BothEnded = EpollFlags.Error | EpollFlags.HangUp;
        if ((events & (EpollFlags.Out | BothEnded)) != 0)
        {
            _write.End(new WaitResult(WaitStatus.Done));
        }

        if ((events & (EpollFlags.In | EpollFlags.ReadHangUp | BothEnded)) != 0)
        {
            _read.End(new WaitResult(WaitStatus.Done));
        }
    }

    /// <summary>Takes over a descriptor that was just made; a negative one is minus the number of errno(3).</summary>
    internal static ReactorSocket? Adopt(Loop loop, int descriptor, out int error)
    {
        error = descriptor < 0 ? -descriptor : 0;
        return descriptor < 0 ? null : new ReactorSocket(loop, descriptor);
    }

    private async ValueTask<WaitResult> FinishConnect(long deadline)
    {
        var ready = await _write.Begin(deadline);
        if (!ready.IsDone)
        {
            return ready;
        }

        var error = RawSocket.TakeError(Descriptor);
        return error == 0 ? ready : new WaitResult(WaitStatus.Failed, 0, error);
    }

    private async ValueTask<WaitResult> WaitToRead(Memory<byte> into, long deadline)
    {
        while (true)
        {
            var ready = await _read.Begin(deadline);
            if (!ready.IsDone)
            {
                return ready;
            }

            var result = RawSocket.Receive(Descriptor, into.Span);
            if (result.Status != IoStatus.Again)
            {
                return Translate(result);
            }
        }
    }

    private async ValueTask<WaitResult> WaitToWrite(ReadOnlyMemory<byte> bytes, int sent, long deadline)
    {
        while (true)
        {
            var ready = await _write.Begin(deadline);
            if (!ready.IsDone)
            {
                return ready with { Count = sent };
            }

            var result = RawSocket.Send(Descriptor, bytes.Span[sent..]);
            if (result.Status is IoStatus.Closed or IoStatus.Failed)
            {
                return Translate(result) with { Count = sent };
            }

            sent += result.Count;
            if (sent == bytes.Length)
            {
                return new WaitResult(WaitStatus.Done, sent);
            }
        }
    }

    private static WaitResult Translate(IoResult result) => result.Status switch
    {
        IoStatus.Done => new WaitResult(WaitStatus.Done, result.Count),
        IoStatus.Closed => new WaitResult(WaitStatus.Closed, 0, result.Error),
        _ => new WaitResult(WaitStatus.Failed, 0, result.Error),
    };
}

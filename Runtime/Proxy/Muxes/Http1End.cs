using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Muxes;

/// <summary>One end of a stream over an HTTP/1 connection: frames come off on the way in and are put on on the way out.</summary>
/// <remarks>
/// The mux of HTTP/1 carries one message at a time in each direction, so connection and stream end are one object here.
/// Laws: the input buffer holds what was read and not yet understood; the output buffer what was written and not yet sent;
/// both give their block back as soon as they are empty. Body bytes go from the input buffer of one end straight to the
/// socket of the other where they are many, and through its output buffer where they are few, so that a head and a short
/// body leave in one packet.
/// </remarks>
public sealed class Http1End
{
    /// <summary>Body pieces up to this size are copied behind the head instead of being sent by a call of their own.</summary>
    private const int CopyLimit = 8192;

    /// <summary>Room that a chunk may take beside its data: the longest header, its end, and what a header grows by when data joins an open chunk.</summary>
    private const int ChunkOverhead = 24;

    private readonly BufferPool _pool;
    private ByteBuffer _in;
    private ByteBuffer _out;
    private BodyFraming _inFraming;
    private long _inLeft;
    private ChunkReader _chunks;
    private int _trailers;
    private BodyFraming _outFraming;
    private bool _lastReadFilled;
    private bool _isLast;

    /// <summary>An end over a connection object that is attached later.</summary>
    public Http1End(Connection connection, BufferPool pool)
    {
        Connection = connection;
        _pool = pool;
    }

    /// <summary>The connection below.</summary>
    public Connection Connection { get; }

    /// <summary>What was read and not taken.</summary>
    public ReadOnlySpan<byte> Input => _in.Data;

    /// <summary>How a parse of the head goes on.</summary>
    public Http1ScanState Scan;

    /// <summary>The incoming message is complete.</summary>
    public bool InputEnded { get; private set; }

    /// <summary>The outgoing message is complete (it may still wait in the output buffer).</summary>
    public bool OutputEnded { get; private set; }

    /// <summary>Nothing waits to be sent.</summary>
    public bool IsFlushed => _out.IsEmpty;

    /// <summary>Bytes of the incoming body so far, without framing.</summary>
    public long BodyBytesIn { get; private set; }

    /// <summary>How the incoming body is framed.</summary>
    public BodyFraming InputFraming => _inFraming;

    /// <summary>Starts over for a new connection.</summary>
    public void Reset()
    {
        _in.Release(_pool);
        _out.Release(_pool);
        _openChunk = 0;
        BeginInput();
        InputEnded = OutputEnded = _isLast = false;
        _outFraming = BodyFraming.None;
    }

    /// <summary>Makes ready for the next message to come in.</summary>
    public void BeginInput()
    {
        Scan = default;
        _inFraming = BodyFraming.None;
        _inLeft = 0;
        _trailers = 0;
        InputEnded = false;
        BodyBytesIn = 0;
    }

    /// <summary>Reads what the socket has, as far as there is room.</summary>
    public EndStatus Fill()
    {
        if (!Connection.CanRead)
        {
            return Connection.Error != 0 ? EndStatus.Failed : Connection.ReadClosed ? EndStatus.Closed : Wait();
        }

        var space = _in.Space(_pool);
        if (space.IsEmpty)
        {
            space = _in.AllSpace(_pool);
            if (space.IsEmpty)
            {
                return EndStatus.Full;
            }
        }

        var result = Connection.Read(space);
        if (result.Status == IoStatus.Done)
        {
            _in.Wrote(result.Count);
            _lastReadFilled = result.Count == space.Length;
            return EndStatus.Progress;
        }

        _in.ReleaseIfEmpty(_pool);
        return result.Status switch
        {
            IoStatus.Closed => EndStatus.Closed,
            IoStatus.Again => Wait(),
            _ => EndStatus.Failed,
        };
    }

    /// <summary>Nothing came. In the middle of a message the peer may wait for the acknowledgement of what did.</summary>
    private EndStatus Wait()
    {
        if (!InputEnded && (!_in.IsEmpty || _inFraming != BodyFraming.None))
        {
            Connection.ExpectMore();
        }

        return EndStatus.Wait;
    }

    /// <summary>Takes the bytes of a head that was parsed, and says how the body behind it is framed.</summary>
    public void TakeHead(int bytes, HttpHead head)
    {
        _in.Consume(bytes);
        SetInputFraming(head.Framing, head.ContentLength);
    }

    /// <summary>Says how the incoming body is framed.</summary>
    public void SetInputFraming(BodyFraming framing, long length)
    {
        _inFraming = framing;
        _inLeft = framing == BodyFraming.Length ? length : 0;
        _trailers = 0;
        _chunks = default;
        InputEnded = framing == BodyFraming.None || (framing == BodyFraming.Length && length == 0);
        _in.ReleaseIfEmpty(_pool);
    }

    /// <summary>The body bytes that are here; empty where none are, or the message is complete.</summary>
    /// <returns>False where the peer's framing is broken.</returns>
    public bool PeekBody(out ReadOnlySpan<byte> data)
    {
        data = default;
        switch (_inFraming)
        {
            case BodyFraming.Length:
                data = _in.Data;
                if (data.Length > _inLeft)
                {
                    data = data[..(int)_inLeft];
                }

                return true;
            case BodyFraming.UntilClose:
            case BodyFraming.Tunnel:
                data = _in.Data;
                if (data.IsEmpty && Connection.ReadClosed)
                {
                    InputEnded = true;
                }

                return true;
            case BodyFraming.Chunked:
                return PeekChunk(out data);
            default:
                return true;
        }
    }

    private bool PeekChunk(out ReadOnlySpan<byte> data)
    {
        data = default;
        while (!InputEnded && _trailers == 0)
        {
            if (_inLeft > 0)
            {
                // Shown before and not taken as a whole.
                data = _in.Data[..(int)_inLeft];
                return true;
            }

            if (_in.IsEmpty)
            {
                return true;
            }

            var step = _chunks.Next(_in.Data, out var skip, out var length, out _);
            _in.Consume(skip);
            switch (step)
            {
                case ChunkStep.Data:
                    _inLeft = length;
                    break;
                case ChunkStep.Trailers:
                    _trailers = length;
                    break;
                case ChunkStep.End:
                    InputEnded = true;
                    break;
                case ChunkStep.Bad:
                    return false;
                case ChunkStep.NeedMore:
                    return true;
            }
        }

        return true;
    }

    /// <summary>The trailer section behind the last chunk, its empty line included; empty where there is none (yet).</summary>
    public ReadOnlySpan<byte> Trailers => _in.Data[.._trailers];

    /// <summary>Takes the trailer section: the message is complete.</summary>
    public void ConsumeTrailers()
    {
        _in.Consume(_trailers);
        _trailers = 0;
        InputEnded = true;
        _in.ReleaseIfEmpty(_pool);
    }

    /// <summary>Takes body bytes that <see cref="PeekBody"/> showed.</summary>
    public void ConsumeBody(int count)
    {
        _in.Consume(count);
        BodyBytesIn += count;
        if (_inFraming is BodyFraming.Length or BodyFraming.Chunked)
        {
            _inLeft -= count;
            InputEnded = _inFraming == BodyFraming.Length && _inLeft == 0;
        }

        _in.ReleaseIfEmpty(_pool);
    }

    /// <summary>The body bytes that are in the buffer and were not sent on, without chunk framing. Valid until the next call on this thread.</summary>
    public ReadOnlySpan<byte> BodySoFar => _inFraming switch
    {
        BodyFraming.Length => _in.Data[..(int)Math.Min(_in.Length, _inLeft)],
        BodyFraming.Chunked => BufferedBodies.Unchunk(_in.Data),
        BodyFraming.UntilClose or BodyFraming.Tunnel => _in.Data,
        _ => default,
    };

    /// <summary>Whether the rest of the body is in the buffer as a whole.</summary>
    public bool HasWholeBody => InputEnded || _inFraming switch
    {
        BodyFraming.Length => _in.Length >= _inLeft,
        BodyFraming.Chunked => BufferedBodies.IsComplete(_in.Data),
        BodyFraming.UntilClose or BodyFraming.Tunnel => Connection.ReadClosed,
        _ => true,
    };

    /// <summary>The whole body as it waits in the buffer, framing included. Only before any of it was taken.</summary>
    /// <returns>False where it is not here as a whole.</returns>
    public bool TryPeekWholeBody(out ReadOnlySpan<byte> raw)
    {
        var length = InputEnded ? 0 : _inFraming switch
        {
            BodyFraming.Length when _inLeft <= _in.Length => (int)_inLeft,
            BodyFraming.Chunked => BufferedBodies.Measure(_in.Data),
            _ => -1,
        };
        raw = length > 0 ? _in.Data[..length] : default;
        return length >= 0;
    }

    /// <summary>Puts a body that was taken before what waits now: it is to be sent again.</summary>
    /// <returns>False where there is no room.</returns>
    public bool TryRestoreBody(ReadOnlySpan<byte> raw, BodyFraming framing, long length)
    {
        DropBodySoFar();
        if (!InputEnded || !_in.TryPrepend(raw, _pool))
        {
            return false;
        }

        SetInputFraming(framing, length);
        BodyBytesIn = 0;
        return true;
    }

    /// <summary>Takes the body that is in the buffer; nobody wants it any more.</summary>
    public void DropBodySoFar()
    {
        while (!InputEnded && PeekBody(out var data))
        {
            if (!data.IsEmpty)
            {
                ConsumeBody(data.Length);
            }
            else if (_trailers > 0)
            {
                ConsumeTrailers();
            }
            else if (!InputEnded)
            {
                return;
            }
        }
    }

    /// <summary>Makes the input buffer wide where the peer sends faster than a buffer holds and a long body is still to come.</summary>
    public void ExpectLongBody()
    {
        if (_lastReadFilled
            && (_inFraming is BodyFraming.UntilClose or BodyFraming.Tunnel || (_inFraming == BodyFraming.Length && _inLeft > 2 * _pool.BlockSize)))
        {
            _in.Widen(_pool);
        }
    }

    /// <summary>Room for a head to be written into; then call <see cref="WroteHead"/>.</summary>
    public Span<byte> HeadSpace() => _out.AllSpace(_pool);

    /// <summary>Says that a head was written, and how the body behind it will be framed.</summary>
    /// <param name="bytes">The head's length.</param>
    /// <param name="framing">The body's framing.</param>
    /// <param name="length">The body's length where it is known.</param>
    /// <param name="last">Whether nothing follows on this connection: its end then leaves with the message's last bytes.</param>
    public void WroteHead(int bytes, BodyFraming framing, long length, bool last = false)
    {
        _isLast = last;
        _out.Wrote(bytes);
        _outFraming = framing;
        OutputEnded = framing == BodyFraming.None || (framing == BodyFraming.Length && length == 0);
    }

    /// <summary>Writes bytes as they are, outside any message (interim responses, raw answers).</summary>
    public bool WriteRaw(ReadOnlySpan<byte> bytes) => _out.TryAppend(bytes, _pool);

    /// <summary>Says that the message is framed by the end of the connection, for raw answers.</summary>
    public void EndRaw() => OutputEnded = true;

    /// <summary>Writes body bytes.</summary>
    /// <returns>How many were taken; 0 where the peer does not take any now.</returns>
    public int WriteBody(ReadOnlySpan<byte> data)
    {
        if (_outFraming == BodyFraming.Chunked)
        {
            return WriteChunk(data);
        }

        if (_outFraming == BodyFraming.None)
        {
            // The answer to HEAD and the like: the body is dropped.
            return data.Length;
        }

        return data.Length <= CopyLimit && _out.TryAppend(data, _pool) ? data.Length : SendThrough(data);
    }

    /// <summary>Sends the waiting bytes and the new ones behind them with one call.</summary>
    private int SendThrough(ReadOnlySpan<byte> data)
    {
        if (!Connection.CanWrite)
        {
            return 0;
        }

        var waiting = _out.Length;
        var result = waiting == 0 ? Connection.Write(data) : Connection.Write(_out.Data, data);
        if (result.Status != IoStatus.Done)
        {
            return 0;
        }

        var fromWaiting = Math.Min(waiting, result.Count);
        _out.Consume(fromWaiting);
        _out.ReleaseIfEmpty(_pool);
        return result.Count - fromWaiting;
    }

    /// <summary>Data bytes of the chunk at the tail of the output that is still open; 0 none.</summary>
    private int _openChunk;

    /// <summary>Adds data to the chunk at the tail of the output: pieces that arrive together leave as one chunk, as with the original.</summary>
    private int WriteChunk(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return 0;
        }

        var space = _out.AllSpace(_pool);
        if (space.Length <= ChunkOverhead)
        {
            if (Flush() != EndStatus.Progress)
            {
                return 0;
            }

            space = _out.AllSpace(_pool);
        }

        var count = Math.Min(data.Length, space.Length - ChunkOverhead);
        if (count <= 0)
        {
            return 0;
        }

        if (_openChunk == 0)
        {
            var used = Http1Writer.WriteChunkHeader(count, space);
            data[..count].CopyTo(space[used..]);
            _out.Wrote(used + count);
            _openChunk = count;
            return count;
        }

        ExtendChunk(data[..count], space);
        return count;
    }

    private void ExtendChunk(ReadOnlySpan<byte> data, Span<byte> space)
    {
        Span<byte> header = stackalloc byte[Http1Writer.MaxChunkHeader];
        var before = Http1Writer.WriteChunkHeader(_openChunk, header);
        var total = _openChunk + data.Length;
        var after = Http1Writer.WriteChunkHeader(total, header);
        var grown = after - before;
        data.CopyTo(space[grown..]);
        _out.Wrote(grown + data.Length);
        var tail = _out.Writable[^(after + total)..];
        if (grown > 0)
        {
            // One more digit: the data that was there moves behind it.
            tail.Slice(before, _openChunk).CopyTo(tail[after..]);
        }

        header[..after].CopyTo(tail);
        _openChunk = total;
    }

    private void CloseChunk()
    {
        if (_openChunk > 0)
        {
            _openChunk = 0;
            _out.TryAppend("\r\n"u8, _pool);
        }
    }

    /// <summary>Says that the outgoing body is complete.</summary>
    /// <param name="trailers">Header lines behind the last chunk; null none. Other framings drop them.</param>
    /// <returns>False where there is no room yet for the last chunk.</returns>
    public bool EndBody(HttpHead? trailers = null)
    {
        if (!OutputEnded && _outFraming == BodyFraming.Chunked)
        {
            CloseChunk();
            var space = _out.AllSpace(_pool);
            var used = Http1Writer.WriteLastChunkSize(space);
            var rest = used < 0 ? -1 : trailers is null ? Http1Writer.WriteChunkEnd(space[used..]) : Http1Writer.WriteTrailers(trailers, space[used..]);
            if (rest < 0)
            {
                return false;
            }

            _out.Wrote(used + rest);
        }

        OutputEnded = true;
        return true;
    }

    /// <summary>Sends what waits.</summary>
    public EndStatus Flush()
    {
        CloseChunk();
        while (!_out.IsEmpty)
        {
            if (Connection.Error != 0)
            {
                return EndStatus.Failed;
            }

            if (!Connection.CanWrite)
            {
                return EndStatus.Wait;
            }

            var result = _isLast && OutputEnded ? Connection.WriteLast(_out.Data) : Connection.Write(_out.Data);
            switch (result.Status)
            {
                case IoStatus.Done:
                    _out.Consume(result.Count);
                    break;
                case IoStatus.Again:
                    return EndStatus.Wait;
                default:
                    return EndStatus.Failed;
            }
        }

        _out.ReleaseIfEmpty(_pool);
        return EndStatus.Progress;
    }

    /// <summary>Drops what waits to be sent.</summary>
    public void DropOutput()
    {
        _openChunk = 0;
        _out.Release(_pool);
    }

    /// <summary>Drops what was read.</summary>
    public void DropInput() => _in.Release(_pool);

    /// <summary>Whether bytes were read that belong to no message yet.</summary>
    public bool HasInput => !_in.IsEmpty;

    /// <summary>Takes bytes from the front of the input without regard to framing (a PROXY protocol header, HTTP/1 bytes of an error).</summary>
    public void Discard(int count)
    {
        _in.Consume(count);
        _in.ReleaseIfEmpty(_pool);
    }
}

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>What comes next in a chunked body.</summary>
public enum ChunkStep : byte
{
    /// <summary>The input ends inside framing; drop the skipped bytes and come back with more.</summary>
    NeedMore,

    /// <summary>Data follows the skipped bytes.</summary>
    Data,

    /// <summary>A whole trailer section follows the skipped bytes, its empty line included; the message ends with it.</summary>
    Trailers,

    /// <summary>The message ends after the skipped bytes.</summary>
    End,

    /// <summary>The framing is broken.</summary>
    Bad,
}

/// <summary>
/// Takes chunked framing (RFC 9112 section 7.1) off a body as it arrives. It copies nothing and keeps nothing but numbers: the caller drops
/// <c>skip</c> bytes, then uses <c>data</c> bytes, then calls again with what follows. Start with <c>default</c>. Extensions are dropped, a bare LF ends a line.
/// </summary>
public struct ChunkReader
{
    private State _state;
    private long _remaining;
    private int _lineBytes;
    private int _trailerLine;
    private int _trailerSearched;

    /// <summary>A size line or a trailer section longer than this many bytes is refused.</summary>
    public const int MaxLineBytes = 16320;

    // More would not fit in 52 bits: HAProxy's limit, 13 significant digits.
    private const long SizeLimit = 1L << 48;

    private enum State : byte
    {
        SizeStart,
        Size,
        SizeBlank,
        Extension,
        SizeLf,
        Data,
        DataEnd,
        DataLf,
        Trailers,
        End,
    }

    /// <summary>Data bytes of the current chunk that are still to come.</summary>
    public readonly long Remaining => _remaining;

    /// <summary>The message is over.</summary>
    public readonly bool AtEnd => _state == State.End;

    /// <summary>Looks at the next bytes of the body.</summary>
    /// <param name="input">What arrived and was not dropped or used yet.</param>
    /// <param name="skip">Framing bytes at its start, to be dropped.</param>
    /// <param name="data">Bytes after them: data, or the trailer section.</param>
    /// <param name="error">On Bad: what is wrong, offset counted from the start of this input.</param>
    public ChunkStep Next(ReadOnlySpan<byte> input, out int skip, out int data, out Http1Error error)
    {
        data = 0;
        error = default;
        var at = 0;
        while (at < input.Length || _state is State.Trailers or State.End)
        {
            switch (_state)
            {
                case State.SizeStart:
                case State.Size:
                    if (!ReadSize(input, ref at, out error)) return Refuse(out skip);
                    break;

                case State.SizeBlank:
                    var c = input[at];
                    if (c is (byte)' ' or (byte)'\t') at++;
                    else if (c == ';') _state = State.Extension;
                    else if (c == '\r') Step(State.SizeLf, ref at);
                    else if (c == '\n') SizeDone(ref at);
                    else return Refuse(Http1ErrorReason.BadChunkSize, at, Http1State.ChunkSize, out skip, out error);
                    break;

                case State.Extension:
                    var line = input[at..].IndexOfAny((byte)'\r', (byte)'\n');
                    _lineBytes += line < 0 ? input.Length - at : line;
                    if (_lineBytes > MaxLineBytes) return Refuse(Http1ErrorReason.BadChunkSize, at, Http1State.ChunkSize, out skip, out error);
                    at = line < 0 ? input.Length : at + line;
                    if (line < 0) break;
                    if (input[at] == '\r') Step(State.SizeLf, ref at);
                    else SizeDone(ref at);
                    break;

                case State.SizeLf:
                    if (input[at] != '\n') return Refuse(Http1ErrorReason.BadChunkSize, at, Http1State.ChunkSize, out skip, out error);
                    SizeDone(ref at);
                    break;

                case State.Data:
                    skip = at;
                    data = (int)Math.Min(_remaining, input.Length - at);
                    _remaining -= data;
                    if (_remaining == 0) _state = State.DataEnd;
                    return ChunkStep.Data;

                case State.DataEnd:
                    if (input[at] == '\r') Step(State.DataLf, ref at);
                    else if (input[at] == '\n') Step(State.SizeStart, ref at);
                    else return Refuse(Http1ErrorReason.BadChunkEnd, at, Http1State.ChunkCrLf, out skip, out error);
                    break;

                case State.DataLf:
                    if (input[at] != '\n') return Refuse(Http1ErrorReason.BadChunkEnd, at, Http1State.ChunkCrLf, out skip, out error);
                    Step(State.SizeStart, ref at);
                    break;

                case State.Trailers:
                    skip = at;
                    var step = FindTrailers(input[at..], out data, out error);
                    if (step == ChunkStep.End)
                    {
                        skip += data;
                        data = 0;
                    }
                    else if (step == ChunkStep.Bad)
                    {
                        error = error with { Offset = error.Offset + at };
                    }

                    return step;

                default:
                    skip = 0;
                    return ChunkStep.End;
            }
        }

        skip = at;
        return ChunkStep.NeedMore;
    }

    private bool ReadSize(ReadOnlySpan<byte> input, ref int at, out Http1Error error)
    {
        error = default;
        if (_state == State.SizeStart)
        {
            _remaining = 0;
            _lineBytes = 0;
        }

        while (at < input.Length)
        {
            var digit = HexDigit(input[at]);
            if (digit < 0)
            {
                if (_state == State.SizeStart)
                {
                    error = new Http1Error(Http1ErrorReason.BadChunkSize, at, Http1State.ChunkSize);
                    return false;
                }

                _state = State.SizeBlank;
                return true;
            }

            if (_remaining >= SizeLimit || ++_lineBytes > MaxLineBytes)
            {
                error = new Http1Error(Http1ErrorReason.BadChunkSize, at, Http1State.ChunkSize);
                return false;
            }

            _remaining = (_remaining << 4) | (long)digit;
            _state = State.Size;
            at++;
        }

        return true;
    }

    private void SizeDone(ref int at)
    {
        at++;
        _state = _remaining > 0 ? State.Data : State.Trailers;
        _trailerLine = _trailerSearched = 0;
    }

    private void Step(State next, ref int at)
    {
        _state = next;
        at++;
    }

    // Finds the empty line; on Trailers or End, `length` runs to just after it.
    private ChunkStep FindTrailers(ReadOnlySpan<byte> input, out int length, out Http1Error error)
    {
        length = 0;
        error = default;
        while (_trailerLine < input.Length)
        {
            var at = _trailerLine;
            if (input[at] == '\r')
            {
                if (++at == input.Length) break;
                if (input[at] != '\n')
                {
                    error = new Http1Error(Http1ErrorReason.BadTrailer, 0, Http1State.Trailers);
                    return ChunkStep.Bad;
                }
            }

            if (input[at] == '\n')
            {
                length = at + 1;
                _state = State.End;
                return _trailerLine == 0 ? ChunkStep.End : ChunkStep.Trailers;
            }

            var from = Math.Max(at, _trailerSearched);
            var lf = input[from..].IndexOf((byte)'\n');
            if (lf < 0)
            {
                _trailerSearched = input.Length;
                break;
            }

            _trailerLine = _trailerSearched = from + lf + 1;
        }

        if (input.Length < MaxLineBytes) return ChunkStep.NeedMore;
        error = new Http1Error(Http1ErrorReason.TooLarge, 0, Http1State.Trailers);
        return ChunkStep.Bad;
    }

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private static ChunkStep Refuse(out int skip)
    {
        skip = 0;
        return ChunkStep.Bad;
    }

    private static ChunkStep Refuse(Http1ErrorReason reason, int offset, Http1State state, out int skip, out Http1Error error)
    {
        error = new Http1Error(reason, offset, state);
        return Refuse(out skip);
    }
}

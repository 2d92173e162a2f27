using System.Buffers;
using System.Buffers.Text;
using Dropin.Runtime.Ir.Logs;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>A place in a ring: in the bytes ever written to it, and in the lines.</summary>
public readonly record struct LogRingPosition(long Byte, long Line)
{
    /// <summary>Before the oldest line that is still there.</summary>
    public static LogRingPosition Oldest => new(-1, -1);
}

/// <summary>A ring of lines in memory (configuration manual 3.9): the oldest make room for the newest.</summary>
/// <remarks>
/// Written by all threads and read by the CLI, under a lock: rings are for looking at, not for traffic. A line costs two
/// bytes or more besides its text, and one byte of the ring stays free, so that as many lines fit as in the original.
/// </remarks>
public sealed class LogRing
{
    private readonly Lock _gate = new();
    private readonly byte[] _bytes;
    private LogRingPosition _first;
    private LogRingPosition _end;
    private Action? _atNext;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Free text.</param>
    /// <param name="format">The form of its lines.</param>
    /// <param name="maxLength">Most bytes of a line.</param>
    /// <param name="size">Bytes of the ring.</param>
    public LogRing(string name, string description, LogLineFormat format, int maxLength, int size)
    {
        Name = name;
        Description = description;
        Format = format;
        MaxLength = maxLength;
        _bytes = new byte[size];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string Description { get; }

    /// <summary>The form of its lines.</summary>
    public LogLineFormat Format { get; }

    /// <summary>Most bytes of a line.</summary>
    public int MaxLength { get; }

    /// <summary>Lines that were too long for the whole ring, since a line last told of them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Behind the last line; a reader that begins here sees new lines only.</summary>
    public LogRingPosition End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>Adds a line (without a line feed).</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        Action? told;
        lock (_gate)
        {
            if (Dropped > 0)
            {
                Span<byte> news = stackalloc byte[40];
                if (TryAdd(news[..Tell(Dropped, news)]))
                {
                    Dropped = 0;
                }
            }

            if (!TryAdd(line))
            {
                Dropped++;
            }

            (told, _atNext) = (_atNext, null);
        }

        told?.Invoke();
    }

    /// <summary>Copies lines from a position on, each with a line feed.</summary>
    /// <param name="from">Where to begin. Where lines behind it are gone already, a line says how many.</param>
    /// <param name="into">Where to.</param>
    /// <param name="most">About so many bytes at a time, so that writers do not wait for long.</param>
    /// <returns>The position to go on from; it is <paramref name="from"/> where there is no more.</returns>
    public LogRingPosition Read(LogRingPosition from, IBufferWriter<byte> into, int most)
    {
        lock (_gate)
        {
            var at = from.Byte < _first.Byte ? _first : from;
            if (from.Byte >= 0 && at.Line > from.Line)
            {
                Span<byte> news = stackalloc byte[40];
                into.Write(news[..Tell(at.Line - from.Line, news)]);
                into.Write("\n"u8);
            }

            for (var copied = 0; at.Byte < _end.Byte && copied < most;)
            {
                var length = LengthAt(at.Byte, out var head);
                var begin = (int)((at.Byte + head) % _bytes.Length);
                var straight = Math.Min(length, _bytes.Length - begin);
                into.Write(_bytes.AsSpan(begin, straight));
                into.Write(_bytes.AsSpan(0, length - straight));
                into.Write("\n"u8);
                copied += length + 1;
                at = new LogRingPosition(at.Byte + head + length, at.Line + 1);
            }

            return at;
        }
    }

    /// <summary>Has something called once, by the thread that adds the next line; not where there are newer lines than the reader's already.</summary>
    /// <param name="from">How far the reader is.</param>
    /// <param name="call">What to call; short, as it holds up traffic.</param>
    /// <returns>False where there are newer lines.</returns>
    public bool CallAtNext(LogRingPosition from, Action call)
    {
        lock (_gate)
        {
            if (_end.Byte > from.Byte)
            {
                return false;
            }

            _atNext += call;
            return true;
        }
    }

    /// <summary>Takes a call of <see cref="CallAtNext"/> back; one that is under way may still come.</summary>
    public void ForgetCall(Action call)
    {
        lock (_gate)
        {
            _atNext -= call;
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> line)
    {
        var head = HeadOf(line.Length);
        var needed = head + line.Length;
        if (needed >= _bytes.Length)
        {
            return false;
        }

        while (_bytes.Length - 1 - (_end.Byte - _first.Byte) < needed)
        {
            var oldest = LengthAt(_first.Byte, out var oldHead);
            _first = new LogRingPosition(_first.Byte + oldHead + oldest, _first.Line + 1);
        }

        var at = _end.Byte;
        _bytes[at++ % _bytes.Length] = (byte)(head - 1);
        for (var rest = line.Length; at < _end.Byte + head; rest >>= 8)
        {
            _bytes[at++ % _bytes.Length] = (byte)rest;
        }

        var begin = (int)(at % _bytes.Length);
        var straight = Math.Min(line.Length, _bytes.Length - begin);
        line[..straight].CopyTo(_bytes.AsSpan(begin));
        line[straight..].CopyTo(_bytes);
        _end = new LogRingPosition(_end.Byte + needed, _end.Line + 1);
        return true;
    }

    /// <summary>The length of the line that begins at a place.</summary>
    private int LengthAt(long at, out int head)
    {
        head = _bytes[at % _bytes.Length] + 1;
        var length = 0;
        for (var i = head - 1; i > 0; i--)
        {
            length = (length << 8) | _bytes[(at + i) % _bytes.Length];
        }

        return length;
    }

    /// <summary>Bytes in front of a line: how many give its length, and these. The limits are those of the original's numbers.</summary>
    private static int HeadOf(int length) => length switch
    {
        < 240 => 2,
        < 240 + (16 * 128) => 3,
        < 240 + (16 * 128) + (16 * 128 * 128) => 4,
        _ => 5,
    };

    private static int Tell(long lost, Span<byte> into)
    {
        Utf8Formatter.TryFormat(lost, into, out var digits);
        var text = lost > 1 ? " events dropped"u8 : " event dropped"u8;
        text.CopyTo(into[digits..]);
        return digits + text.Length;
    }
}

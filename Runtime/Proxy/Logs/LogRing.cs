using System.Buffers;
using Dropin.Runtime.Ir.Logs;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>A ring of lines in memory (configuration manual 3.9): the oldest make room for the newest.</summary>
/// <remarks>Written by all threads and read by the CLI, under a lock: rings are for looking at, not for traffic.</remarks>
public sealed class LogRing
{
    private readonly Lock _gate = new();
    private readonly byte[] _bytes;
    private readonly Queue<int> _lengths = new();
    private int _head;
    private int _used;
    private long _first;

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

    /// <summary>Lines that were too long for the whole ring.</summary>
    public long Dropped { get; private set; }

    /// <summary>The number of the next line; a reader that begins here sees new lines only.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _first + _lengths.Count;
            }
        }
    }

    /// <summary>Adds a line (without a line feed).</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (line.Length > _bytes.Length)
            {
                Dropped++;
                return;
            }

            while (_bytes.Length - _used < line.Length)
            {
                var oldest = _lengths.Dequeue();
                _head = (_head + oldest) % _bytes.Length;
                _used -= oldest;
                _first++;
            }

            var at = (_head + _used) % _bytes.Length;
            var straight = Math.Min(line.Length, _bytes.Length - at);
            line[..straight].CopyTo(_bytes.AsSpan(at));
            line[straight..].CopyTo(_bytes);
            _lengths.Enqueue(line.Length);
            _used += line.Length;
        }
    }

    /// <summary>Copies the lines from a number on, each with a line feed.</summary>
    /// <param name="from">The first number wanted; lines that are gone are skipped.</param>
    /// <param name="into">Where to.</param>
    /// <returns>The number to go on from.</returns>
    public long Read(long from, IBufferWriter<byte> into)
    {
        lock (_gate)
        {
            var number = _first;
            var at = _head;
            foreach (var length in _lengths)
            {
                if (number >= from)
                {
                    var straight = Math.Min(length, _bytes.Length - at);
                    into.Write(_bytes.AsSpan(at, straight));
                    into.Write(_bytes.AsSpan(0, length - straight));
                    into.Write("\n"u8);
                }

                number++;
                at = (at + length) % _bytes.Length;
            }

            return number;
        }
    }
}

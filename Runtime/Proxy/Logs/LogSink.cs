using System.Buffers.Text;
using Dropin.Runtime.Ir.Logs;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>The severities of syslog (RFC 5424 6.2.1).</summary>
public enum LogLevel
{
    /// <summary>emerg</summary>
    Emergency,

    /// <summary>alert</summary>
    Alert,

    /// <summary>crit</summary>
    Critical,

    /// <summary>err</summary>
    Error,

    /// <summary>warning</summary>
    Warning,

    /// <summary>notice</summary>
    Notice,

    /// <summary>info</summary>
    Info,

    /// <summary>debug</summary>
    Debug,
}

/// <summary>Where the lines of one proxy go, on one thread.</summary>
/// <remarks>Sending allocates nothing.</remarks>
public sealed class LogSink
{
    private readonly LogThread _thread;
    private readonly LogTarget[] _targets;
    private readonly byte[] _tag;

    /// <summary>Makes a sink.</summary>
    /// <param name="thread">The thread's state.</param>
    /// <param name="targets">The proxy's targets, shared with its sinks on other threads.</param>
    /// <param name="tag">The program name; null means the process'.</param>
    public LogSink(LogThread thread, LogTarget[] targets, byte[]? tag = null)
    {
        _thread = thread;
        _targets = targets;
        _tag = tag ?? thread.Delivery.Tag;
    }

    /// <summary>Whether there is any target: without one no line need be made.</summary>
    public bool IsEmpty => _targets.Length == 0;

    /// <summary>Sends a line to every target that wants it.</summary>
    /// <param name="message">The text, without a line feed.</param>
    /// <param name="level">How severe it is.</param>
    /// <param name="wallMicroseconds">When it is sent, microseconds since 1970.</param>
    /// <param name="structuredData">Structured data for RFC 5424 lines; empty for none.</param>
    public void Send(ReadOnlySpan<byte> message, LogLevel level, long wallMicroseconds, ReadOnlySpan<byte> structuredData = default)
    {
        foreach (var target in _targets)
        {
            if ((int)level > target.Config.MaxLevel || !target.TakesNext())
            {
                continue;
            }

            _thread.Clock.MoveTo(wallMicroseconds);
            var length = Compose(target, message, Math.Max((int)level, target.Config.MinLevel), structuredData);
            _thread.Deliver(target, length);
        }
    }

    private int Compose(LogTarget target, ReadOnlySpan<byte> message, int level, ReadOnlySpan<byte> structuredData)
    {
        var most = target.MaxLength;
        // A ring's length holds without the line feed, and head and message together; 'len' holds for the message alone then.
        var isRing = target.Route == LogRoute.Ring;
        var line = isRing ? new Line(_thread.Space(most + 1), most, ofHead: 0) : new Line(_thread.Space(most), most - 1, ofHead: 1);
        if (isRing && message.Length > target.Config.MaxLength)
        {
            message = message[..target.Config.MaxLength];
        }

        var clock = _thread.Clock;
        var delivery = _thread.Delivery;
        switch (target.Format)
        {
            case LogLineFormat.Local:
            case LogLineFormat.Rfc3164:
                line.Priority((target.Config.Facility << 3) + level);
                line.Put(clock.Short);
                if (target.Format == LogLineFormat.Rfc3164)
                {
                    line.Put(delivery.HostName ?? "localhost"u8);
                    line.Put(" "u8);
                }

                line.Put(_tag);
                line.Put("["u8);
                line.Put(delivery.ProcessId);
                line.Put("]"u8);
                line.Put(": "u8);
                break;
            case LogLineFormat.Rfc5424:
                line.Priority((target.Config.Facility << 3) + level);
                line.Put("1 "u8);
                line.Put(clock.Long);
                line.Put(" "u8);
                line.Put(delivery.HostName ?? "-"u8);
                line.Put(" "u8);
                line.Put(_tag);
                line.Put(" "u8);
                line.Put(delivery.ProcessId);
                line.Put(" - "u8);
                line.Put(structuredData.IsEmpty ? "-"u8 : structuredData);
                line.Put(" "u8);
                break;
            case LogLineFormat.Priority:
                line.Priority((target.Config.Facility << 3) + level);
                break;
            case LogLineFormat.Short:
                line.Priority(level);
                break;
            case LogLineFormat.Timed:
                line.Priority(level);
                line.Put(clock.Long);
                line.Put(" "u8);
                break;
            case LogLineFormat.Iso:
                line.Put(clock.Long);
                line.Put(" "u8);
                break;
            default:
                break;
        }

        return line.Finish(message);
    }

    /// <summary>A line being put together.</summary>
    /// <remarks>
    /// As in the original, a piece of the head that does not fit is left out whole, with all that would follow; the
    /// message is cut. With a head the line has at most 'len' bytes before its line feed, without one less.
    /// </remarks>
    private ref struct Line(Span<byte> bytes, int most, int ofHead)
    {
        private readonly Span<byte> _bytes = bytes;
        private readonly int _most = most;
        private readonly int _ofHead = ofHead;
        private int _used;
        private bool _full;

        internal void Put(scoped ReadOnlySpan<byte> piece)
        {
            if (_full || _used + piece.Length > _most)
            {
                _full = true;
                return;
            }

            piece.CopyTo(_bytes[_used..]);
            _used += piece.Length;
        }

        internal void Priority(int number)
        {
            Span<byte> piece = stackalloc byte[8];
            piece[0] = (byte)'<';
            Utf8Formatter.TryFormat(number, piece[1..], out var digits);
            piece[digits + 1] = (byte)'>';
            Put(piece[..(digits + 2)]);
        }

        internal int Finish(scoped ReadOnlySpan<byte> message)
        {
            if (!_full)
            {
                var room = _most - _used + (_used > 0 ? _ofHead : 0);
                var taken = Math.Min(room, message.Length);
                message[..taken].CopyTo(_bytes[_used..]);
                _used += taken;
            }

            _bytes[_used] = (byte)'\n';
            return _used + 1;
        }
    }
}

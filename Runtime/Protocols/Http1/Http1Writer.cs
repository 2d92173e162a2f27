using System.Buffers.Text;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Writes heads and chunk framing into the caller's buffer. Every method returns the bytes written, or -1 when there is no room (nothing is to be
/// sent then; make room and call again).</summary>
public static class Http1Writer
{
    /// <summary>The most bytes <see cref="WriteChunkHeader"/> writes.</summary>
    public const int MaxChunkHeader = 18;

    /// <summary>Writes request line, headers in their order, then what the options add, and the empty line.</summary>
    public static int WriteRequestHead(HttpHead head, Span<byte> destination, in Http1WriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(head);
        var to = new Cursor(destination);
        to.Put(head.Span(head.Method));
        to.Put((byte)' ');
        to.Put(head.Span(head.Uri));
        to.Put((byte)' ');
        to.Put(VersionOf(head));
        to.Put("\r\n"u8);
        return Finish(head, ref to, in options);
    }

    /// <summary>Writes status line, headers in their order, then what the options add, and the empty line.</summary>
    public static int WriteResponseHead(HttpHead head, Span<byte> destination, in Http1WriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(head);
        var to = new Cursor(destination);
        to.Put(VersionOf(head));
        to.Put((byte)' ');
        to.Put(head.Span(head.StatusText));
        to.Put((byte)' ');
        to.Put(head.Span(head.Reason));
        to.Put("\r\n"u8);
        return Finish(head, ref to, in options);
    }

    /// <summary>Writes trailer lines and the empty line that ends the message (after <see cref="WriteLastChunkSize"/>).</summary>
    public static int WriteTrailers(HttpHead trailers, Span<byte> destination, CaseAdjustMap? caseAdjust = null)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        var to = new Cursor(destination);
        PutFields(trailers, ref to, caseAdjust);
        to.Put("\r\n"u8);
        return to.Written;
    }

    /// <summary>Writes a chunk's size and the line end; <paramref name="length"/> data bytes and <see cref="WriteChunkEnd"/> follow. 0 is not a chunk.</summary>
    public static int WriteChunkHeader(long length, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        if (!Utf8Formatter.TryFormat(length, destination, out var written, new System.Buffers.StandardFormat('X'))) return -1;
        if (destination.Length - written < 2) return -1;
        destination[written] = (byte)'\r';
        destination[written + 1] = (byte)'\n';
        return written + 2;
    }

    /// <summary>Writes the line end after a chunk's data.</summary>
    public static int WriteChunkEnd(Span<byte> destination) => Write("\r\n"u8, destination);

    /// <summary>Writes the last chunk and the end of the message: no trailers.</summary>
    public static int WriteLastChunk(Span<byte> destination) => Write("0\r\n\r\n"u8, destination);

    /// <summary>Writes the last chunk's size line; <see cref="WriteTrailers"/> follows.</summary>
    public static int WriteLastChunkSize(Span<byte> destination) => Write("0\r\n"u8, destination);

    private static ReadOnlySpan<byte> VersionOf(HttpHead head) =>
        head.IsVersion11 ? "HTTP/1.1"u8 : head.Version.IsEmpty ? "HTTP/1.0"u8 : head.Span(head.Version);

    private static int Finish(HttpHead head, ref Cursor to, in Http1WriteOptions options)
    {
        PutFields(head, ref to, options.CaseAdjust);
        if (options.AddChunked) PutField(ref to, "transfer-encoding"u8, "chunked"u8, options.CaseAdjust);
        if (options.Connection == ConnectionHeader.Close) PutField(ref to, "connection"u8, "close"u8, options.CaseAdjust);
        else if (options.Connection == ConnectionHeader.KeepAlive) PutField(ref to, "connection"u8, "keep-alive"u8, options.CaseAdjust);
        to.Put("\r\n"u8);
        return to.Written;
    }

    // Lines that lie in the block as they are written are copied together: a request nobody edited costs one copy.
    private static void PutFields(HttpHead head, ref Cursor to, CaseAdjustMap? caseAdjust)
    {
        var runStart = 0;
        var runEnd = 0;
        for (var i = 0; i < head.FieldCount; i++)
        {
            ref readonly var field = ref head.Field(i);
            if (field.Removed) continue;
            if (field.Canonical && caseAdjust is null)
            {
                if (field.Name.Start != runEnd)
                {
                    to.Put(head.Block.AsSpan(runStart, runEnd - runStart));
                    runStart = field.Name.Start;
                }

                runEnd = field.Value.End + 2;
                continue;
            }

            to.Put(head.Block.AsSpan(runStart, runEnd - runStart));
            runStart = runEnd = 0;
            PutField(ref to, head.Span(field.Name), head.Span(field.Value), caseAdjust);
        }

        to.Put(head.Block.AsSpan(runStart, runEnd - runStart));
    }

    private static void PutField(ref Cursor to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, CaseAdjustMap? caseAdjust)
    {
        to.Put(caseAdjust is null ? name : caseAdjust.Adjust(name));
        to.Put(": "u8);
        to.Put(value);
        to.Put("\r\n"u8);
    }

    private static int Write(ReadOnlySpan<byte> bytes, Span<byte> destination) => bytes.TryCopyTo(destination) ? bytes.Length : -1;

    // Where the next byte goes. Once something did not fit, nothing more is written.
    private ref struct Cursor(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;
        private int _at;

        public readonly int Written => _at;

        public void Put(ReadOnlySpan<byte> bytes)
        {
            if (_at < 0) return;
            if (!bytes.TryCopyTo(_destination[_at..]))
            {
                _at = -1;
                return;
            }

            _at += bytes.Length;
        }

        public void Put(byte value)
        {
            if ((uint)_at < (uint)_destination.Length) _destination[_at++] = value;
            else _at = -1;
        }
    }
}

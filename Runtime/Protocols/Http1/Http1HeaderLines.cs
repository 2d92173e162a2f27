using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>
/// Header lines, the same for requests and responses: one pass, whole lines only, ranges into the input (the head is copied once, at its end).
/// A header that decides about framing is understood on the spot, so that an error has the position HAProxy reports.
/// </summary>
internal static class Http1HeaderLines
{
    /// <summary>Parses lines from <see cref="Http1ScanState.Position"/> on. On Done, <c>end</c> is the offset just after the empty line.</summary>
    public static ParseStatus Parse(
        ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, out int end, out Http1Error error)
    {
        end = 0;
        error = default;
        while (true)
        {
            var start = scan.Position;
            if ((uint)start >= (uint)input.Length) return ParseStatus.NeedMore;
            if (input[start] is (byte)'\r' or (byte)'\n') return EmptyLine(input, in options, ref scan, out end, out error);

            var name = NameLength(input[start..], options.AcceptInvalid, ref scan, out error);
            if (name < 0) return error.Reason == Http1ErrorReason.None ? ParseStatus.NeedMore : ParseStatus.Bad;

            var valueStart = start + name + 1;
            var status = FindLineEnd(input, valueStart, ref scan, out var valueEnd, out var next, out error);
            if (status != ParseStatus.Done) return status;
            var canonical = !scan.Folded && next - valueEnd == 2 && valueEnd - valueStart > 1 && input[valueStart] == ' ';
            var value = Trim(input, valueStart, valueEnd, ref canonical);

            scan.Position = scan.Searched = next;
            scan.Lines++;
            if (!Understand(input, head, ref scan, new Slice(start, name), value, canonical, out var problem))
            {
                error = new Http1Error(problem, value.Start, Http1State.HeaderDone);
                return ParseStatus.Bad;
            }

            if (scan.Lines > options.MaxHeaders)
            {
                error = new Http1Error(Http1ErrorReason.TooManyHeaders, next, Http1State.HeaderDone);
                return ParseStatus.Bad;
            }
        }
    }

    private static ParseStatus EmptyLine(ReadOnlySpan<byte> input, in Http1Options options, ref Http1ScanState scan, out int end, out Http1Error error)
    {
        var at = scan.Position;
        end = 0;
        error = default;
        if (input[at] == '\r')
        {
            if (++at == input.Length) return ParseStatus.NeedMore;
            if (input[at] != '\n')
            {
                error = new Http1Error(Http1ErrorReason.BadLineEnd, at, Http1State.LastLf);
                return ParseStatus.Bad;
            }
        }

        end = at + 1;
        if (scan.Lines < options.MaxHeaders) return ParseStatus.Done;
        error = new Http1Error(Http1ErrorReason.TooManyHeaders, end, Http1State.LastLf);
        return ParseStatus.Bad;
    }

    // Returns the length of the name, or -1 with or without an error.
    private static int NameLength(ReadOnlySpan<byte> line, bool relaxed, ref Http1ScanState scan, out Http1Error error)
    {
        error = default;
        var length = line.IndexOfAnyExcept(Http1Characters.Token);
        if (length < 0) return -1;
        if (line[length] == ':' && length > 0) return length;
        error = new Http1Error(Http1ErrorReason.BadHeaderName, scan.Position + length, Http1State.HeaderName);
        if (!relaxed || line[0] == ':') return -1;

        // Anything up to the colon passes, CR and blanks too, but not the end of the line.
        if (scan.Relaxed.Reason == Http1ErrorReason.None) scan.Relaxed = error;
        error = default;
        length = line.IndexOfAny((byte)':', (byte)'\n');
        if (length < 0 || line[length] == ':') return length;
        error = new Http1Error(Http1ErrorReason.BadHeaderName, scan.Position + length, Http1State.HeaderName);
        return -1;
    }

    // A line that begins with a blank continues the one before (RFC 9112 section 5.2), so the byte after LF has to be seen.
    private static ParseStatus FindLineEnd(
        ReadOnlySpan<byte> input, int valueStart, ref Http1ScanState scan, out int valueEnd, out int next, out Http1Error error)
    {
        error = default;
        valueEnd = next = 0;
        var from = Math.Max(valueStart, scan.Searched);
        while (true)
        {
            var found = from < input.Length ? input[from..].IndexOfAny((byte)'\r', (byte)'\n') : -1;
            if (found < 0)
            {
                scan.Searched = input.Length;
                return ParseStatus.NeedMore;
            }

            valueEnd = from + found;
            scan.Searched = valueEnd;
            var lf = valueEnd;
            if (input[lf] == '\r')
            {
                if (++lf == input.Length) return ParseStatus.NeedMore;
                if (input[lf] != '\n')
                {
                    error = new Http1Error(Http1ErrorReason.BadLineEnd, lf, Http1State.HeaderLineLf);
                    return ParseStatus.Bad;
                }
            }

            next = lf + 1;
            if (next == input.Length) return ParseStatus.NeedMore;
            if (input[next] is not ((byte)' ' or (byte)'\t')) return ParseStatus.Done;
            scan.Folded = true;
            from = next;
        }
    }

    private static Slice Trim(ReadOnlySpan<byte> input, int start, int end, ref bool canonical)
    {
        var first = start;
        while (first < end && IsBlank(input[first])) first++;
        if (first == end)
        {
            // An empty value lies right after the colon, or after the blanks that follow it.
            canonical = false;
            return new Slice(first, 0);
        }

        var last = end;
        while (IsBlank(input[last - 1])) last--;
        canonical &= first == start + 1 && last == end;
        return new Slice(first, last - first);
    }

    internal static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    // Returns false when the header contradicts itself or another one; `problem` says how.
    private static bool Understand(
        ReadOnlySpan<byte> input, HttpHead head, ref Http1ScanState scan, Slice name, Slice range, bool canonical, out Http1ErrorReason problem)
    {
        problem = Http1ErrorReason.None;
        var known = KnownHeaders.Of(input.Slice(name.Start, name.Length));
        var value = input.Slice(range.Start, range.Length);
        var isResponse = (scan.Flags & HttpFlags.Response) != 0;
        switch (scan.Plain ? KnownHeader.Other : known)
        {
            case KnownHeader.Host when !isResponse:
                if (scan.Host != 0)
                {
                    problem = Http1ErrorReason.HostMismatch;
                    scan.Lines--;
                    var first = head.Field(scan.Host - 1).Value;
                    return System.Text.Ascii.EqualsIgnoreCase(input.Slice(first.Start, first.Length), value);
                }

                scan.Host = head.FieldCount + 1;
                break;

            case KnownHeader.ContentLength:
                problem = Http1ErrorReason.BadContentLength;
                if (!Http1Values.TryReadLength(value, out var length, out var last)) return false;
                if (scan.Length != 0)
                {
                    scan.Lines--;
                    return length == scan.LengthValue;
                }

                if (last.Length != range.Length)
                {
                    range = new Slice(range.Start + last.Start, last.Length);
                    canonical = false;
                }

                scan.LengthValue = length;
                scan.Length = head.FieldCount + 1;
                scan.Flags |= HttpFlags.LengthSent;
                break;

            case KnownHeader.TransferEncoding:
                problem = Http1ErrorReason.BadTransferEncoding;
                if (!Http1Values.ReadTransferEncoding(value, isResponse, ref scan)) return false;
                break;

            case KnownHeader.Connection:
                scan.Flags |= Http1Values.ReadConnection(value);
                scan.HopByHop = true;
                break;

            case KnownHeader.Upgrade:
                scan.Flags = (scan.Flags & ~HttpFlags.UpgradeWebSocket) | HttpFlags.UpgradeHeader;
                if (Http1Values.HasToken(value, "websocket"u8)) scan.Flags |= HttpFlags.UpgradeWebSocket;
                break;

            case KnownHeader.SecWebSocketKey:
                scan.WebSocketKey = value.Length == 24;
                break;

            case KnownHeader.SecWebSocketAccept:
                scan.WebSocketAccept = true;
                break;

            case KnownHeader.Expect:
                if (Http1Values.HasToken(value, "100-continue"u8)) scan.Flags |= HttpFlags.ExpectContinue;
                break;
        }

        scan.Weight += name.Length + range.Length + Http1Options.LineWeight;
        head.AppendParsed(name, range, known, canonical);
        return true;
    }
}

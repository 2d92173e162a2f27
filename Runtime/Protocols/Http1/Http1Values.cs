using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Values that HTTP/1 framing and connection handling hang on. Line ends inside a value (folded lines) count as blanks.</summary>
internal static class Http1Values
{
    /// <summary>Reads <c>Content-Length</c>: a number, or a list of one and the same (RFC 9110 section 8.6), whose last member <c>last</c> is.</summary>
    /// <remarks>HAProxy 2.6.12 lets some values above 2^63 wrap around, a hole for request smuggling; here all of them are refused.</remarks>
    public static bool TryReadLength(ReadOnlySpan<byte> value, out long length, out Slice last)
    {
        length = -1;
        last = default;
        var at = 0;
        while (true)
        {
            while (at < value.Length && Http1HeaderLines.IsBlank(value[at])) at++;
            var start = at;
            long number = 0;
            while (at < value.Length && (uint)(value[at] - '0') <= 9)
            {
                var digit = value[at++] - '0';
                if (number > (long.MaxValue - digit) / 10) return false;
                number = (number * 10) + digit;
            }

            if (at == start || (length >= 0 && number != length)) return false;
            length = number;
            last = new Slice(start, at - start);
            while (at < value.Length && Http1HeaderLines.IsBlank(value[at])) at++;
            if (at == value.Length) return true;
            if (value[at++] != ',') return false;
        }
    }

    /// <summary>Reads one <c>Transfer-Encoding</c> line. False: <c>chunked</c> twice, or (in a request) not last.</summary>
    public static bool ReadTransferEncoding(ReadOnlySpan<byte> value, bool isResponse, ref Http1ScanState scan)
    {
        scan.TransferEncoding = true;
        var at = 0;
        while (at < value.Length)
        {
            var coding = NextToken(value, ref at);
            var token = value.Slice(coding.Start, coding.Length);
            var chunked = Ascii.EqualsIgnoreCase(token, "chunked"u8);
            if ((scan.Flags & HttpFlags.TransferChunked) != 0 && (chunked || !isResponse)) return false;
            scan.ChunkedLast = chunked;
            if (chunked) scan.Flags |= HttpFlags.TransferChunked;
            else scan.OtherCoding = true;
            while (at < value.Length && Http1HeaderLines.IsBlank(value[at])) at++;
        }

        return true;
    }

    /// <summary>The tokens of a <c>Connection</c> line that mean something to a proxy.</summary>
    public static HttpFlags ReadConnection(ReadOnlySpan<byte> value)
    {
        var flags = HttpFlags.None;
        var at = 0;
        while (at < value.Length)
        {
            var range = NextToken(value, ref at);
            flags |= ConnectionToken(value.Slice(range.Start, range.Length));
        }

        return flags;
    }

    private static HttpFlags ConnectionToken(ReadOnlySpan<byte> token) => token.Length switch
    {
        5 => Ascii.EqualsIgnoreCase(token, "close"u8) ? HttpFlags.ConnectionClose : HttpFlags.None,
        7 => Ascii.EqualsIgnoreCase(token, "upgrade"u8) ? HttpFlags.ConnectionUpgrade : HttpFlags.None,
        10 => Ascii.EqualsIgnoreCase(token, "keep-alive"u8) ? HttpFlags.ConnectionKeepAlive : HttpFlags.None,
        _ => HttpFlags.None,
    };

    /// <summary>
    /// Takes <c>close</c> and <c>keep-alive</c> out of a <c>Connection</c> value, in place, in the form HAProxy leaves behind: what stands before the first
    /// of them stays as it is, the values after it are joined by bare commas, empty values at the end vanish.
    /// </summary>
    /// <returns>The length that is left; 0: the header goes.</returns>
    public static int ReduceConnection(Span<byte> value)
    {
        var at = 0;
        var kept = 0;
        var used = 0;
        var rewriting = false;
        while (at < value.Length)
        {
            var range = NextToken(value, ref at);
            if ((ConnectionToken(value.Slice(range.Start, range.Length)) & (HttpFlags.ConnectionClose | HttpFlags.ConnectionKeepAlive)) != 0)
            {
                rewriting = true;
                continue;
            }

            if (!rewriting)
            {
                kept = at < value.Length || value[^1] == ',' ? at - 1 : at;
            }
            else
            {
                if (kept > 0) value[kept++] = (byte)',';
                value.Slice(range.Start, range.Length).CopyTo(value[kept..]);
                kept += range.Length;
            }

            if (range.Length > 0) used = kept;
        }

        return used;
    }

    /// <summary>The value holds that token, in any case, parameters not allowed.</summary>
    public static bool HasToken(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        var at = 0;
        while (at < value.Length)
        {
            var range = NextToken(value, ref at);
            if (range.Length == token.Length && Ascii.EqualsIgnoreCase(value.Slice(range.Start, range.Length), token)) return true;
        }

        return false;
    }

    /// <summary>The value holds that token, letter by letter.</summary>
    public static bool HasExactToken(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        var at = 0;
        while (at < value.Length)
        {
            var range = NextToken(value, ref at);
            if (value.Slice(range.Start, range.Length).SequenceEqual(token)) return true;
        }

        return false;
    }

    // The next comma-separated member, blanks around it left out; `at` moves past the comma.
    private static Slice NextToken(ReadOnlySpan<byte> value, ref int at)
    {
        var comma = value[at..].IndexOf((byte)',');
        var end = comma < 0 ? value.Length : at + comma;
        var start = at;
        at = comma < 0 ? end : end + 1;
        while (start < end && Http1HeaderLines.IsBlank(value[start])) start++;
        while (end > start && Http1HeaderLines.IsBlank(value[end - 1])) end--;
        return new Slice(start, end - start);
    }
}

using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Reads request heads as HAProxy 2.6 does (fixtures/wire/http1 is the table of what that means).</summary>
public static class Http1RequestReader
{
    /// <summary>Parses a request head from the start of the input.</summary>
    /// <param name="input">All bytes of the message so far, from its first byte on.</param>
    /// <param name="head">Takes the result; <see cref="HttpHead.Reset"/> it before the first call for a message, and leave it alone between calls.</param>
    /// <param name="options">Limits and relaxations.</param>
    /// <param name="scan">What was parsed already; <c>default</c> before the first call for a message.</param>
    /// <param name="consumed">On Done: length of the head, blank lines before it included. Otherwise 0.</param>
    /// <param name="error">On Bad: what is wrong. On Done: what an accept-invalid option let through, if anything (to be kept for <c>show errors</c>).</param>
    public static ParseStatus Parse(
        ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, out int consumed, out Http1Error error)
    {
        ArgumentNullException.ThrowIfNull(head);
        consumed = 0;
        if (!scan.InHeaders)
        {
            var start = StartLine(input, head, in options, ref scan, out error);
            if (start == ParseStatus.NeedMore) return Incomplete(input, in options, in scan, out error);
            if (start == ParseStatus.Bad) return start;
            scan.InHeaders = true;
        }

        var end = scan.Position;
        if ((scan.Flags & HttpFlags.Version09) == 0)
        {
            var lines = Http1HeaderLines.Parse(input, head, in options, ref scan, out end, out error);
            if (lines == ParseStatus.NeedMore) return Incomplete(input, in options, in scan, out error);
            if (lines == ParseStatus.Bad) return lines;
            if (scan.BadVersion.Reason != Http1ErrorReason.None)
            {
                error = scan.BadVersion;
                return ParseStatus.Bad;
            }
        }

        if (!Http1RequestRules.Complete(input, head, in options, ref scan, end, out error)) return ParseStatus.Bad;
        consumed = end;
        error = scan.Relaxed;
        return ParseStatus.Done;
    }

    /// <summary>Parses a head that has to be there whole (tests, captured requests).</summary>
    public static ParseStatus Parse(ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, out int consumed, out Http1Error error)
    {
        var scan = default(Http1ScanState);
        return Parse(input, head, in options, ref scan, out consumed, out error);
    }

    /// <summary>Looks for HTTP/2's connection preface (RFC 9113 section 3.4), which begins like a request.</summary>
    /// <returns>Done: it is there, whole. NeedMore: it may still become one. Bad: it is not one.</returns>
    public static ParseStatus MatchHttp2Preface(ReadOnlySpan<byte> input)
    {
        var preface = Http2Preface;
        if (input.Length >= preface.Length) return input.StartsWith(preface) ? ParseStatus.Done : ParseStatus.Bad;
        return preface.StartsWith(input) ? ParseStatus.NeedMore : ParseStatus.Bad;
    }

    /// <summary>HTTP/2's connection preface, 24 bytes.</summary>
    public static ReadOnlySpan<byte> Http2Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private static ParseStatus Incomplete(ReadOnlySpan<byte> input, in Http1Options options, in Http1ScanState scan, out Http1Error error)
    {
        error = default;
        if (input.Length < options.InputLimit) return ParseStatus.NeedMore;
        error = new Http1Error(Http1ErrorReason.TooLarge, options.InputLimit, scan.InHeaders ? Http1State.HeaderValue : Http1State.RequestUri);
        return ParseStatus.Bad;
    }

    private static ParseStatus StartLine(ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, out Http1Error error)
    {
        var status = SkipLineEnds(input, ref scan, Http1State.RequestBeforeCr, out error);
        if (status != ParseStatus.Done) return status;
        var at = scan.Position;

        var length = input[at..].IndexOfAnyExcept(Http1Characters.Token);
        if (length < 0) return ParseStatus.NeedMore;
        var method = new Slice(at, length);
        at += length;
        if (length == 0) return Fail(Http1ErrorReason.BadStart, at, Http1State.RequestBefore, out error);
        if (IsLineEnd(input[at])) return Fail(Http1ErrorReason.MissingVersion, at, Http1State.Data, out error);
        if (!IsSpace(input[at])) return Fail(Http1ErrorReason.BadMethod, at, Http1State.RequestMethod, out error);

        if (!SkipSpaces(input, ref at)) return ParseStatus.NeedMore;
        if (IsLineEnd(input[at])) return Fail(Http1ErrorReason.MissingVersion, at, Http1State.Data, out error);
        var uriStart = at;
        status = Uri(input, options.AcceptInvalid, ref at, ref scan, out error);
        if (status != ParseStatus.Done) return status;
        var uri = new Slice(uriStart, at - uriStart);

        if (!SkipSpaces(input, ref at)) return ParseStatus.NeedMore;
        var version = default(Slice);
        if (!IsLineEnd(input[at]))
        {
            length = input[at..].IndexOfAnyExcept(Http1Characters.Version);
            if (length < 0) return ParseStatus.NeedMore;
            version = new Slice(at, length);
            at += length;
            if (!IsLineEnd(input[at])) return Fail(Http1ErrorReason.BadVersion, at, Http1State.RequestVersion, out error);
        }

        var lineEnd = at;
        if (input[at] == '\r')
        {
            if (++at == input.Length) return ParseStatus.NeedMore;
            if (input[at] != '\n') return Fail(Http1ErrorReason.BadLineEnd, at, Http1State.RequestLineEnd, out error);
        }

        if (!Version(input, method, version, lineEnd, options.AcceptInvalid, ref scan, out error)) return ParseStatus.Bad;
        scan.Position = scan.Searched = at + 1;
        scan.Weight = method.Length + uri.Length + (version.IsEmpty ? 8 : version.Length);
        head.Method = method;
        head.KnownMethod = KnownMethods.Of(input.Slice(method.Start, method.Length));
        head.Uri = uri;
        head.Version = version;
        return ParseStatus.Done;
    }

    private static ParseStatus Uri(ReadOnlySpan<byte> input, bool relaxed, ref int at, ref Http1ScanState scan, out Http1Error error)
    {
        error = default;
        while (true)
        {
            var rest = input[at..];
            var length = rest.IndexOfAnyExcept(Http1Characters.Uri);
            if (length < 0)
            {
                return ParseStatus.NeedMore;
            }

            at += length;
            var c = input[at];
            if (IsSpace(c) || IsLineEnd(c)) return ParseStatus.Done;
            if (!relaxed || c < 0x20) return Fail(Http1ErrorReason.BadUri, at, Http1State.RequestUri, out error);
            if (scan.Relaxed.Reason == Http1ErrorReason.None) scan.Relaxed = new Http1Error(Http1ErrorReason.BadUri, at, Http1State.RequestUri);
            length = input[at..].IndexOfAnyExcept(Http1Characters.UriRelaxed);
            if (length < 0) return ParseStatus.NeedMore;
            at += length;
        }
    }

    private static bool Version(
        ReadOnlySpan<byte> input, Slice method, Slice version, int lineEnd, bool relaxed, ref Http1ScanState scan, out Http1Error error)
    {
        error = default;
        if (version.IsEmpty)
        {
            if (!relaxed || !input.Slice(method.Start, method.Length).SequenceEqual("GET"u8))
            {
                error = new Http1Error(Http1ErrorReason.MissingVersion, lineEnd, Http1State.Data);
                return false;
            }

            scan.Flags |= HttpFlags.Version09;
            return true;
        }

        var text = input.Slice(version.Start, version.Length);
        if (text.SequenceEqual("HTTP/1.1"u8))
        {
            scan.Flags |= HttpFlags.Version11;
            return true;
        }

        var wellFormed = text.Length == 8 && text.StartsWith("HTTP/"u8) && IsDigit(text[5]) && text[6] == '.' && IsDigit(text[7]);
        if (wellFormed)
        {
            if (text[5] > '1' || (text[5] == '1' && text[7] >= '1')) scan.Flags |= HttpFlags.Version11;
        }
        else if (!relaxed)
        {
            // Judged once the head is whole: until then the client is only late (case errors/built-in-408).
            scan.BadVersion = new Http1Error(Http1ErrorReason.BadVersion, version.Start, Http1State.Data);
        }

        return true;
    }

    internal static ParseStatus SkipLineEnds(ReadOnlySpan<byte> input, ref Http1ScanState scan, Http1State afterCr, out Http1Error error)
    {
        error = default;
        while (true)
        {
            var at = scan.Position;
            if (at == input.Length) return ParseStatus.NeedMore;
            if (!IsLineEnd(input[at])) return ParseStatus.Done;
            if (input[at] == '\r')
            {
                if (++at == input.Length) return ParseStatus.NeedMore;
                if (input[at] != '\n') return Fail(Http1ErrorReason.BadLineEnd, at, afterCr, out error);
            }

            scan.Position = scan.Searched = at + 1;
        }
    }

    internal static bool SkipSpaces(ReadOnlySpan<byte> input, ref int at)
    {
        while (at < input.Length && IsSpace(input[at])) at++;
        return at < input.Length;
    }

    internal static ParseStatus Fail(Http1ErrorReason reason, int offset, Http1State state, out Http1Error error)
    {
        error = new Http1Error(reason, offset, state);
        return ParseStatus.Bad;
    }

    internal static bool IsLineEnd(byte c) => c is (byte)'\r' or (byte)'\n';

    internal static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t';

    internal static bool IsDigit(byte c) => (uint)(c - '0') <= 9;
}

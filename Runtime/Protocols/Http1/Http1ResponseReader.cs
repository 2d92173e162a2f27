using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using static Dropin.Runtime.Protocols.Http1.Http1RequestReader;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Reads response heads as HAProxy 2.6 does (fixtures/wire/http1 is the table of what that means).</summary>
public static class Http1ResponseReader
{
    /// <summary>Parses a response head from the start of the input.</summary>
    /// <param name="input">All bytes of the message so far, from its first byte on.</param>
    /// <param name="head">Takes the result; <see cref="HttpHead.Reset"/> it before the first call for a message, and leave it alone between calls.</param>
    /// <param name="options">Limits, relaxations, and the request's method.</param>
    /// <param name="scan">What was parsed already; <c>default</c> before the first call for a message (and again after an interim answer).</param>
    /// <param name="consumed">On Done: length of the head, blank lines before it included. Otherwise 0.</param>
    /// <param name="error">On Bad: what is wrong. On Done: what an accept-invalid option let through, if anything (to be kept for <c>show errors</c>).</param>
    public static ParseStatus Parse(
        ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, out int consumed, out Http1Error error)
    {
        ArgumentNullException.ThrowIfNull(head);
        consumed = 0;
        if (!scan.InHeaders)
        {
            scan.Flags |= HttpFlags.Response;
            var start = StatusLine(input, head, in options, ref scan, out error);
            if (start == ParseStatus.NeedMore) return Incomplete(input, in options, in scan, out error);
            if (start == ParseStatus.Bad) return start;
            scan.InHeaders = true;
        }

        var lines = Http1HeaderLines.Parse(input, head, in options, ref scan, out var end, out error);
        if (lines == ParseStatus.NeedMore) return Incomplete(input, in options, in scan, out error);
        if (lines == ParseStatus.Bad) return lines;
        if (!Http1ResponseRules.Complete(input, head, in options, ref scan, end, out error)) return ParseStatus.Bad;
        consumed = end;
        error = scan.Relaxed;
        return ParseStatus.Done;
    }

    /// <summary>Parses a head that has to be there whole (tests, captured responses).</summary>
    public static ParseStatus Parse(ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, out int consumed, out Http1Error error)
    {
        var scan = default(Http1ScanState);
        return Parse(input, head, in options, ref scan, out consumed, out error);
    }

    private static ParseStatus Incomplete(ReadOnlySpan<byte> input, in Http1Options options, in Http1ScanState scan, out Http1Error error)
    {
        error = default;
        if (input.Length < options.InputLimit) return ParseStatus.NeedMore;
        error = new Http1Error(Http1ErrorReason.TooLarge, options.InputLimit, scan.InHeaders ? Http1State.HeaderValue : Http1State.ResponseLineEnd);
        return ParseStatus.Bad;
    }

    private static ParseStatus StatusLine(ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, out Http1Error error)
    {
        var status = SkipLineEnds(input, ref scan, Http1State.ResponseBeforeCr, out error);
        if (status != ParseStatus.Done) return status;
        var at = scan.Position;

        var length = input[at..].IndexOfAnyExcept(Http1Characters.Version);
        if (length < 0) return ParseStatus.NeedMore;
        var version = new Slice(at, length);
        at += length;
        if (length == 0) return Fail(Http1ErrorReason.BadStart, at, IsSpace(input[at]) ? Http1State.ResponseBefore : Http1State.ResponseVersion, out error);
        if (!IsSpace(input[at])) return Fail(Http1ErrorReason.BadVersion, at, Http1State.ResponseVersion, out error);
        if (!Version(input.Slice(version.Start, version.Length), options.AcceptInvalid, ref scan))
            return Fail(Http1ErrorReason.BadVersion, version.Start, Http1State.Data, out error);

        if (!SkipSpaces(input, ref at)) return ParseStatus.NeedMore;
        length = input[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0) return ParseStatus.NeedMore;
        var code = new Slice(at, length);
        at += length;
        if (length == 0) return Fail(Http1ErrorReason.BadStatus, at, IsLineEnd(input[at]) ? Http1State.ResponseVersionSpace : Http1State.ResponseCode, out error);
        if (!IsSpace(input[at]) && !IsLineEnd(input[at])) return Fail(Http1ErrorReason.BadStatus, at, Http1State.ResponseCode, out error);

        if (!SkipSpaces(input, ref at)) return ParseStatus.NeedMore;
        length = input[at..].IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0) return ParseStatus.NeedMore;
        var reason = new Slice(at, length);
        at += length;
        if (input[at] == '\r')
        {
            if (++at == input.Length) return ParseStatus.NeedMore;
            if (input[at] != '\n') return Fail(Http1ErrorReason.BadLineEnd, at, Http1State.ResponseLineEnd, out error);
        }

        scan.Position = scan.Searched = at + 1;
        scan.Weight = version.Length + code.Length + reason.Length;
        head.Version = version;
        head.StatusText = code;
        head.Status = Number(input.Slice(code.Start, code.Length));
        head.Reason = reason;
        return ParseStatus.Done;
    }

    // Unlike a request's, a response's protocol name is not looked at: RTSP/1.0 passes (as observed).
    private static bool Version(ReadOnlySpan<byte> text, bool relaxed, ref Http1ScanState scan)
    {
        if (text.Length != 8 || text[4] != '/' || !IsDigit(text[5]) || text[6] != '.' || !IsDigit(text[7])) return relaxed;
        if (text[5] > '1' || (text[5] == '1' && text[7] >= '1')) scan.Flags |= HttpFlags.Version11;
        return true;
    }

    // Servers may send any number of digits; the number saturates, the digits are passed on as they are.
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (number > 100_000_000) return number;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}

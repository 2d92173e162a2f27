using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>What a whole response head means: framing (RFC 9112 section 6.3) and what is dropped from it.</summary>
internal static class Http1ResponseRules
{
    public static bool Complete(
        ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, int end, out Http1Error error)
    {
        error = default;
        if (scan.OtherCoding)
        {
            var bodyless = head.Status is < 200 or 204 or 304 || options.RequestMethod == KnownMethod.Head;
            var state = bodyless ? Http1State.Done : scan.ChunkedLast ? Http1State.ChunkSize : Http1State.Data;
            return Http1RequestReader.Fail(Http1ErrorReason.UnsupportedTransferEncoding, end, state, out error) == ParseStatus.Done;
        }

        var upgrade = HttpFlags.ConnectionUpgrade | HttpFlags.UpgradeHeader | HttpFlags.UpgradeWebSocket;
        if (head.Status == 101 && (scan.Flags & upgrade) == upgrade && !scan.WebSocketAccept)
            return Http1RequestReader.Fail(Http1ErrorReason.BadWebSocket, end, Http1State.Done, out error) == ParseStatus.Done;
        if (scan.Weight > options.HeadBudget || end > head.Block.Length)
            return Http1RequestReader.Fail(Http1ErrorReason.TooLarge, end, Http1State.Data, out error) == ParseStatus.Done;

        head.CopyHead(input[..end]);
        head.Flags = scan.Flags;
        var chunked = (scan.Flags & HttpFlags.TransferChunked) != 0;
        var lengthSent = scan.Length != 0;
        if (chunked && lengthSent)
        {
            head.RemoveAt(scan.Length - 1);
            head.Flags |= HttpFlags.LengthDropped;
            lengthSent = false;
        }

        if (options.RequestMethod == KnownMethod.Connect && head.Status is >= 200 and < 300)
        {
            head.Framing = BodyFraming.Tunnel;
        }
        else if (head.Status < 200 || head.Status == 204)
        {
            head.Framing = head.Status == 101 ? BodyFraming.Tunnel : BodyFraming.None;
        }
        else if (head.Status == 304 || options.RequestMethod == KnownMethod.Head)
        {
            head.Framing = BodyFraming.None;
            if (lengthSent) head.ContentLength = scan.LengthValue;
        }
        else if (chunked)
        {
            head.Framing = BodyFraming.Chunked;
        }
        else if (lengthSent)
        {
            head.Framing = BodyFraming.Length;
            head.ContentLength = scan.LengthValue;
        }
        else
        {
            head.Framing = BodyFraming.UntilClose;
        }

        Http1Repairs.Apply(head, in scan);
        return true;
    }
}

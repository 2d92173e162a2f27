using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>What a whole request head means: authority, framing (RFC 9112 sections 3.2 and 6.3), and what is dropped from it.</summary>
internal static class Http1RequestRules
{
    public static bool Complete(
        ReadOnlySpan<byte> input, HttpHead head, in Http1Options options, ref Http1ScanState scan, int end, out Http1Error error)
    {
        // HTTP/2 has this method to itself, so that its preface never passes for a request (RFC 9113 section 3.4).
        if (head.Method.Length == 3 && input.Slice(head.Method.Start, 3).SequenceEqual("PRI"u8))
            return Fail(Http1ErrorReason.BadMethod, head.Method.Start, Http1State.RequestMethod, out error);

        error = default;
        var authority = default(Http1Authority);
        if (input[head.Uri.Start] != '/' || head.KnownMethod == KnownMethod.Connect)
        {
            authority = Http1Authority.Find(input, head.Uri, head.KnownMethod);
            if (!authority.Check(input, head, in scan, out var mismatch))
            {
                if (!options.AcceptInvalid)
                {
                    error = mismatch;
                    return false;
                }

                if (scan.Relaxed.Reason == Http1ErrorReason.None) scan.Relaxed = mismatch;
            }
        }

        var chunked = (scan.Flags & HttpFlags.TransferChunked) != 0;
        if (scan.TransferEncoding && !chunked) return Fail(Http1ErrorReason.BadTransferEncoding, end, Http1State.Data, out error);
        if (scan.OtherCoding) return Fail(Http1ErrorReason.UnsupportedTransferEncoding, end, Http1State.ChunkSize, out error);

        // The flags are those of the lines; version and method decide with them.
        var hasBody = chunked || (scan.Length != 0 && scan.LengthValue > 0);
        if (hasBody && !options.AcceptAnyPayload && (scan.Flags & HttpFlags.Version11) == 0 && head.KnownMethod is KnownMethod.Get or KnownMethod.Head or KnownMethod.Delete)
            return Fail(Http1ErrorReason.UnexpectedBody, end, chunked ? Http1State.ChunkSize : Http1State.Data, out error);

        var webSocket = HttpFlags.ConnectionUpgrade | HttpFlags.UpgradeHeader | HttpFlags.UpgradeWebSocket;
        if ((scan.Flags & webSocket) == webSocket && !scan.WebSocketKey) return Fail(Http1ErrorReason.BadWebSocket, end, Http1State.Done, out error);
        if (scan.Weight > options.HeadBudget || end > head.Block.Length) return Fail(Http1ErrorReason.TooLarge, end, Http1State.Data, out error);

        head.CopyHead(input[..end]);
        head.Flags = scan.Flags;
        Frame(head, in scan, chunked, hasBody);
        Http1Repairs.Apply(head, in scan);
        authority.Normalise(head, in scan);
        return true;
    }

    private static void Frame(HttpHead head, in Http1ScanState scan, bool chunked, bool hasBody)
    {
        if (chunked && scan.Length != 0)
        {
            head.RemoveAt(scan.Length - 1);
            head.Flags |= HttpFlags.LengthDropped;
        }

        if (head.KnownMethod == KnownMethod.Connect)
        {
            // What follows belongs to the tunnel, if there will be one.
            head.Remove(KnownHeader.ContentLength);
            head.Framing = BodyFraming.Tunnel;
            return;
        }

        if (chunked)
        {
            head.Framing = BodyFraming.Chunked;
        }
        else if (scan.Length != 0)
        {
            head.Framing = scan.LengthValue > 0 ? BodyFraming.Length : BodyFraming.None;
            head.ContentLength = scan.LengthValue;
        }

        // Until its body is through, a connection cannot change its protocol.
        if (hasBody && head.HasUpgrade)
        {
            head.Remove(KnownHeader.Upgrade);
            head.Flags &= ~(HttpFlags.UpgradeHeader | HttpFlags.UpgradeWebSocket);
        }
    }

    private static bool Fail(Http1ErrorReason reason, int offset, Http1State state, out Http1Error error)
    {
        error = new Http1Error(reason, offset, state);
        return false;
    }
}

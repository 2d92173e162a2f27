using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>How far a head is parsed, between two reads. Start with <c>default</c> for each message; each call then looks only at lines that were not
/// complete before, so that a head which comes byte by byte costs no more than one which comes whole.</summary>
public struct Http1ScanState
{
    /// <summary>Everything before this offset is parsed.</summary>
    internal int Position;

    /// <summary>Whether nothing was parsed yet: the head has to be reset first.</summary>
    public readonly bool IsUnused => Position == 0 && Searched == 0;

    /// <summary>No LF lies between <see cref="Position"/> and this offset.</summary>
    internal int Searched;

    /// <summary>Start line done: what follows are header lines.</summary>
    internal bool InHeaders;

    /// <summary>Weight so far, see <see cref="Http1Options.HeadBudget"/>.</summary>
    internal int Weight;

    /// <summary>Index of the <c>Host</c> header, plus 1.</summary>
    internal int Host;

    /// <summary>Index of the first <c>Content-Length</c> header, plus 1.</summary>
    internal int Length;

    /// <summary><c>Content-Length</c> as a number.</summary>
    internal long LengthValue;

    /// <summary>A <c>Transfer-Encoding</c> header came.</summary>
    internal bool TransferEncoding;

    /// <summary>It held something beside <c>chunked</c>.</summary>
    internal bool OtherCoding;

    /// <summary>The last coding named was <c>chunked</c>.</summary>
    internal bool ChunkedLast;

    /// <summary>Header lines seen, those left out (duplicates) included.</summary>
    internal int Lines;

    /// <summary>A <c>Sec-WebSocket-Key</c> of the right length came.</summary>
    internal bool WebSocketKey;

    /// <summary><c>Sec-WebSocket-Accept</c> came.</summary>
    internal bool WebSocketAccept;

    /// <summary>Lines are only split, not understood (trailers).</summary>
    internal bool Plain;

    /// <summary>Some value runs over several lines.</summary>
    internal bool Folded;

    /// <summary>A <c>Connection</c> header came; it has to be reduced once it is copied.</summary>
    internal bool HopByHop;

    /// <summary>The first invalid byte that was let through.</summary>
    public Http1Error Relaxed;

    /// <summary>Flags of the head gathered so far.</summary>
    internal HttpFlags Flags;

    /// <summary>A version that nobody knows, to be refused when the head is whole.</summary>
    internal Http1Error BadVersion;
}

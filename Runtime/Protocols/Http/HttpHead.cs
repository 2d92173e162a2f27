using Dropin.Runtime.Buffers;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>
/// The head of one message, request or response, in the neutral form that rules, logs and balance work on. HTTP/1 and HTTP/2 both end here.
/// Laws: one pooled block holds every byte of the head, at most a block long; all ranges point into it; edits only append to the block, and
/// replaced bytes are reclaimed by a compaction when it is full; a span handed out dies with the next edit. Names are lower case.
/// Reuse one object per stream: <see cref="Reset"/> before a message, <see cref="Release"/> as soon as nobody needs it.
/// </summary>
public sealed partial class HttpHead
{
    private byte[] _block = [];
    private BufferPool? _pool;
    private int _used;
    private HeaderField[] _fields = new HeaderField[InitialFields];
    private int _count;

    private const int InitialFields = 32;

    /// <summary>The block with all bytes of the head; empty until <see cref="Reset"/>.</summary>
    public byte[] Block => _block;

    /// <summary>Bytes of the block that are taken, garbage of edits included.</summary>
    public int Used => _used;

    /// <summary>The request's method as sent (case-sensitive).</summary>
    public Slice Method { get; internal set; }

    /// <summary>The method, recognised.</summary>
    public KnownMethod KnownMethod { get; internal set; }

    /// <summary>The request's target as sent: path, absolute URI, authority or <c>*</c>.</summary>
    public Slice Uri { get; internal set; }

    /// <summary>The version as read, e.g. <c>HTTP/1.1</c>; empty for HTTP/0.9 and for messages that did not come as text.</summary>
    public Slice Version { get; internal set; }

    /// <summary>The response's status as a number; up to 999 unless the server wrote more digits.</summary>
    public int Status { get; internal set; }

    /// <summary>The response's status as sent (its digits), which is what is written again.</summary>
    public Slice StatusText { get; internal set; }

    /// <summary>The response's reason phrase, possibly empty.</summary>
    public Slice Reason { get; internal set; }

    /// <summary>How the body of this message ends.</summary>
    public BodyFraming Framing { get; set; }

    /// <summary>Bytes of body when <see cref="Framing"/> is <see cref="BodyFraming.Length"/>; where there is none, what the header announced (HEAD, 304) or 0.</summary>
    public long ContentLength { get; set; }

    /// <summary>What the parser noticed.</summary>
    public HttpFlags Flags { get; set; }

    /// <summary>The message is a response.</summary>
    public bool IsResponse => (Flags & HttpFlags.Response) != 0;

    /// <summary>HTTP/1.1 or above.</summary>
    public bool IsVersion11 => (Flags & HttpFlags.Version11) != 0;

    /// <summary>1 for HTTP/1.1 and above, 0 for what is older or unknown.</summary>
    public int ProtocolMinor => IsVersion11 ? 1 : 0;

    /// <summary>The peer is willing to keep the connection after this message: its version and its <c>Connection</c> tokens say so, and the end of
    /// the message can be seen (RFC 9112 section 9.3). <c>close</c> wins over <c>keep-alive</c>; chunks in HTTP/1.0 are never trusted that far.</summary>
    public bool KeepAlive =>
        (Flags & (HttpFlags.ConnectionClose | HttpFlags.LengthDropped | HttpFlags.Version09)) == 0
        && (Flags & (HttpFlags.Version11 | HttpFlags.ConnectionKeepAlive)) != 0
        && (Flags & (HttpFlags.Version11 | HttpFlags.TransferChunked)) != HttpFlags.TransferChunked
        && Framing != BodyFraming.UntilClose && Framing != BodyFraming.Tunnel;

    /// <summary>A change of protocol is asked or granted: <c>Connection: upgrade</c> and an <c>Upgrade</c> header.</summary>
    public bool HasUpgrade => (Flags & (HttpFlags.ConnectionUpgrade | HttpFlags.UpgradeHeader)) == (HttpFlags.ConnectionUpgrade | HttpFlags.UpgradeHeader);

    /// <summary>The client waits for a 100 before it sends the body.</summary>
    public bool ExpectContinue => (Flags & HttpFlags.ExpectContinue) != 0;

    /// <summary>The response switches protocols (101). One without <see cref="HasUpgrade"/>, or which nobody asked for, is an error of the server.</summary>
    public bool IsSwitchingProtocols => IsResponse && Status == 101;

    /// <summary>An interim answer: status 100 to 199 and not 101. Another head follows.</summary>
    public bool IsInterim => IsResponse && Status is >= 100 and < 200 and not 101;

    /// <summary>The bytes of a range of this head.</summary>
    public ReadOnlySpan<byte> Span(Slice slice) => new(_block, slice.Start, slice.Length);

    /// <summary>Prepares for a new message: takes a block from the pool unless it holds one already, and forgets everything else.</summary>
    public void Reset(BufferPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (_pool is not null && !ReferenceEquals(_pool, pool)) Release();
        if (_pool is null)
        {
            _pool = pool;
            _block = pool.Rent();
        }

        Clear();
    }

    /// <summary>Gives the block back. Safe to call twice.</summary>
    public void Release()
    {
        if (_pool is null) return;
        _pool.Return(_block);
        _pool = null;
        _block = [];
        Clear();
    }

    private void Clear()
    {
        _used = 0;
        _count = 0;
        Method = Uri = Version = StatusText = Reason = default;
        KnownMethod = KnownMethod.Other;
        Status = 0;
        Framing = BodyFraming.None;
        ContentLength = 0;
        Flags = HttpFlags.None;
    }
}

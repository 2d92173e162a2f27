namespace Dropin.Runtime.Protocols.Http;

/// <summary>What the parser learned about a message beyond its fields.</summary>
[Flags]
public enum HttpFlags
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The message is a response.</summary>
    Response = 1 << 0,

    /// <summary>Version 1.1 or above; it is written as <c>HTTP/1.1</c> whatever the peer announced (1.2, 2.0 ...).</summary>
    Version11 = 1 << 1,

    /// <summary>A <c>Connection</c> header held <c>close</c>.</summary>
    ConnectionClose = 1 << 2,

    /// <summary>A <c>Connection</c> header held <c>keep-alive</c>.</summary>
    ConnectionKeepAlive = 1 << 3,

    /// <summary>A <c>Connection</c> header held <c>upgrade</c>.</summary>
    ConnectionUpgrade = 1 << 4,

    /// <summary>There is an <c>Upgrade</c> header.</summary>
    UpgradeHeader = 1 << 5,

    /// <summary>The <c>Upgrade</c> header holds <c>websocket</c>.</summary>
    UpgradeWebSocket = 1 << 6,

    /// <summary>The request asks for an interim answer: <c>Expect: 100-continue</c>.</summary>
    ExpectContinue = 1 << 7,

    /// <summary>A <c>Content-Length</c> was sent together with <c>Transfer-Encoding</c> (and dropped): the connection must not be reused (RFC 9112 section 6.1).</summary>
    LengthDropped = 1 << 8,

    /// <summary>The request had no version (HTTP/0.9): no header came, and the client is answered until close.</summary>
    Version09 = 1 << 9,

    /// <summary>The URI has an authority part that an absolute-form request or CONNECT carries.</summary>
    HasAuthority = 1 << 10,

    /// <summary>The message body was sent chunked (also set where the body is absent, as in an answer to HEAD).</summary>
    TransferChunked = 1 << 11,

    /// <summary>A <c>Content-Length</c> was sent (also set where the body is absent).</summary>
    LengthSent = 1 << 12,

    /// <summary>Something invalid was let through by an accept-invalid option: keep it for <c>show errors</c>.</summary>
    Relaxed = 1 << 13,
}

namespace Dropin.Runtime.Protocols.Http;

/// <summary>How the end of a message body is known (RFC 9112 section 6.3).</summary>
public enum BodyFraming : byte
{
    /// <summary>There is no body: the message ends with its head.</summary>
    None,

    /// <summary><see cref="HttpHead.ContentLength"/> bytes follow.</summary>
    Length,

    /// <summary>The body comes in chunks and may end with trailers.</summary>
    Chunked,

    /// <summary>The body of a response lasts until the server closes.</summary>
    UntilClose,

    /// <summary>After this head the connection is a pipe in both directions (CONNECT answered with 2xx, or 101). In a CONNECT request: if the answer is 2xx.</summary>
    Tunnel,
}

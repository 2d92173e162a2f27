namespace Dropin.Runtime.Protocols.Http1;

/// <summary>What is wrong with a message. The status that answers it is <see cref="Http1Error.Status"/>.</summary>
public enum Http1ErrorReason : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The first byte cannot begin a start line.</summary>
    BadStart,

    /// <summary>A byte that no method has.</summary>
    BadMethod,

    /// <summary>A control byte in the target, or one of <c>#</c> and above 126 without accept-invalid-http-request.</summary>
    BadUri,

    /// <summary>A byte that no version has, or a version that is not <c>HTTP/digit.digit</c>.</summary>
    BadVersion,

    /// <summary>No version at all, and HTTP/0.9 is not accepted here.</summary>
    MissingVersion,

    /// <summary>The status is not a number.</summary>
    BadStatus,

    /// <summary>CR without LF.</summary>
    BadLineEnd,

    /// <summary>A byte that no header name has, a name without colon, or an empty one.</summary>
    BadHeaderName,

    /// <summary><c>Content-Length</c> is no number, too large, or contradicts itself.</summary>
    BadContentLength,

    /// <summary><c>Transfer-Encoding</c> does not end with <c>chunked</c>, or has it twice.</summary>
    BadTransferEncoding,

    /// <summary>A request is coded with something beside <c>chunked</c> (answered with 422).</summary>
    UnsupportedTransferEncoding,

    /// <summary>Several <c>Host</c> headers, or one that differs from the authority of the target.</summary>
    HostMismatch,

    /// <summary>CONNECT without <c>host:port</c>.</summary>
    BadAuthority,

    /// <summary>More header lines than <c>tune.http.maxhdr</c>.</summary>
    TooManyHeaders,

    /// <summary>The head does not fit in <c>tune.bufsize</c> less <c>tune.maxrewrite</c>.</summary>
    TooLarge,

    /// <summary>An old GET, HEAD or DELETE with a body, whose end an old server may not see (answered with 413).</summary>
    UnexpectedBody,

    /// <summary>A WebSocket handshake without its key, or the answer without its accept.</summary>
    BadWebSocket,

    /// <summary>A chunk size that is no hexadecimal number or is too large.</summary>
    BadChunkSize,

    /// <summary>A chunk that does not end where its size said.</summary>
    BadChunkEnd,

    /// <summary>A trailer line without name.</summary>
    BadTrailer,
}

/// <summary>Where the parser stood. Names and numbers are those that operators know from <c>show errors</c>.</summary>
public enum Http1State : byte
{
    /// <summary>Before the request line.</summary>
    RequestBefore = 0,

    /// <summary>After a CR before the request line.</summary>
    RequestBeforeCr = 1,

    /// <summary>In the method.</summary>
    RequestMethod = 2,

    /// <summary>In the target.</summary>
    RequestUri = 4,

    /// <summary>In the request's version.</summary>
    RequestVersion = 6,

    /// <summary>At the end of the request line.</summary>
    RequestLineEnd = 7,

    /// <summary>Before the status line.</summary>
    ResponseBefore = 8,

    /// <summary>After a CR before the status line.</summary>
    ResponseBeforeCr = 9,

    /// <summary>In the response's version.</summary>
    ResponseVersion = 10,

    /// <summary>Between version and status.</summary>
    ResponseVersionSpace = 11,

    /// <summary>In the status.</summary>
    ResponseCode = 12,

    /// <summary>At the end of the status line.</summary>
    ResponseLineEnd = 15,

    /// <summary>In a header name.</summary>
    HeaderName = 17,

    /// <summary>In a header value.</summary>
    HeaderValue = 22,

    /// <summary>After the CR of a header line.</summary>
    HeaderLineLf = 23,

    /// <summary>After a header line, when its meaning is taken.</summary>
    HeaderDone = 24,

    /// <summary>After the CR of the empty line, or when the whole head is judged.</summary>
    LastLf = 25,

    /// <summary>In a chunk size.</summary>
    ChunkSize = 26,

    /// <summary>In data.</summary>
    Data = 27,

    /// <summary>After a chunk's data.</summary>
    ChunkCrLf = 28,

    /// <summary>In the trailers.</summary>
    Trailers = 29,

    /// <summary>At the end of the message.</summary>
    Done = 30,
}

/// <summary>A peer's mistake: a value, never an exception.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Offset">Offset of the offending byte in the input (<c>show errors</c> prints it as the error position).</param>
/// <param name="State">Where the parser stood.</param>
public readonly record struct Http1Error(Http1ErrorReason Reason, int Offset, Http1State State)
{
    /// <summary>The status with which a bad request is answered; bad responses become 502 whatever the reason.</summary>
    public int Status => Reason switch
    {
        Http1ErrorReason.UnexpectedBody => 413,
        Http1ErrorReason.UnsupportedTransferEncoding => 422,
        _ => 400,
    };

    /// <summary>The state's name as <c>show errors</c> prints it.</summary>
    public string StateName => State switch
    {
        Http1State.RequestBefore => "MSG_RQBEFORE",
        Http1State.RequestBeforeCr => "MSG_RQBEFORE_CR",
        Http1State.RequestMethod => "MSG_RQMETH",
        Http1State.RequestUri => "MSG_RQURI",
        Http1State.RequestVersion => "MSG_RQVER",
        Http1State.RequestLineEnd => "MSG_RQLINE_END",
        Http1State.ResponseBefore => "MSG_RPBEFORE",
        Http1State.ResponseBeforeCr => "MSG_RPBEFORE_CR",
        Http1State.ResponseVersion => "MSG_RPVER",
        Http1State.ResponseVersionSpace => "MSG_RPVER_SP",
        Http1State.ResponseCode => "MSG_RPCODE",
        Http1State.ResponseLineEnd => "MSG_RPLINE_END",
        Http1State.HeaderName => "MSG_HDR_NAME",
        Http1State.HeaderValue => "MSG_HDR_VAL",
        Http1State.HeaderLineLf => "MSG_HDR_L2_LF",
        Http1State.HeaderDone => "MSG_HDR_L2_LWS",
        Http1State.LastLf => "MSG_LAST_LF",
        Http1State.ChunkSize => "MSG_CHUNK_SIZE",
        Http1State.ChunkCrLf => "MSG_CHUNK_CRLF",
        Http1State.Trailers => "MSG_TRAILERS",
        Http1State.Done => "MSG_DONE",
        _ => "MSG_DATA",
    };
}

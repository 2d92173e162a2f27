namespace Dropin.Runtime.Protocols.Http;

/// <summary>Header names the engine asks for often: recognised once while parsing, compared as a number afterwards.</summary>
public enum KnownHeader : byte
{
    /// <summary>Any other name.</summary>
    Other,

    /// <summary><c>Host</c>.</summary>
    Host,

    /// <summary><c>Connection</c>.</summary>
    Connection,

    /// <summary><c>Content-Length</c>.</summary>
    ContentLength,

    /// <summary><c>Transfer-Encoding</c>.</summary>
    TransferEncoding,

    /// <summary><c>Cookie</c>.</summary>
    Cookie,

    /// <summary><c>Set-Cookie</c>.</summary>
    SetCookie,

    /// <summary><c>Expect</c>.</summary>
    Expect,

    /// <summary><c>Upgrade</c>.</summary>
    Upgrade,

    /// <summary><c>Keep-Alive</c>.</summary>
    KeepAlive,

    /// <summary><c>Proxy-Connection</c>.</summary>
    ProxyConnection,

    /// <summary><c>TE</c>.</summary>
    Te,

    /// <summary><c>Trailer</c>.</summary>
    Trailer,

    /// <summary><c>Date</c>.</summary>
    Date,

    /// <summary><c>Accept</c>.</summary>
    Accept,

    /// <summary><c>Accept-Encoding</c>.</summary>
    AcceptEncoding,

    /// <summary><c>Accept-Language</c>.</summary>
    AcceptLanguage,

    /// <summary><c>Authorization</c>.</summary>
    Authorization,

    /// <summary><c>Proxy-Authorization</c>.</summary>
    ProxyAuthorization,

    /// <summary><c>Cache-Control</c>.</summary>
    CacheControl,

    /// <summary><c>Pragma</c>.</summary>
    Pragma,

    /// <summary><c>Content-Type</c>.</summary>
    ContentType,

    /// <summary><c>Content-Encoding</c>.</summary>
    ContentEncoding,

    /// <summary><c>ETag</c>.</summary>
    ETag,

    /// <summary><c>Last-Modified</c>.</summary>
    LastModified,

    /// <summary><c>Expires</c>.</summary>
    Expires,

    /// <summary><c>Age</c>.</summary>
    Age,

    /// <summary><c>Vary</c>.</summary>
    Vary,

    /// <summary><c>Location</c>.</summary>
    Location,

    /// <summary><c>Server</c>.</summary>
    Server,

    /// <summary><c>Via</c>.</summary>
    Via,

    /// <summary><c>Referer</c>.</summary>
    Referer,

    /// <summary><c>User-Agent</c>.</summary>
    UserAgent,

    /// <summary><c>Origin</c>.</summary>
    Origin,

    /// <summary><c>Range</c>.</summary>
    Range,

    /// <summary><c>If-Modified-Since</c>.</summary>
    IfModifiedSince,

    /// <summary><c>If-None-Match</c>.</summary>
    IfNoneMatch,

    /// <summary><c>X-Forwarded-For</c>.</summary>
    XForwardedFor,

    /// <summary><c>X-Forwarded-Proto</c>.</summary>
    XForwardedProto,

    /// <summary><c>X-Real-IP</c>.</summary>
    XRealIp,

    /// <summary><c>Forwarded</c>.</summary>
    Forwarded,

    /// <summary><c>WWW-Authenticate</c>.</summary>
    WwwAuthenticate,

    /// <summary><c>Strict-Transport-Security</c>.</summary>
    StrictTransportSecurity,

    /// <summary><c>Set-Cookie2</c>.</summary>
    SetCookie2,

    /// <summary><c>Sec-WebSocket-Key</c>.</summary>
    SecWebSocketKey,

    /// <summary><c>Sec-WebSocket-Accept</c>.</summary>
    SecWebSocketAccept,

    /// <summary><c>Sec-WebSocket-Version</c>.</summary>
    SecWebSocketVersion,

    /// <summary><c>HTTP2-Settings</c>.</summary>
    Http2Settings,

    /// <summary><c>Early-Data</c>.</summary>
    EarlyData,
}

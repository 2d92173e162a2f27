using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Limits and relaxations of the HTTP/1 parsers, fixed at start from the configuration.</summary>
public readonly record struct Http1Options
{
    /// <summary>HAProxy's defaults: 16 kB buffers, 1 kB reserve, 101 headers, strict.</summary>
    public Http1Options()
    {
    }

    /// <summary><c>tune.bufsize</c>, bytes.</summary>
    public int BufferSize { get; init; } = 16384;

    /// <summary><c>tune.maxrewrite</c>, bytes kept free for header edits.</summary>
    public int MaxRewrite { get; init; } = 1024;

    /// <summary><c>tune.http.maxhdr</c>: header lines and the empty line that ends them.</summary>
    public int MaxHeaders { get; init; } = 101;

    /// <summary><c>option accept-invalid-http-request</c> or <c>-response</c>, whichever side this parser is on.</summary>
    public bool AcceptInvalid { get; init; }

    /// <summary>A GET, HEAD or DELETE of HTTP/1.0 may carry a body (<c>h1-accept-payload-with-any-method</c>).</summary>
    public bool AcceptAnyPayload { get; init; }

    /// <summary>For responses: the method of the request this answers (HEAD and CONNECT decide the framing).</summary>
    public KnownMethod RequestMethod { get; init; }

    /// <summary>How much a head may weigh: method, target, version (or version, status, reason), names and values, and
    /// <see cref="LineWeight"/> for each header. Found by trial on HAProxy 2.6.12, whose own representation needs the rest.</summary>
    internal int HeadBudget => BufferSize - MaxRewrite - 85;

    /// <summary>See <see cref="HeadBudget"/>.</summary>
    internal const int LineWeight = 8;

    /// <summary>A head that has no end after so many bytes is refused (the size of HAProxy's input buffer).</summary>
    internal int InputLimit => BufferSize - 64;
}

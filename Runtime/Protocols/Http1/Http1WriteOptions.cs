namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Which <c>Connection</c> token a written head ends with.</summary>
public enum ConnectionHeader : byte
{
    /// <summary>None: the version says it all.</summary>
    None,

    /// <summary><c>connection: close</c>.</summary>
    Close,

    /// <summary><c>connection: keep-alive</c>.</summary>
    KeepAlive,
}

/// <summary>How a head is written.</summary>
public readonly record struct Http1WriteOptions
{
    /// <summary>The <c>Connection</c> header to append; <see cref="Http1Connection"/> has the rules.</summary>
    public ConnectionHeader Connection { get; init; }

    /// <summary>Append <c>transfer-encoding: chunked</c>: the body had another framing (or none, as in HTTP/2) and is now sent in chunks.</summary>
    public bool AddChunked { get; init; }

    /// <summary>Spellings for peers that insist on them (<c>h1-case-adjust</c>), or null.</summary>
    public CaseAdjustMap? CaseAdjust { get; init; }
}

namespace Dropin.Compat.Halog.Lines;

/// <summary>
/// One line of a log, without its line feed and cut at its first byte 0, and where the log's own fields begin in it. What the original's reader sees
/// behind the end of a line is a byte 0, so <see cref="At"/> gives one.
/// </summary>
internal readonly ref struct LogLine(ReadOnlySpan<byte> text, int source, int accept)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Where the client's address and port begin.</summary>
    public int Source { get; } = source;

    /// <summary>Where the accept date begins, with its bracket.</summary>
    public int Accept { get; } = accept;

    /// <summary>The byte at a place, 0 behind the end.</summary>
    public byte At(int place) => (uint)place < (uint)Text.Length ? Text[place] : (byte)0;

    /// <summary>Where a field begins, or -1 when the line ends before it.</summary>
    public int Field(LogField field) => Fields.Find(Text, Accept, field - LogField.Accept);
}

/// <summary>The fields of httplog, and up to the times those of tcplog, in their order.</summary>
internal enum LogField
{
    /// <summary>The client's address and port.</summary>
    Source,

    /// <summary>When it was accepted, in brackets.</summary>
    Accept,

    /// <summary>The frontend.</summary>
    Frontend,

    /// <summary>Backend and server.</summary>
    Server,

    /// <summary>The five durations in milliseconds: request, queue, connection, response, all.</summary>
    Times,

    /// <summary>The status.</summary>
    Status,

    /// <summary>Bytes to the client.</summary>
    Bytes,

    /// <summary>The captured cookie of the request.</summary>
    RequestCookie,

    /// <summary>The captured cookie of the response.</summary>
    ResponseCookie,

    /// <summary>The state in which the session ended: two letters and two letters about cookies.</summary>
    Termination,

    /// <summary>Connections at that time.</summary>
    Connections,

    /// <summary>How many were before it in the server's and the backend's queue.</summary>
    Queues,

    /// <summary>Captured headers in braces, then the request in quotes.</summary>
    Captures,
}

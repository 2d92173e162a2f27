namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Moments before the end at which a line can be complete.</summary>
[Flags]
public enum LogMoments
{
    /// <summary>At the end only.</summary>
    None = 0,

    /// <summary>When the request's head was read, or the TCP connection accepted.</summary>
    Request = 1,

    /// <summary>When the response's head was read, or the connection to the server stands.</summary>
    Response = 2,
}

/// <summary>Writes the log line of a stream that ended.</summary>
public abstract class StreamLogger
{
    /// <summary>When lines are written beside the end of a stream.</summary>
    public LogMoments Moments { get; protected init; }

    /// <summary>Writes the line, or nothing where the configuration asks for silence. Called on the stream's thread.</summary>
    public abstract void Write(Stream stream);

    /// <summary>Writes why a connection was closed before any stream came of it.</summary>
    public abstract void WriteRefusal(Stream stream, ReadOnlySpan<byte> reason);
}

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Writes the log line of a stream that ended.</summary>
public abstract class StreamLogger
{
    /// <summary>Writes the line, or nothing where the configuration asks for silence. Called on the stream's thread.</summary>
    public abstract void Write(Stream stream);

    /// <summary>Writes why a connection was closed before any stream came of it.</summary>
    public abstract void WriteRefusal(Stream stream, ReadOnlySpan<byte> reason);
}

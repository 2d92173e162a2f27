using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Reads a trailer section (RFC 9112 section 7.1.2) as <see cref="ChunkReader"/> delimits it. Names obey the same
/// rules as those of headers, but no trailer means anything.</summary>
/// <remarks>HAProxy 2.6.12 lets invalid names pass here or not depending on what it served before; a fresh one refuses them, and so do we.</remarks>
public static class Http1TrailerReader
{
    /// <summary>Parses a whole section into a head of its own (no start line).</summary>
    /// <param name="section">The lines, the empty one included.</param>
    /// <param name="trailers">Takes the fields; must be <see cref="HttpHead.Reset"/>.</param>
    /// <param name="options">For the number of lines and for accept-invalid.</param>
    /// <param name="error">What is wrong; its offset is that of the section (HAProxy's is that of the last chunk's size).</param>
    public static bool Parse(ReadOnlySpan<byte> section, HttpHead trailers, in Http1Options options, out Http1Error error)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        error = default;
        var scan = default(Http1ScanState);
        scan.Plain = true;
        var status = Http1HeaderLines.Parse(section, trailers, in options, ref scan, out var end, out _);
        if (status != ParseStatus.Done || end > trailers.Block.Length)
        {
            error = new Http1Error(Http1ErrorReason.BadTrailer, 0, Http1State.Trailers);
            return false;
        }

        trailers.CopyHead(section[..end]);
        Http1Repairs.Apply(trailers, in scan);
        return true;
    }
}

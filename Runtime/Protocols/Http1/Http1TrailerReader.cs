using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Reads a trailer section (RFC 9112 section 7.1.2) as <see cref="ChunkReader"/> delimits it. HAProxy 2.6 is easier here than with headers:
/// any name passes that is not empty, and no trailer means anything.</summary>
public static class Http1TrailerReader
{
    /// <summary>Parses a whole section into a head of its own (no start line).</summary>
    /// <param name="section">The lines, the empty one included.</param>
    /// <param name="trailers">Takes the fields; must be <see cref="HttpHead.Reset"/>.</param>
    /// <param name="options">For the number of lines.</param>
    /// <param name="error">What is wrong; its offset is that of the section, as HAProxy reports it.</param>
    public static bool Parse(ReadOnlySpan<byte> section, HttpHead trailers, in Http1Options options, out Http1Error error)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        error = default;
        var relaxed = options with { AcceptInvalid = true };
        var scan = default(Http1ScanState);
        scan.Plain = true;
        var status = Http1HeaderLines.Parse(section, trailers, in relaxed, ref scan, out var end, out _);
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

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Something inside the load balancer that answers requests in place of a server: the statistics page.</summary>
public abstract class StreamService
{
    /// <summary>The name that stands for the server in logs, e.g. <c>&lt;STATS&gt;</c>.</summary>
    public abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether it takes this request. Called once the section's http-request rules have passed.</summary>
    public abstract bool Wants(HttpStream stream);

    /// <summary>Whether its own rules refuse the request; then the connection ends with that answer, a whole HTTP/1.1 message. It may allocate.</summary>
    public abstract bool Refuses(HttpStream stream, out ReadOnlyMemory<byte> answer);

    /// <summary>Whether it needs the request's body before it answers.</summary>
    public abstract bool NeedsBody(HttpStream stream);

    /// <summary>Makes the answer: a whole HTTP/1.1 message, head and body. It may allocate.</summary>
    public abstract ReadOnlyMemory<byte> Answer(HttpStream stream, ReadOnlySpan<byte> body);
}

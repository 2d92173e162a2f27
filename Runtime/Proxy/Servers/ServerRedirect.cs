using System.Buffers;
using System.Text;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The answer that sends a client to a server's own address (configuration manual 5.2, <c>redir</c>): no connection is made to the server.</summary>
/// <remarks>The client's connection is closed after it, no cookie is set, the termination state is LC.</remarks>
public static class ServerRedirect
{
    /// <summary>Whether a request for a server is answered so.</summary>
    public static bool IsWanted(ServerState server, KnownMethod method) =>
        server.Config.RedirectPrefix is not null && (method is KnownMethod.Get or KnownMethod.Head);

    /// <summary>Makes the head of the answer: the prefix with the request's path and query behind it.</summary>
    /// <returns>False where it finds no room.</returns>
    public static bool Write(ServerState server, HttpHead request, HttpHead response)
    {
        // The prefix "/" stands for none: the client comes back to the same host.
        var prefix = server.Config.RedirectPrefix is { } written && written != "/" ? written : "";
        var path = PathOf(request.Span(request.Uri));
        var size = prefix.Length + path.Length;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var length = Encoding.Latin1.GetBytes(prefix, rented);
        path.CopyTo(rented.AsSpan(length));
        var done = response.StartResponse(302, "Found"u8)
            && response.Add(KnownHeader.CacheControl, "no-cache"u8)
            && response.Add(KnownHeader.ContentLength, "0"u8)
            && response.Add(KnownHeader.Location, rented.AsSpan(0, size));
        response.Framing = BodyFraming.Length;
        ArrayPool<byte>.Shared.Return(rented);
        return done;
    }

    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> uri)
    {
        var scheme = uri.Length > 0 && uri[0] != '/' ? uri.IndexOf("://"u8) : -1;
        if (scheme < 0)
        {
            return uri;
        }

        var rest = uri[(scheme + 3)..];
        var slash = rest.IndexOf((byte)'/');
        return slash < 0 ? "/"u8 : rest[slash..];
    }
}

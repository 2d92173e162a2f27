using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The cookie that the log wants to remember (<c>capture cookie</c>).</summary>
public sealed partial class HttpStream
{
    private byte[] _requestCookie = [];
    private byte[] _responseCookie = [];
    private int _requestCookieLength;
    private int _responseCookieLength;

    /// <summary>The captured cookie of the request, "name=value".</summary>
    public ReadOnlySpan<byte> CapturedRequestCookie => _requestCookie.AsSpan(0, _requestCookieLength);

    /// <summary>The captured cookie of the response, "name=value".</summary>
    public ReadOnlySpan<byte> CapturedResponseCookie => _responseCookie.AsSpan(0, _responseCookieLength);

    private void CaptureCookie(HttpHead head, KnownHeader header, ref byte[] into, out int length)
    {
        length = 0;
        var frontend = Frontend.Frontend!;
        if (frontend.Config.CookieCapture is not { } capture)
        {
            return;
        }

        var cursor = 0;
        for (var index = head.Find(header, ref cursor); index >= 0; index = head.Find(header, ref cursor))
        {
            var line = head.ValueOf(index);
            while (!line.IsEmpty)
            {
                var end = line.IndexOf((byte)';');
                var pair = (end < 0 ? line : line[..end]).Trim((byte)' ');
                var equals = pair.IndexOf((byte)'=');
                if (equals > 0 && pair.StartsWith(frontend.CookieCaptureName))
                {
                    if (into.Length < capture.Length)
                    {
                        into = new byte[capture.Length];
                    }

                    length = Math.Min(pair.Length, capture.Length);
                    pair[..length].CopyTo(into);
                    return;
                }

                // A Set-Cookie line carries one cookie and its attributes.
                line = end < 0 || header == KnownHeader.SetCookie ? default : line[(end + 1)..];
            }
        }
    }
}

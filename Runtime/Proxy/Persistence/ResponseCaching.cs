using System.Text;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>Whether a cache between us and the client may keep a response, and a cookie in it.</summary>
/// <param name="IsCacheable">The response may be kept.</param>
/// <param name="IsCookieCacheable">A cookie in it may be kept too: it is not excepted by <c>no-cache="set-cookie"</c>.</param>
/// <remarks>
/// A response counts as cacheable by method and status (configuration manual, <c>option checkcache</c>) or by <c>public</c>, as long as it says how long it
/// lives or how it can be checked again. The values of Cache-Control work one after the other, the last word wins. Tried on the original.
/// </remarks>
public readonly record struct ResponseCaching(bool IsCacheable, bool IsCookieCacheable)
{
    /// <summary>What a response says.</summary>
    public static ResponseCaching Of(KnownMethod method, HttpHead response)
    {
        var cacheable = method is KnownMethod.Get or KnownMethod.Head or KnownMethod.Options or KnownMethod.Trace && IsCacheableStatus(response.Status);
        var cookie = cacheable;
        if (response.First(KnownHeader.Pragma) is >= 0 and var pragma && Is(response.ValueOf(pragma), "no-cache"u8))
        {
            return default;
        }

        var hasLife = response.First(KnownHeader.ETag) >= 0 || response.First(KnownHeader.LastModified) >= 0 || response.First(KnownHeader.Expires) >= 0;
        foreach (var value in response.Values("cache-control"u8))
        {
            if (StartsWith(value, "max-age"u8) || StartsWith(value, "s-maxage"u8))
            {
                hasLife = true;
            }

            if (Is(value, "private"u8) || Is(value, "no-cache"u8) || Is(value, "no-store"u8) || Is(value, "max-age=0"u8) || Is(value, "s-maxage=0"u8))
            {
                cacheable = cookie = false;
            }
            else if (StartsWith(value, "no-cache=\"set-cookie"u8))
            {
                cookie = false;
            }
            else if (Is(value, "public"u8))
            {
                cacheable = cookie = true;
            }
        }

        return hasLife ? new ResponseCaching(cacheable, cookie) : default;
    }

    /// <summary>
    /// Whether <c>option checkcache</c> blocks a response. The client gets the built-in answer of the response's own status, 500 where there is none
    /// for it, and the termination state is PH.
    /// </summary>
    /// <param name="serverSetsCookie">Whether the response came with a Set-Cookie header from the server.</param>
    public bool IsBlocked(bool serverSetsCookie) => serverSetsCookie && IsCacheable && IsCookieCacheable;

    private static bool IsCacheableStatus(int status) => status is 200 or 203 or 204 or 206 or 300 or 301 or 404 or 405 or 410 or 414 or 501;

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(value, word);

    private static bool StartsWith(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word) => value.Length >= word.Length && Is(value[..word.Length], word);
}

using System.Buffers;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>The response's part.</summary>
public sealed partial class CookiePersistence
{
    private static ReadOnlySpan<byte> Expired => "; Expires=Thu, 01-Jan-1970 00:00:01 GMT"u8;

    /// <summary>Handles the server's own cookie and sets ours.</summary>
    /// <param name="response">A final response of the server.</param>
    /// <param name="track">As <see cref="ReadRequest"/> left it; gets the fourth letter.</param>
    /// <param name="server">The server that answered.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="caching">What the response says about caching (<see cref="ResponseCaching.Of"/>); looked at with <c>nocache</c> only.</param>
    /// <param name="nowSeconds">Seconds since 1970.</param>
    /// <returns>False where a header finds no room.</returns>
    public bool WriteResponse(HttpHead response, ref CookieTrack track, ServerState server, KnownMethod method, ResponseCaching caching, long nowSeconds)
    {
        if (_config.Mode == CookieMode.Passive && !_config.Indirect)
        {
            return true;
        }

        track.ResponseLetter = (byte)'N';
        var isDirect = ReferenceEquals(track.Server, server);
        if (!HandleOwn(response, KnownHeader.SetCookie, ref track, server, isDirect) || !HandleOwn(response, KnownHeader.SetCookie2, ref track, server, isDirect))
        {
            return false;
        }

        if (_config.Mode == CookieMode.Insert && !track.IsIgnored && track.ResponseLetter != 'P' && (!_config.PostOnly || method == KnownMethod.Post))
        {
            if (!isDirect)
            {
                track.ResponseLetter = (byte)'I';
            }
            else if (NeedsUpdate(track, nowSeconds))
            {
                track.ResponseLetter = (byte)'U';
            }

            if (track.ResponseLetter is (byte)'I' or (byte)'U')
            {
                return Insert(response, track, server, nowSeconds)
                    && (!_config.NoCache || !caching.IsCacheable || response.Add(KnownHeader.CacheControl, "private"u8));
            }
        }

        if (_config.Mode == CookieMode.Passive && !_config.Indirect)
        {
            track.ResponseLetter = (byte)'-';
        }

        return true;
    }

    private bool NeedsUpdate(in CookieTrack track, long nowSeconds)
    {
        if (!HasDates)
        {
            return false;
        }

        return (_config.MaxIdleSeconds > 0 && track.LastSeen == 0)
            || (_config.MaxLifeSeconds > 0 && track.FirstSeen == 0)
            || (track.LastSeen != 0 && track.LastSeen / CookieDate.Unit < nowSeconds / CookieDate.Unit);
    }

    private bool Insert(HttpHead response, in CookieTrack track, ServerState server, long nowSeconds)
    {
        var cookie = server.CookieBytes.Span;
        Span<byte> dates = stackalloc byte[2 * (CookieDate.Length + 1)];
        var datesLength = 0;
        if (!cookie.IsEmpty && HasDates)
        {
            dates[0] = (byte)'|';
            CookieDate.Write(nowSeconds, dates[1..]);
            datesLength = CookieDate.Length + 1;
            if (_config.MaxLifeSeconds > 0)
            {
                dates[datesLength] = (byte)'|';
                CookieDate.Write(track.FirstSeen != 0 ? track.FirstSeen : nowSeconds, dates[(datesLength + 1)..]);
                datesLength += CookieDate.Length + 1;
            }
        }

        var ending = cookie.IsEmpty ? Expired : dates[..datesLength];
        var size = _name.Length + 1 + cookie.Length + ending.Length + _attributes.Length;
        byte[]? rented = null;
        var text = size <= 512 ? stackalloc byte[size] : (rented = ArrayPool<byte>.Shared.Rent(size)).AsSpan(0, size);
        var used = Put(text, 0, _name);
        text[used++] = (byte)'=';
        used = Put(text, used, cookie);
        used = Put(text, used, ending);
        _ = Put(text, used, _attributes);
        var done = response.Add(KnownHeader.SetCookie, text);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return done;
    }

    private bool HandleOwn(HttpHead response, KnownHeader header, ref CookieTrack track, ServerState server, bool isDirect)
    {
        var cursor = 0;
        for (var field = response.Find(header, ref cursor); field >= 0; field = response.Find(header, ref cursor))
        {
            var line = response.ValueOf(field);
            var pair = CookieLine.Read(line, 0);
            if (!pair.HasValue || line[0] is (byte)';' or (byte)',' || !line[pair.Name..pair.NameEnd].SequenceEqual(_name))
            {
                continue;
            }

            track.ResponseLetter = (byte)'P';
            if (_config.Preserve && _config.Mode == CookieMode.Insert)
            {
                continue;
            }

            if (_config.Mode == CookieMode.Insert || (isDirect && _config.Indirect))
            {
                response.RemoveAt(field);
                track.ResponseLetter = (byte)'D';
            }
            else if (_config.Mode is CookieMode.Rewrite or CookieMode.Prefix)
            {
                // A server without a cookie value leaves it as it is, but for blanks around the equal sign.
                if ((!server.CookieBytes.IsEmpty || pair.Value != pair.NameEnd + 1) && !Rewrite(response, field, line, pair, server.CookieBytes.Span))
                {
                    return false;
                }

                track.ResponseLetter = server.CookieBytes.IsEmpty ? (byte)'P' : (byte)'R';
            }
        }

        return true;
    }

    private bool Rewrite(HttpHead response, int field, ReadOnlySpan<byte> line, CookiePair pair, ReadOnlySpan<byte> cookie)
    {
        var size = line.Length + cookie.Length + 2;
        byte[]? rented = null;
        var text = size <= 512 ? stackalloc byte[size] : (rented = ArrayPool<byte>.Shared.Rent(size)).AsSpan(0, size);
        var used = Put(text, 0, line[..pair.NameEnd]);
        text[used++] = (byte)'=';
        used = Put(text, used, cookie);
        if (cookie.IsEmpty || _config.Mode == CookieMode.Prefix)
        {
            if (!cookie.IsEmpty)
            {
                text[used++] = (byte)'~';
            }

            used = Put(text, used, line[pair.Value..pair.ValueEnd]);
        }

        used = Put(text, used, line[pair.ValueEnd..]);
        var done = response.SetValue(field, text[..used]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return done;
    }

    private static int Put(Span<byte> into, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(into[at..]);
        return at + bytes.Length;
    }
}

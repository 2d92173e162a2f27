using System.Buffers;
using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>Persistence by cookie of one backend (configuration manual 4.2, <c>cookie</c>): reads it in requests, sets it in responses.</summary>
/// <remarks>Holds nothing that changes; what belongs to a request is in its <see cref="CookieTrack"/>. All bytes were compared with the original's (fixtures/balance/cookies).</remarks>
public sealed partial class CookiePersistence
{
    private const int MostClockSkew = 24 * 3600;

    private readonly BackendState _backend;
    private readonly CookieConfig _config;
    private readonly byte[] _name;
    private readonly byte[] _attributes;
    private readonly bool _persistDown;

    /// <summary>The persistence of a backend that has a cookie.</summary>
    public CookiePersistence(BackendState backend, CookieConfig config)
    {
        _backend = backend;
        _config = config;
        _name = Encoding.Latin1.GetBytes(config.Name);
        _persistDown = (backend.Proxy.Config.Options & ProxyOptions.Persist) != 0;
        var text = new StringBuilder("; path=/");
        foreach (var domain in config.Domains)
        {
            text.Append("; domain=").Append(domain);
        }

        text.Append(config.HttpOnly ? "; HttpOnly" : "").Append(config.Secure ? "; Secure" : "");
        foreach (var attribute in config.Attributes)
        {
            text.Append("; ").Append(attribute);
        }

        _attributes = Encoding.Latin1.GetBytes(text.ToString());
    }

    private bool HasDates => _config is { Mode: CookieMode.Insert } and ({ MaxIdleSeconds: > 0 } or { MaxLifeSeconds: > 0 });

    /// <summary>Looks for the cookie, decides where it leads and hides it from the server where asked for.</summary>
    /// <param name="request">The request; its Cookie headers may change.</param>
    /// <param name="track">Filled.</param>
    /// <param name="isIgnored">Persistence takes no part (<c>ignore-persist</c>), or a rule has chosen a server already (<c>use-server</c>).</param>
    /// <param name="isForced">A server that is down is meant all the same (<c>force-persist</c>).</param>
    /// <param name="nowSeconds">Seconds since 1970.</param>
    /// <returns>False where a changed header finds no room.</returns>
    public bool ReadRequest(HttpHead request, ref CookieTrack track, bool isIgnored, bool isForced, long nowSeconds)
    {
        track = CookieTrack.New;
        track.IsIgnored = isIgnored;
        track.RequestLetter = (byte)'N';
        var cursor = 0;
        for (var field = request.Find(KnownHeader.Cookie, ref cursor); field >= 0; field = request.Find(KnownHeader.Cookie, ref cursor))
        {
            if (request.ValueOf(field).IndexOf(_name) >= 0 && !ReadLine(request, field, ref track, isForced || _persistDown, nowSeconds))
            {
                return false;
            }
        }

        if (_config.Mode == CookieMode.Passive && !_config.Indirect)
        {
            track.RequestLetter = (byte)'-';
        }

        return true;
    }

    private bool ReadLine(HttpHead request, int field, ref CookieTrack track, bool isForced, long nowSeconds)
    {
        var value = request.ValueOf(field);
        byte[]? rented = null;
        var line = value.Length <= 1024 ? stackalloc byte[value.Length] : (rented = ArrayPool<byte>.Shared.Rent(value.Length));
        value.CopyTo(line);
        var length = value.Length;
        var others = false;
        var changed = ScanLine(line, ref length, ref track, ref others, isForced, nowSeconds);
        var done = true;
        if (changed && (length == 0 || (!others && _config.Mode != CookieMode.Prefix)))
        {
            request.RemoveAt(field);
        }
        else if (changed)
        {
            done = request.SetValue(field, line[..length]);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return done;
    }

    private bool ScanLine(Span<byte> line, ref int length, ref CookieTrack track, ref bool others, bool isForced, long nowSeconds)
    {
        var changed = false;
        var pending = -1;
        var at = 0;
        while (at < length)
        {
            var pair = CookieLine.Read(line[..length], at);
            if (pair.HasValue && pair.NameEnd > pair.Name && line[pair.Name] == '$')
            {
                // An attribute of the cookie before; it shares its fate.
                at = Step(pair, length);
                continue;
            }

            if (pending >= 0)
            {
                at = CookieLine.Cut(line, ref length, pending, pair.Before);
                pending = -1;
                changed = true;
                continue;
            }

            if (!pair.HasValue || !line[pair.Name..pair.NameEnd].SequenceEqual(_name))
            {
                others |= pair.HasValue || pair.NameEnd > pair.Name;
                at = Step(pair, length);
                continue;
            }

            var text = (ReadOnlySpan<byte>)line[pair.Value..pair.ValueEnd];
            var mark = _config.Mode == CookieMode.Prefix ? text.IndexOf((byte)'~') : text.IndexOf((byte)'|');
            Look(mark < 0 ? text : text[..mark], mark < 0 ? default : text[(mark + 1)..], ref track, isForced, nowSeconds);
            if (_config.Mode == CookieMode.Prefix)
            {
                others = true;
                if (mark < 0)
                {
                    at = Step(pair, length);
                    continue;
                }

                line[(pair.Value + mark + 1)..length].CopyTo(line[pair.Value..]);
                length -= mark + 1;
                changed = true;
                at = Step(pair with { Next = pair.Next - mark - 1 }, length);
                continue;
            }

            if (_config is { Mode: CookieMode.Insert, Indirect: true })
            {
                pending = pair.Before;
            }

            at = Step(pair, length);
        }

        if (pending < 0)
        {
            return changed;
        }

        _ = CookieLine.Cut(line, ref length, pending, length);
        return true;
    }

    /// <summary>The next pair begins at this one's end; at a lone delimiter at the very end there is none.</summary>
    private static int Step(CookiePair pair, int length) => pair.Next >= length ? length : Math.Max(pair.Next, pair.Before + (pair.Next == pair.Before ? 1 : 0));

    private void Look(ReadOnlySpan<byte> value, ReadOnlySpan<byte> dates, ref CookieTrack track, bool isForced, long nowSeconds)
    {
        if (track.RequestLetter is (byte)'V' or (byte)'D' && track.Server is not null)
        {
            return;
        }

        if (track.IsIgnored)
        {
            track.RequestLetter = (byte)'U';
            return;
        }

        if (HasDates && !AreDatesGood(dates, ref track, nowSeconds))
        {
            return;
        }

        var letter = (byte)'I';
        foreach (var server in _backend.Servers)
        {
            if (value.IsEmpty || server.CookieBytes.IsEmpty || !server.CookieBytes.Span.SequenceEqual(value))
            {
                continue;
            }

            if (server.IsUsableForPersistence || isForced)
            {
                track.Server = server;
                track.IsForced = isForced;
                letter = server.IsUsableForPersistence ? (byte)'V' : (byte)'D';
                break;
            }

            letter = (byte)'D';
        }

        track.RequestLetter = letter;
    }

    private bool AreDatesGood(ReadOnlySpan<byte> dates, ref CookieTrack track, long nowSeconds)
    {
        track.LastSeen = CookieDate.Read(dates);
        var mark = dates.IndexOf((byte)'|');
        track.FirstSeen = mark < 0 ? 0 : CookieDate.Read(dates[(mark + 1)..]);
        if (mark is >= 0 and < CookieDate.Length)
        {
            track.LastSeen = 0;
        }

        var letter = IsOut(track.FirstSeen, _config.MaxLifeSeconds, nowSeconds) ? (byte)'O'
            : IsOut(track.LastSeen, _config.MaxIdleSeconds, nowSeconds) ? (byte)'E' : (byte)0;
        if (letter == 0)
        {
            return true;
        }

        track.RequestLetter = letter;
        track.FirstSeen = track.LastSeen = 0;
        return false;
    }

    private static bool IsOut(long date, int most, long nowSeconds) =>
        most > 0 && date != 0 && (nowSeconds - date > most || date - nowSeconds > MostClockSkew);
}

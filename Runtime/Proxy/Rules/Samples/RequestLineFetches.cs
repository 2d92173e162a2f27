using System.Buffers.Binary;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Fetches of a request's first line and of what is made of it (configuration manual 7.3.6).</summary>
internal static class RequestLineFetches
{
    public static bool Method(RuleSubject subject, ref Sample sample)
    {
        if (subject.Request is not { } request)
        {
            return false;
        }

        sample.Type = Ir.Expressions.SampleType.Method;
        sample.Bytes = request.Span(request.Method);
        return true;
    }

    public static bool Url(RuleSubject subject, ref Sample sample) =>
        subject.Request is { } request && sample.SetText(request.Span(request.Uri));

    public static bool Path(RuleSubject subject, ref Sample sample) =>
        subject.Request is { } request && UriParts.Path(request.Span(request.Uri)) is { IsEmpty: false } path && sample.SetText(path);

    public static bool PathQuery(RuleSubject subject, ref Sample sample) =>
        subject.Request is { } request && UriParts.PathAndQuery(request.Span(request.Uri)) is { IsEmpty: false } path && sample.SetText(path);

    public static bool Query(RuleSubject subject, ref Sample sample) =>
        subject.Request is { } request && UriParts.TryQuery(request.Span(request.Uri), out var query) && sample.SetText(query);

    public static bool Base(RuleSubject subject, ref Sample sample) => Joined(subject, ref sample, query: false);

    public static bool BaseQuery(RuleSubject subject, ref Sample sample) => Joined(subject, ref sample, query: true);

    public static bool Base32(RuleSubject subject, ref Sample sample) =>
        HashOfBase(subject, out var hash) && sample.SetInteger(hash);

    public static bool Base32Source(RuleSubject subject, ref Sample sample) =>
        HashOfBase(subject, out var hash) && WithSource(subject, hash, ref sample);

    public static bool Url32(RuleSubject subject, ref Sample sample) =>
        HashOfUrl(subject, out var hash) && sample.SetInteger(hash);

    public static bool Url32Source(RuleSubject subject, ref Sample sample) =>
        HashOfUrl(subject, out var hash) && WithSource(subject, hash, ref sample);

    public static bool UrlAddress(RuleSubject subject, ref Sample sample)
    {
        if (subject.Request is not { } request)
        {
            return false;
        }

        var authority = UriParts.Authority(request.Span(request.Uri));
        if (authority.Contains((byte)'@'))
        {
            return false;
        }

        var host = HostOf(authority, out _);
        var room = subject.Scratch.Take(16);
        return SampleCasts.TryReadAddress(host, room, out var length) && length == 4 && sample.SetAddress(room[..4]);
    }

    public static bool UrlPort(RuleSubject subject, ref Sample sample)
    {
        if (subject.Request is not { } request)
        {
            return false;
        }

        var uri = request.Span(request.Uri);
        var authority = UriParts.Authority(uri);
        if (authority.IsEmpty || authority.Contains((byte)'@'))
        {
            return false;
        }

        _ = HostOf(authority, out var port);
        return sample.SetInteger(port.IsEmpty ? (uri.StartsWith("https"u8) ? 443 : 80) : SampleCasts.ReadInteger(port));
    }

    public static bool RequestVersion(RuleSubject subject, ref Sample sample) => Version(subject.Request, ref sample);

    public static bool ResponseVersion(RuleSubject subject, ref Sample sample) => Version(subject.Response, ref sample);

    public static bool Status(RuleSubject subject, ref Sample sample) =>
        subject.Response is { } response && sample.SetInteger(response.Status);

    private static bool Version(HttpHead? head, ref Sample sample)
    {
        if (head is null)
        {
            return false;
        }

        var version = head.Span(head.Version);
        var slash = version.IndexOf((byte)'/');
        return slash >= 0 ? sample.SetText(version[(slash + 1)..]) : sample.SetText(head.IsVersion11 ? "1.1"u8 : "1.0"u8);
    }

    private static ReadOnlySpan<byte> HostOf(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> port)
    {
        var at = authority.LastIndexOf((byte)'@');
        var host = authority[(at + 1)..];
        var colon = host.LastIndexOf((byte)':');
        var bracket = host.LastIndexOf((byte)']');
        port = colon > bracket ? host[(colon + 1)..] : default;
        return colon > bracket ? host[..colon] : host;
    }

    private static ReadOnlySpan<byte> Host(HttpHead request)
    {
        foreach (var value in request.Values("host"u8))
        {
            return value;
        }

        return default;
    }

    private static bool Joined(RuleSubject subject, ref Sample sample, bool query)
    {
        if (subject.Request is not { } request)
        {
            return false;
        }

        var uri = request.Span(request.Uri);
        var path = query ? UriParts.PathAndQuery(uri) : UriParts.Path(uri);
        var index = request.First(KnownHeader.Host);
        if (index < 0)
        {
            return !path.IsEmpty && sample.SetText(path);
        }

        var host = Host(request);
        if (path.IsEmpty || path[0] != '/')
        {
            return sample.SetText(host);
        }

        var room = subject.Scratch.Take(host.Length + path.Length);
        host.CopyTo(room);
        path.CopyTo(room[host.Length..]);
        return sample.SetText(room);
    }

    // The hash goes on over host and path, byte by byte.
    private static bool HashOfBase(RuleSubject subject, out uint hash)
    {
        hash = 0;
        if (subject.Request is not { } request)
        {
            return false;
        }

        foreach (var b in Host(request))
        {
            hash = b + (hash << 6) + (hash << 16) - hash;
        }

        var path = UriParts.Path(request.Span(request.Uri));
        if (!path.IsEmpty && path[0] == '/')
        {
            foreach (var b in path)
            {
                hash = b + (hash << 6) + (hash << 16) - hash;
            }
        }

        hash = Hashing.Avalanche(hash);
        return true;
    }

    private static bool HashOfUrl(RuleSubject subject, out uint hash)
    {
        hash = 0;
        if (subject.Request is not { } request)
        {
            return false;
        }

        foreach (var b in Host(request))
        {
            hash = b + (hash << 6) + (hash << 16) - hash;
        }

        var path = UriParts.PathAndQuery(request.Span(request.Uri));
        if (!path.IsEmpty && path[0] == '/')
        {
            foreach (var b in path)
            {
                hash = b + (hash << 6) + (hash << 16) - hash;
            }
        }

        hash = Hashing.Avalanche(hash);
        return true;
    }

    private static bool WithSource(RuleSubject subject, uint hash, ref Sample sample)
    {
        var address = subject.Source.AddressBytes;
        var room = subject.Scratch.Take(4 + address.Length);
        BinaryPrimitives.WriteUInt32BigEndian(room, hash);
        address.CopyTo(room[4..]);
        return !address.IsEmpty && sample.SetBinary(room);
    }
}

using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>
/// The authority of a request's target against its <c>Host</c> header (RFC 9112 section 3.2.2), and the removal of the scheme's default port from both.
/// </summary>
internal readonly struct Http1Authority
{
    private readonly Slice _hostAndPort;
    private readonly Kind _kind;

    private enum Kind : byte
    {
        None,
        Other,
        Http,
        Https,
        Connect,
    }

    private Http1Authority(Slice hostAndPort, Kind kind)
    {
        _hostAndPort = hostAndPort;
        _kind = kind;
    }

    /// <summary>Finds the authority in a target that is not a path.</summary>
    public static Http1Authority Find(ReadOnlySpan<byte> input, Slice uri, KnownMethod method)
    {
        var text = input.Slice(uri.Start, uri.Length);
        var kind = Kind.Other;
        var start = 0;
        var scheme = text.IndexOf("://"u8);
        if (scheme > 0 && IsScheme(text[..scheme]))
        {
            kind = Ascii.EqualsIgnoreCase(text[..scheme], "http"u8) ? Kind.Http : Ascii.EqualsIgnoreCase(text[..scheme], "https"u8) ? Kind.Https : Kind.Other;
            start = scheme + 3;
        }
        else if (method != KnownMethod.Connect && text[0] is (byte)'*' or (byte)'/')
        {
            return default;
        }

        if (method == KnownMethod.Connect) kind = Kind.Connect;
        var rest = text[start..];
        var end = rest.IndexOf((byte)'/');
        if (end >= 0) rest = rest[..end];
        var user = rest.LastIndexOf((byte)'@');
        if (user >= 0)
        {
            start += user + 1;
            rest = rest[(user + 1)..];
        }

        return new Http1Authority(new Slice(uri.Start + start, rest.Length), kind);
    }

    /// <summary>The header names the same host, default ports aside.</summary>
    public bool Check(ReadOnlySpan<byte> input, HttpHead head, in Http1ScanState scan, out Http1Error error)
    {
        error = default;
        if (_kind == Kind.None) return true;
        var authority = input.Slice(_hostAndPort.Start, _hostAndPort.Length);
        var port = Port(authority);
        if (_kind == Kind.Connect && (port <= 0 || port == authority.Length || authority[port..].ContainsAnyExceptInRange((byte)'0', (byte)'9')))
        {
            error = new Http1Error(Http1ErrorReason.BadAuthority, head.Uri.Start, Http1State.LastLf);
            return false;
        }

        if (scan.Host == 0 || (authority.IsEmpty && _kind != Kind.Connect)) return true;
        var range = head.Field(scan.Host - 1).Value;
        var host = input.Slice(range.Start, range.Length);
        if (Ascii.EqualsIgnoreCase(authority, host)) return true;
        if (_kind != Kind.Other && !IsBareIpv6(host) && Ascii.EqualsIgnoreCase(WithoutDefaultPort(authority), WithoutDefaultPort(host))) return true;
        error = new Http1Error(Http1ErrorReason.HostMismatch, range.Start, Http1State.LastLf);
        return false;
    }

    /// <summary>Takes a default port out of the target (not of CONNECT's) and out of <c>Host</c>, which takes the authority's spelling.</summary>
    public void Normalise(HttpHead head, in Http1ScanState scan)
    {
        if (_kind is Kind.None or Kind.Other) return;
        var authority = head.Span(_hostAndPort);
        var bare = WithoutDefaultPort(authority).Length;
        if (bare == authority.Length) return;
        if (scan.Host != 0)
        {
            ref var host = ref head.FieldRef(scan.Host - 1);
            host.Value = _kind == Kind.Connect
                ? new Slice(host.Value.Start, WithoutDefaultPort(head.Span(host.Value)).Length)
                : new Slice(_hostAndPort.Start, bare);
            host.Canonical = false;
        }

        if (_kind == Kind.Connect) return;
        var port = authority.Length - bare;
        var tail = new Slice(_hostAndPort.End, head.Uri.End - _hostAndPort.End);
        head.Span(tail).CopyTo(head.Writable(new Slice(tail.Start - port, tail.Length)));
        head.Uri = new Slice(head.Uri.Start, head.Uri.Length - port);
    }

    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'+' or (byte)'-' or (byte)'.')) return false;
        return char.IsAsciiLetter((char)text[0]);
    }

    // No part of such a host can be told to be a port.
    private static bool IsBareIpv6(ReadOnlySpan<byte> host) => host.Count((byte)':') > 1 && host[0] != '[';

    // Offset of the port's first digit, or -1 without one.
    private static int Port(ReadOnlySpan<byte> authority)
    {
        var colon = authority.LastIndexOf((byte)':');
        if (colon < 0) return -1;
        var host = authority[..colon];
        if (!host.IsEmpty && host[0] == '[' && host[^1] != ']') return -1;
        return colon + 1;
    }

    private ReadOnlySpan<byte> WithoutDefaultPort(ReadOnlySpan<byte> authority)
    {
        var port = Port(authority);
        if (port < 0) return authority;
        var digits = authority[port..];
        var isDefault = digits.IsEmpty
            || (_kind != Kind.Https && digits.SequenceEqual("80"u8))
            || (_kind != Kind.Http && digits.SequenceEqual("443"u8));
        return isDefault ? authority[..(port - 1)] : authority;
    }
}

using System.Buffers.Binary;
using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Finds and hashes what a backend's algorithm goes by (configuration manual 4.2, <c>balance</c>). Which bytes count was tried on the original.</summary>
public sealed class BalanceKey
{
    private readonly BalanceConfig _config;
    private readonly byte[] _name;
    private readonly bool _avalanche;

    /// <summary>The key of a backend.</summary>
    public BalanceKey(BalanceConfig config)
    {
        _config = config;
        _name = Encoding.Latin1.GetBytes(config.Name);
        _avalanche = config.Avalanche;
    }

    /// <summary>Which algorithm asks; it says which of the methods below to call.</summary>
    public BalanceAlgorithm Algorithm => _config.Algorithm;

    /// <summary>Whether the beginning of a POST's body can hold the key, so that it is worth waiting for it (<c>check_post</c>).</summary>
    public bool WantsBody => _config is { Algorithm: BalanceAlgorithm.UrlParameter, CheckPost: true };

    /// <summary>The hash of the client's address (<c>balance source</c>): its words of four bytes, each xored with the others.</summary>
    /// <param name="address">4 or 16 bytes; nothing where the client has no IP address.</param>
    public BalanceHash OfAddress(ReadOnlySpan<byte> address)
    {
        if (address.IsEmpty)
        {
            return BalanceHash.None;
        }

        var hash = 0u;
        for (; address.Length >= 4; address = address[4..])
        {
            hash ^= BinaryPrimitives.ReadUInt32BigEndian(address);
        }

        return Known(hash);
    }

    /// <summary>The hash of the value of an expression (<c>balance hash</c>) or of an RDP cookie. Addresses count as their bytes, numbers as eight bytes, the highest first.</summary>
    public BalanceHash OfBytes(ReadOnlySpan<byte> key) => Known(KeyHash.Of(_config.Function, key));

    /// <summary>The hash of a number (<c>balance hash</c>).</summary>
    public BalanceHash OfNumber(long key)
    {
        if (_config.Function == HashFunction.None)
        {
            return Known((uint)key);
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, key);
        return OfBytes(bytes);
    }

    /// <summary>The hash of the URI, a parameter or a header.</summary>
    /// <param name="head">The request.</param>
    /// <param name="body">What has come of the body; looked at for a POST whose URI lacks the parameter.</param>
    public BalanceHash OfRequest(HttpHead head, ReadOnlySpan<byte> body) => _config.Algorithm switch
    {
        BalanceAlgorithm.Uri => OfBytes(UriKey(head.Span(head.Uri))),
        BalanceAlgorithm.UrlParameter => OfParameter(head, body),
        BalanceAlgorithm.Header => OfHeader(head),
        _ => BalanceHash.None,
    };

    /// <summary>The hash of the cookie in a connection request of RDP (<c>balance rdp-cookie</c>).</summary>
    /// <param name="bytes">What the client has sent.</param>
    public BalanceHash OfRdpCookie(ReadOnlySpan<byte> bytes)
    {
        var value = RdpCookie.Find(bytes, _name.Length == 0 ? "mstshash"u8 : _name);
        return value.IsEmpty ? BalanceHash.None : OfBytes(value);
    }

    private BalanceHash OfParameter(HttpHead head, ReadOnlySpan<byte> body)
    {
        var uri = head.Span(head.Uri);
        var query = uri.IndexOf((byte)'?');
        if (query >= 0 && FindParameter(uri[(query + 1)..], out var value))
        {
            return OfBytes(value);
        }

        return head.KnownMethod == KnownMethod.Post && FindParameter(body, out value) ? OfBytes(value) : BalanceHash.None;
    }

    private bool FindParameter(ReadOnlySpan<byte> parameters, out ReadOnlySpan<byte> value)
    {
        while (!parameters.IsEmpty)
        {
            var end = parameters.IndexOf((byte)'&');
            var one = end < 0 ? parameters : parameters[..end];
            if (one.Length > _name.Length && one[_name.Length] == '=' && one.StartsWith(_name))
            {
                value = one[(_name.Length + 1)..];
                return true;
            }

            parameters = end < 0 ? default : parameters[(end + 1)..];
        }

        value = default;
        return false;
    }

    private BalanceHash OfHeader(HttpHead head)
    {
        var values = head.Values(_name);
        if (!values.MoveNext() || values.Current.IsEmpty)
        {
            return BalanceHash.None;
        }

        return OfBytes(_config.DomainOnly ? MainLabel(values.Current) : values.Current);
    }

    /// <summary>The label before the last dot, "example" of "www.example.com:80"; all of it where no dot stands behind the first byte.</summary>
    private static ReadOnlySpan<byte> MainLabel(ReadOnlySpan<byte> name)
    {
        var end = name.LastIndexOf((byte)'.');
        if (end <= 0)
        {
            return name;
        }

        var start = end - 1;
        while (start > 0 && name[start - 1] != '.')
        {
            start--;
        }

        return name[start..end];
    }

    private ReadOnlySpan<byte> UriKey(ReadOnlySpan<byte> uri)
    {
        if (_config.UriPathOnly)
        {
            uri = PathAndQuery(uri);
        }

        var most = _config.UriLength > 0 ? Math.Min(_config.UriLength, uri.Length) : uri.Length;
        var slashes = 0;
        for (var i = 0; i < most; i++)
        {
            if (uri[i] == '/' && _config.UriDepth > 0 && slashes++ == _config.UriDepth)
            {
                return uri[..i];
            }

            if (uri[i] == '?' && !_config.UriWhole)
            {
                return uri[..i];
            }
        }

        return uri[..most];
    }

    private static ReadOnlySpan<byte> PathAndQuery(ReadOnlySpan<byte> uri)
    {
        if (uri.IsEmpty || uri[0] == '/')
        {
            return uri;
        }

        var scheme = uri.IndexOf("://"u8);
        if (scheme < 0)
        {
            return default;
        }

        var rest = uri[(scheme + 3)..];
        var slash = rest.IndexOf((byte)'/');
        return slash < 0 ? default : rest[slash..];
    }

    private BalanceHash Known(uint hash) => new(true, _avalanche ? KeyHash.Avalanche(hash) : hash);
}

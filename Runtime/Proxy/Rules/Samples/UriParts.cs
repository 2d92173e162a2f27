namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Parts of a request's target (RFC 9112 section 3.2).</summary>
public static class UriParts
{
    /// <summary>Where the path begins; the length where there is none.</summary>
    public static int PathStart(ReadOnlySpan<byte> uri)
    {
        if (uri.IsEmpty || uri[0] == '/')
        {
            return 0;
        }

        if (uri[0] == '*')
        {
            return uri.Length;
        }

        var authority = AuthorityStart(uri);
        if (authority < 0)
        {
            return uri.Length;
        }

        var slash = uri[authority..].IndexOfAny((byte)'/', (byte)'?');
        return slash < 0 ? uri.Length : authority + slash;
    }

    /// <summary>The path with the query; empty where there is none.</summary>
    public static ReadOnlySpan<byte> PathAndQuery(ReadOnlySpan<byte> uri) => uri[PathStart(uri)..];

    /// <summary>The path without the query.</summary>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> uri)
    {
        var path = PathAndQuery(uri);
        var mark = path.IndexOf((byte)'?');
        return mark < 0 ? path : path[..mark];
    }

    /// <summary>What stands behind the first question mark; false where there is none.</summary>
    public static bool TryQuery(ReadOnlySpan<byte> uri, out ReadOnlySpan<byte> query)
    {
        var mark = uri.IndexOf((byte)'?');
        query = mark < 0 ? default : uri[(mark + 1)..];
        return mark >= 0;
    }

    /// <summary>The authority of an absolute target, "user@host:port"; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Authority(ReadOnlySpan<byte> uri)
    {
        var start = AuthorityStart(uri);
        if (start < 0)
        {
            return default;
        }

        var rest = uri[start..];
        var end = rest.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        return end < 0 ? rest : rest[..end];
    }

    // Behind "scheme://"; -1 where the target has no scheme.
    private static int AuthorityStart(ReadOnlySpan<byte> uri)
    {
        var colon = uri.IndexOf((byte)':');
        if (colon <= 0 || colon + 2 >= uri.Length || uri[colon + 1] != '/' || uri[colon + 2] != '/')
        {
            return -1;
        }

        for (var i = 0; i < colon; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)uri[i]) && uri[i] is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return -1;
            }
        }

        return colon + 3;
    }
}

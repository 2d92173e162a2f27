namespace Dropin.Runtime.Proxy.Balance;

/// <summary>The cookie in the connection request of the remote desktop protocol: TPKT and X.224 headers, then <c>Cookie: name=value CR LF</c>.</summary>
public static class RdpCookie
{
    private const int HeadersLength = 11;

    /// <summary>The value of a cookie, up to the line's end; empty where it is absent.</summary>
    /// <param name="bytes">What the client has sent.</param>
    /// <param name="name">The cookie's name in any case.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        if (bytes.Length < HeadersLength || bytes[0] != 3 || bytes[1] != 0 || (bytes[5] & 0xf0) != 0xe0)
        {
            return default;
        }

        var length = (bytes[2] << 8) | bytes[3];
        var line = bytes[HeadersLength..Math.Clamp(length, HeadersLength, bytes.Length)];
        var label = "Cookie:"u8;
        if (line.Length < label.Length || !System.Text.Ascii.EqualsIgnoreCase(line[..label.Length], label))
        {
            return default;
        }

        line = line[label.Length..].TrimStart((byte)' ');
        if (line.Length <= name.Length || line[name.Length] != '=' || !System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return default;
        }

        line = line[(name.Length + 1)..];
        var end = line.IndexOf((byte)'\r');
        return end < 0 ? default : line[..end];
    }
}

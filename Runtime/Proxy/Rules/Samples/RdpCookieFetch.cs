namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>The cookie of a connection request of RDP (<c>rdp_cookie</c>).</summary>
internal sealed class RdpCookieFetch(byte[] name, bool count) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        var found = TryFind(subject, out var value);
        return count ? !subject.IsMissing && sample.SetInteger(found ? 1 : 0) : found && sample.SetText(value);
    }

    // TPKT header (version 3, length), COTP connection request, then "Cookie: name=value" and CR LF.
    private bool TryFind(RuleSubject subject, out ReadOnlySpan<byte> value)
    {
        value = default;
        var buffer = subject.RequestBuffer;
        if (buffer.Length < 11)
        {
            return BufferFetches.Missing(subject);
        }

        if (buffer[0] != 3)
        {
            return false;
        }

        var cookie = buffer[11..];
        if (cookie.Length < 8)
        {
            return BufferFetches.Missing(subject);
        }

        if (!System.Text.Ascii.EqualsIgnoreCase(cookie[..8], "Cookie: "u8))
        {
            return false;
        }

        cookie = cookie[8..];
        var end = cookie.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return BufferFetches.Missing(subject);
        }

        cookie = cookie[..end];
        var equals = cookie.IndexOf((byte)'=');
        if (equals < 0 || (name.Length > 0 && !System.Text.Ascii.EqualsIgnoreCase(cookie[..equals], name)))
        {
            return false;
        }

        value = cookie[(equals + 1)..];
        return true;
    }
}

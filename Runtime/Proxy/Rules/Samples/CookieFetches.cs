using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>The value of a cookie (<c>cook</c>).</summary>
/// <param name="name">The name; empty: any cookie.</param>
/// <param name="response">Of the response's <c>Set-Cookie</c>.</param>
/// <param name="number">As a whole number.</param>
internal sealed class CookieFetch(byte[] name, bool response, bool number) : SampleFetch
{
    // Not for ACLs the last cookie of that name is taken, without a name the first one.
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        var last = name.Length == 0 && Nth(subject, name, response, 1, out _) ? 1 : 0;
        while (name.Length > 0 && Nth(subject, name, response, last + 1, out _))
        {
            last++;
        }

        return last > 0 && Nth(subject, name, response, last, out var value) && Finish(value, ref sample);
    }

    public override bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor) =>
        Nth(subject, name, response, ++cursor, out var value) && Finish(value, ref sample);

    private bool Finish(ReadOnlySpan<byte> value, ref Sample sample) =>
        number ? sample.SetInteger(SampleCasts.ReadInteger(value)) : sample.SetText(value);

    /// <summary>Finds the n-th cookie of a name.</summary>
    internal static bool Nth(RuleSubject subject, byte[] name, bool response, int index, out ReadOnlySpan<byte> found)
    {
        found = default;
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return false;
        }

        var cursor = 0;
        var header = response ? KnownHeader.SetCookie : KnownHeader.Cookie;
        for (var i = head.Find(header, ref cursor); i >= 0; i = head.Find(header, ref cursor))
        {
            var line = head.ValueOf(i);
            while (!line.IsEmpty)
            {
                var end = line.IndexOf((byte)';');
                var pair = end < 0 ? line : line[..end];
                if (Matches(pair, name, out var value) && --index == 0)
                {
                    found = value;
                    return true;
                }

                // Behind a response's first pair stand attributes, which only count where any name will do.
                if (end < 0 || (response && name.Length > 0))
                {
                    break;
                }

                line = line[(end + 1)..];
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<byte> pair, byte[] name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var equals = pair.IndexOf((byte)'=');
        if (equals < 0)
        {
            return false;
        }

        if (name.Length > 0 && !pair[..equals].Trim(" \t"u8).SequenceEqual(name))
        {
            return false;
        }

        value = pair[(equals + 1)..].Trim(" \t"u8);
        return true;
    }
}

/// <summary>How many cookies of a name there are (<c>cook_cnt</c>).</summary>
internal sealed class CookieCountFetch(byte[] name, bool response) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        var count = 0;
        while (CookieFetch.Nth(subject, name, response, count + 1, out _))
        {
            count++;
        }

        return sample.SetInteger(count);
    }
}

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>A parameter of the query, or of a form in the body (<c>url_param</c>, <c>req.body_param</c>).</summary>
/// <param name="name">The name; empty: any parameter.</param>
/// <param name="delimiter">Where the parameters begin: '?' unless another character is given.</param>
/// <param name="ignoreCase">Whether the name's case is ignored.</param>
/// <param name="body">Of the body.</param>
/// <param name="number">As a whole number.</param>
internal sealed class UrlParameterFetch(byte[] name, byte delimiter, bool ignoreCase, bool body, bool number) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        var cursor = 0;
        return TryNext(subject, ref sample, ref cursor);
    }

    public override bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor)
    {
        ReadOnlySpan<byte> text;
        if (body)
        {
            text = subject.RequestBody;
        }
        else
        {
            if (subject.Request is not { } request)
            {
                return false;
            }

            var uri = request.Span(request.Uri);
            var mark = uri.IndexOf(delimiter);
            if (mark < 0)
            {
                return false;
            }

            text = uri[(mark + 1)..];
        }

        // With a delimiter of the caller's, parameters end at ';' as well.
        var index = 0;
        while (!text.IsEmpty)
        {
            var end = delimiter == '?' || body ? text.IndexOf((byte)'&') : text.IndexOfAny((byte)'&', (byte)';');
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            var key = equals < 0 ? pair : pair[..equals];
            if (name.Length > 0 && !(ignoreCase ? System.Text.Ascii.EqualsIgnoreCase(key, name) : key.SequenceEqual(name)))
            {
                continue;
            }

            if (equals < 0 && name.Length > 0)
            {
                continue;
            }

            if (index++ < cursor)
            {
                continue;
            }

            cursor++;
            var value = equals < 0 ? default : pair[(equals + 1)..];
            return number ? sample.SetInteger(SampleCasts.ReadInteger(value)) : sample.SetText(value);
        }

        return false;
    }
}

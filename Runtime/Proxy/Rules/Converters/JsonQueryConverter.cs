using System.Text.Json;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>A value of a JSON document by a path such as <c>$.a.b[1]</c> (<c>json_query</c>, and of parts of a JWT).</summary>
/// <param name="path">Names and indices in order.</param>
/// <param name="asInteger">Numbers are wanted as whole numbers.</param>
/// <param name="jwtPart">Of a JWT: 0 the header, 1 the payload; -1: the text is the document.</param>
internal sealed class JsonQueryConverter(object[] path, bool asInteger, int jwtPart) : SampleConverter
{
    public override SampleType Input => jwtPart < 0 ? SampleType.Text : SampleType.Binary;

    /// <summary>Reads a path; null where it is none.</summary>
    public static object[] ReadPath(string text)
    {
        var steps = new List<object>();
        var at = text.StartsWith('$') ? 1 : 0;
        while (at < text.Length)
        {
            if (text[at] == '[')
            {
                var close = text.IndexOf(']', at);
                var inside = close < 0 ? text[(at + 1)..] : text[(at + 1)..close];
                steps.Add(int.TryParse(inside, out var index) ? index : System.Text.Encoding.UTF8.GetBytes(inside.Trim('\'', '"')));
                at = close < 0 ? text.Length : close + 1;
                continue;
            }

            at += text[at] == '.' ? 1 : 0;
            var end = text.AsSpan(at).IndexOfAny('.', '[');
            var name = end < 0 ? text[at..] : text.Substring(at, end);
            if (name.Length > 0)
            {
                steps.Add(System.Text.Encoding.Latin1.GetBytes(name));
            }

            at += Math.Max(name.Length, 1);
        }

        return [.. steps];
    }

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if (jwtPart >= 0)
        {
            var text = sample.Bytes;
            for (var part = 0; part < jwtPart; part++)
            {
                var dot = text.IndexOf((byte)'.');
                if (dot < 0)
                {
                    return false;
                }

                text = text[(dot + 1)..];
            }

            var end = text.IndexOf((byte)'.');
            sample.SetText(end < 0 ? text : text[..end]);
            if (!EncodingConverters.Base64UrlDecode(subject, ref sample))
            {
                return false;
            }

            if (path.Length == 0)
            {
                return sample.SetText(sample.Bytes);
            }
        }

        try
        {
            var reader = new Utf8JsonReader(sample.Bytes);
            return reader.Read() && Walk(ref reader, 0, subject, ref sample);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool Walk(ref Utf8JsonReader reader, int step, RuleSubject subject, ref Sample sample)
    {
        if (step == path.Length)
        {
            return Take(ref reader, subject, ref sample);
        }

        if (path[step] is int index)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                if (i == index)
                {
                    return Walk(ref reader, step + 1, subject, ref sample);
                }

                reader.Skip();
            }

            return false;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var match = reader.ValueTextEquals((byte[])path[step]);
            reader.Read();
            if (match)
            {
                return Walk(ref reader, step + 1, subject, ref sample);
            }

            reader.Skip();
        }

        return false;
    }

    private bool Take(ref Utf8JsonReader reader, RuleSubject subject, ref Sample sample)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var room = subject.Scratch.Take(reader.ValueSpan.Length);
                var length = reader.CopyString(room);
                return sample.SetText(room[..length]);
            case JsonTokenType.Number:
                if (reader.TryGetInt64(out var whole) && asInteger)
                {
                    return sample.SetInteger(whole);
                }

                if (asInteger)
                {
                    return sample.SetInteger((long)reader.GetDouble());
                }

                return sample.SetText(reader.ValueSpan);
            case JsonTokenType.True:
                return sample.SetBool(true);
            case JsonTokenType.False:
                return sample.SetBool(false);
            default:
                return false;
        }
    }
}

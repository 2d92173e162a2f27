using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Converters of text without arguments.</summary>
internal static class TextConverters
{
    public static bool Lower(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(sample.Bytes.Length);
        for (var i = 0; i < room.Length; i++)
        {
            var b = sample.Bytes[i];
            room[i] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }

        return sample.SetText(room);
    }

    public static bool Upper(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(sample.Bytes.Length);
        for (var i = 0; i < room.Length; i++)
        {
            var b = sample.Bytes[i];
            room[i] = b is >= (byte)'a' and <= (byte)'z' ? (byte)(b & 0xdf) : b;
        }

        return sample.SetText(room);
    }

    public static bool HostOnly(RuleSubject subject, ref Sample sample)
    {
        _ = PortOf(sample.Bytes, out var host);
        return sample.SetText(host);
    }

    public static bool PortOnly(RuleSubject subject, ref Sample sample)
    {
        var port = PortOf(sample.Bytes, out _);
        return sample.SetInteger(port.IsEmpty ? 0 : SampleCasts.ReadInteger(port));
    }

    public static bool CutAtLineEnd(RuleSubject subject, ref Sample sample)
    {
        var end = sample.Bytes.IndexOfAny((byte)'\r', (byte)'\n');
        return sample.SetText(end < 0 ? sample.Bytes : sample.Bytes[..end]);
    }

    public static bool UrlDecode(RuleSubject subject, ref Sample sample, bool inForm)
    {
        var room = subject.Scratch.Take(sample.Bytes.Length);
        var used = 0;
        var source = sample.Bytes;
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case (byte)'+' when inForm:
                    room[used++] = (byte)' ';
                    break;
                case (byte)'%':
                    if (i + 2 >= source.Length || Digit(source[i + 1]) is not (>= 0 and var high) || Digit(source[i + 2]) is not (>= 0 and var low))
                    {
                        return false;
                    }

                    room[used++] = (byte)((high << 4) | low);
                    i += 2;
                    break;
                case (byte)'?' when !inForm:
                    // Behind the path a plus means a blank.
                    inForm = true;
                    room[used++] = (byte)'?';
                    break;
                default:
                    room[used++] = source[i];
                    break;
            }
        }

        return sample.SetText(room[..used]);
    }

    public static bool UrlEncode(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(sample.Bytes.Length * 3);
        var used = 0;
        foreach (var b in sample.Bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                room[used++] = b;
            }
            else
            {
                room[used++] = (byte)'%';
                room[used++] = "0123456789ABCDEF"u8[b >> 4];
                room[used++] = "0123456789ABCDEF"u8[b & 15];
            }
        }

        return sample.SetText(room[..used]);
    }

    internal static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static ReadOnlySpan<byte> PortOf(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host)
    {
        host = authority;
        var colon = authority.LastIndexOf((byte)':');
        if (colon < 0 || authority[colon..].Contains((byte)']'))
        {
            return default;
        }

        host = authority[..colon];
        return authority[(colon + 1)..];
    }
}

/// <summary>A part of a text between delimiters (<c>field</c>, <c>word</c>).</summary>
internal sealed class FieldConverter(int index, byte[] delimiters, long count, bool words) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample) =>
        words ? Word(ref sample) : Field(ref sample);

    private bool Field(ref Sample sample)
    {
        var text = sample.Bytes;
        var set = delimiters.AsSpan();
        if (index > 0)
        {
            var start = 0;
            for (var field = 1; ; field++)
            {
                var length = text[start..].IndexOfAny(set);
                var end = length < 0 ? text.Length : start + length;
                if (field == index)
                {
                    for (var more = count; more != 1 && end < text.Length; more--)
                    {
                        var next = text[(end + 1)..].IndexOfAny(set);
                        end = next < 0 ? text.Length : end + 1 + next;
                    }

                    return sample.SetText(text[start..end]);
                }

                if (length < 0)
                {
                    return false;
                }

                start = end + 1;
            }
        }

        var stop = text.Length;
        for (var field = -1; ; field--)
        {
            var begin = text[..stop].LastIndexOfAny(set) + 1;
            if (field == index)
            {
                for (var more = count; more != 1 && begin > 0; more--)
                {
                    begin = text[..(begin - 1)].LastIndexOfAny(set) + 1;
                }

                return sample.SetText(text[begin..stop]);
            }

            if (begin == 0)
            {
                return false;
            }

            stop = begin - 1;
        }
    }

    // Like fields, but empty ones are passed over.
    private bool Word(ref Sample sample)
    {
        var text = sample.Bytes;
        var set = delimiters.AsSpan();
        var at = 0;
        if (index > 0)
        {
            for (var word = 1; ; word++)
            {
                while (at < text.Length && set.Contains(text[at]))
                {
                    at++;
                }

                if (at >= text.Length)
                {
                    return sample.SetText(default);
                }

                var end = EndOfWord(text, at);
                if (word == index)
                {
                    for (var more = count; more != 1 && end < text.Length; more--)
                    {
                        var next = end;
                        while (next < text.Length && set.Contains(text[next]))
                        {
                            next++;
                        }

                        if (next == text.Length)
                        {
                            break;
                        }

                        end = EndOfWord(text, next);
                    }

                    return sample.SetText(text[at..end]);
                }

                at = end;
            }
        }

        var stop = text.Length;
        for (var word = -1; ; word--)
        {
            while (stop > 0 && set.Contains(text[stop - 1]))
            {
                stop--;
            }

            if (stop == 0)
            {
                return sample.SetText(default);
            }

            var begin = text[..stop].LastIndexOfAny(set) + 1;
            if (word == index)
            {
                for (var more = count; more != 1 && begin > 0; more--)
                {
                    var next = begin;
                    while (next > 0 && set.Contains(text[next - 1]))
                    {
                        next--;
                    }

                    if (next == 0)
                    {
                        break;
                    }

                    begin = text[..next].LastIndexOfAny(set) + 1;
                }

                return sample.SetText(text[begin..stop]);
            }

            stop = begin;
        }
    }

    private int EndOfWord(ReadOnlySpan<byte> text, int from)
    {
        var length = text[from..].IndexOfAny(delimiters.AsSpan());
        return length < 0 ? text.Length : from + length;
    }
}

/// <summary>A part of bytes (<c>bytes</c>).</summary>
internal sealed class BytesConverter(NumberSource offset, NumberSource length, bool hasLength) : SampleConverter
{
    public override SampleType Input => SampleType.Binary;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if (!offset.TryGet(subject, out var from) || from < 0)
        {
            return false;
        }

        if (from >= sample.Bytes.Length)
        {
            return sample.SetBinary(default);
        }

        var rest = sample.Bytes[(int)from..];
        if (!hasLength)
        {
            return sample.SetBinary(rest);
        }

        return length.TryGet(subject, out var most) && most >= 0 && sample.SetBinary(rest[..(int)Math.Min(most, rest.Length)]);
    }
}

/// <summary>Takes bytes away at an end (<c>ltrim</c>, <c>rtrim</c>).</summary>
internal sealed class TrimConverter(byte[] set, bool start) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample) =>
        sample.SetText(start ? sample.Bytes.TrimStart(set) : sample.Bytes.TrimEnd(set));
}

/// <summary>Appends text, a variable and text (<c>concat</c>).</summary>
internal sealed class ConcatConverter(byte[] before, TextSource middle, byte[] after) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var value = middle.TryGet(subject, out var text) ? text : default;
        var room = subject.Scratch.Take(sample.Bytes.Length + before.Length + value.Length + after.Length);
        var used = Append(sample.Bytes, room, 0);
        used = Append(before, room, used);
        used = Append(value, room, used);
        Append(after, room, used);
        return sample.SetText(room);
    }

    internal static int Append(ReadOnlySpan<byte> bytes, Span<byte> room, int used)
    {
        bytes.CopyTo(room[used..]);
        return used + bytes.Length;
    }
}

/// <summary>Appends an item to a list (<c>add_item</c>).</summary>
internal sealed class AddItemConverter(byte[] delimiter, TextSource item, byte[] suffix) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var has = item.TryGet(subject, out var value) && !item.IsEmpty;
        if (!has)
        {
            value = default;
        }

        var added = value.Length + suffix.Length;
        var between = sample.Bytes.Length > 0 && added > 0;
        var room = subject.Scratch.Take(sample.Bytes.Length + (between ? delimiter.Length : 0) + added);
        var used = ConcatConverter.Append(sample.Bytes, room, 0);
        used = between ? ConcatConverter.Append(delimiter, room, used) : used;
        used = ConcatConverter.Append(value, room, used);
        ConcatConverter.Append(suffix, room, used);
        return sample.SetText(room);
    }
}

/// <summary>Compares with a variable as strcmp() does (<c>strcmp</c>).</summary>
internal sealed class TextCompareConverter(TextSource other) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if (!other.TryGet(subject, out var text))
        {
            return false;
        }

        var most = Math.Min(text.Length, sample.Bytes.Length);
        for (var i = 0; i < most; i++)
        {
            var difference = sample.Bytes[i] - text[i];
            if (difference != 0)
            {
                return sample.SetInteger(difference);
            }
        }

        return sample.SetInteger(Math.Sign(sample.Bytes.Length - text.Length));
    }
}

/// <summary>Compares with a variable in a time that tells nothing (<c>secure_memcmp</c>).</summary>
internal sealed class SecureCompareConverter(TextSource other) : SampleConverter
{
    public override SampleType Input => SampleType.Binary;

    public override bool TryConvert(RuleSubject subject, ref Sample sample) => other.TryGet(subject, out var bytes, SampleType.Binary)
        && sample.SetBool(System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(sample.Bytes, bytes));
}

/// <summary>One of two texts (<c>iif</c>).</summary>
internal sealed class IfElseConverter(byte[] yes, byte[] no) : SampleConverter
{
    public override SampleType Input => SampleType.Bool;

    public override bool TryConvert(RuleSubject subject, ref Sample sample) => sample.SetText(sample.Number != 0 ? yes : no);
}

/// <summary>The best language of an Accept-Language header among those offered (<c>language</c>).</summary>
internal sealed class LanguageConverter(byte[][] offered, byte[]? fallback) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        byte[]? best = null;
        var bestWeight = -1;
        var text = sample.Bytes;
        while (!text.IsEmpty)
        {
            var comma = text.IndexOf((byte)',');
            var entry = (comma < 0 ? text : text[..comma]).Trim(" \t"u8);
            text = comma < 0 ? default : text[(comma + 1)..];
            var semicolon = entry.IndexOf((byte)';');
            var tag = (semicolon < 0 ? entry : entry[..semicolon]).Trim(" \t"u8);
            var weight = 1000;
            if (semicolon >= 0)
            {
                var quality = entry[(semicolon + 1)..].Trim(" \t"u8);
                if (!quality.StartsWith("q="u8))
                {
                    continue;
                }

                weight = Weight(quality[2..]);
            }

            foreach (var candidate in offered)
            {
                if (tag.SequenceEqual(candidate) && weight > bestWeight)
                {
                    (best, bestWeight) = (candidate, weight);
                }
            }
        }

        return best is not null ? sample.SetText(best) : fallback is not null && sample.SetText(fallback);
    }

    // "0.5" in thousandths.
    private static int Weight(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'0' or (byte)'1'))
        {
            return 1000;
        }

        var weight = (text[0] - '0') * 1000;
        var scale = 100;
        for (var i = 2; i < text.Length && i < 5 && text[i] is >= (byte)'0' and <= (byte)'9'; i++, scale /= 10)
        {
            weight += (text[i] - '0') * scale;
        }

        return Math.Min(weight, 1000);
    }
}

using System.Buffers;
using System.Buffers.Text;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Base 64 and hexadecimal digits.</summary>
internal static class EncodingConverters
{
    public static bool Base64Encode(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(Base64.GetMaxEncodedToUtf8Length(sample.Bytes.Length));
        return Base64.EncodeToUtf8(sample.Bytes, room, out _, out var length) == OperationStatus.Done && sample.SetText(room[..length]);
    }

    public static bool Base64Decode(RuleSubject subject, ref Sample sample)
    {
        var text = sample.Bytes;
        if (text.Length % 4 != 0)
        {
            return false;
        }

        var room = subject.Scratch.Take(Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3);
        return Base64.DecodeFromUtf8(text, room, out _, out var length) == OperationStatus.Done && sample.SetBinary(room[..length]);
    }

    public static bool Base64UrlEncode(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(Base64Url.GetEncodedLength(sample.Bytes.Length));
        return Base64Url.EncodeToUtf8(sample.Bytes, room, out _, out var length) == OperationStatus.Done && sample.SetText(room[..length]);
    }

    public static bool Base64UrlDecode(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(Base64Url.GetMaxDecodedLength(sample.Bytes.Length) + 3);
        return Base64Url.DecodeFromUtf8(sample.Bytes, room, out _, out var length) == OperationStatus.Done && sample.SetBinary(room[..length]);
    }

    public static bool Hex(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(sample.Bytes.Length * 2);
        for (var i = 0; i < sample.Bytes.Length; i++)
        {
            room[i * 2] = "0123456789ABCDEF"u8[sample.Bytes[i] >> 4];
            room[(i * 2) + 1] = "0123456789ABCDEF"u8[sample.Bytes[i] & 15];
        }

        return sample.SetText(room);
    }

    public static bool HexToInteger(RuleSubject subject, ref Sample sample)
    {
        long value = 0;
        foreach (var b in sample.Bytes)
        {
            var digit = TextConverters.Digit(b);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)digit;
        }

        return sample.SetInteger(value);
    }
}

/// <summary>Bytes as numbers or digits in groups (<c>be2dec</c>, <c>be2hex</c>).</summary>
internal sealed class BigEndianConverter(byte[] separator, int chunk, bool truncate, bool hex) : SampleConverter
{
    public override Ir.Expressions.SampleType Input => Ir.Expressions.SampleType.Binary;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var bytes = sample.Bytes;
        var room = subject.Scratch.Take((bytes.Length * (3 + separator.Length)) + 20);
        var used = 0;
        for (var at = 0; at < bytes.Length; at += chunk)
        {
            var size = Math.Min(chunk, bytes.Length - at);
            if (truncate && size < chunk)
            {
                break;
            }

            if (at > 0)
            {
                separator.CopyTo(room[used..]);
                used += separator.Length;
            }

            ulong value = 0;
            foreach (var b in bytes.Slice(at, size))
            {
                if (hex)
                {
                    room[used++] = "0123456789ABCDEF"u8[b >> 4];
                    room[used++] = "0123456789ABCDEF"u8[b & 15];
                }

                value = (value << 8) | b;
            }

            if (!hex)
            {
                Utf8Formatter.TryFormat(value, room[used..], out var written);
                used += written;
            }
        }

        return sample.SetText(room[..used]);
    }
}

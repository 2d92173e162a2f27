using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Makes samples of one type from those of another (configuration manual 7.3.1, the conversion table).</summary>
public static class SampleCasts
{
    /// <summary>Makes the sample that type; false where it cannot be.</summary>
    public static bool TryCast(RuleSubject subject, ref Sample sample, SampleType to)
    {
        if (sample.Type == to || to == SampleType.Any)
        {
            return true;
        }

        return to switch
        {
            SampleType.Bool => ToBool(ref sample),
            SampleType.Integer => ToInteger(ref sample),
            SampleType.Address => sample.Type is SampleType.IPv4 or SampleType.IPv6 || ToAddress(subject, ref sample),
            SampleType.IPv4 => ToIPv4(subject, ref sample),
            SampleType.IPv6 => ToIPv6(subject, ref sample),
            SampleType.Text => ToText(subject, ref sample),
            SampleType.Binary => ToBinary(subject, ref sample),
            _ => false,
        };
    }

    /// <summary>Reads a signed number at the start of a text, as strtoll() does; without digits it is 0.</summary>
    public static long ReadInteger(ReadOnlySpan<byte> text)
    {
        var at = 0;
        var negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            at++;
        }

        ulong value = 0;
        const ulong Most = long.MaxValue;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            var digit = (ulong)(text[at] - '0');
            if (value > (Most - digit) / 10)
            {
                return negative ? long.MinValue : long.MaxValue;
            }

            value = (value * 10) + digit;
        }

        return negative ? -(long)value : (long)value;
    }

    /// <summary>Reads an address; false where the text is none.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> text, Span<byte> into, out int length)
    {
        length = 0;
        if (text.IsEmpty || text.Length > 45)
        {
            return false;
        }

        if (text.Contains((byte)':'))
        {
            Span<char> characters = stackalloc char[45];
            var count = System.Text.Encoding.Latin1.GetChars(text, characters);
            if (!IPAddress.TryParse(characters[..count], out var address))
            {
                return false;
            }

            return address.TryWriteBytes(into, out length) && length == 16;
        }

        for (var part = 0; part < 4; part++)
        {
            if (!Utf8Parser.TryParse(text, out byte value, out var used) || used > 3)
            {
                return false;
            }

            into[part] = value;
            text = text[used..];
            if (part < 3)
            {
                if (text.IsEmpty || text[0] != '.')
                {
                    return false;
                }

                text = text[1..];
            }
        }

        length = 4;
        return text.IsEmpty;
    }

    private static bool ToBool(ref Sample sample) => sample.Type switch
    {
        SampleType.Integer => sample.SetBool(sample.Number != 0),
        SampleType.Text => sample.SetBool(ReadInteger(sample.Bytes) != 0),
        _ => false,
    };

    private static bool ToInteger(ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Bool:
                return sample.SetInteger(sample.Number);
            case SampleType.IPv4:
                return sample.SetInteger(BinaryPrimitives.ReadUInt32BigEndian(sample.Bytes));
            case SampleType.Text:
                return sample.SetInteger(ReadInteger(sample.Bytes));
            case SampleType.Binary:
                var value = 0L;
                foreach (var b in sample.Bytes[..Math.Min(8, sample.Bytes.Length)])
                {
                    value = (value << 8) | b;
                }

                return sample.SetInteger(value);
            default:
                return false;
        }
    }

    private static bool ToAddress(RuleSubject subject, ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Integer:
                var number = subject.Scratch.Take(4);
                BinaryPrimitives.WriteUInt32BigEndian(number, (uint)sample.Number);
                return sample.SetAddress(number);
            case SampleType.Text:
                var room = subject.Scratch.Take(16);
                return TryReadAddress(sample.Bytes, room, out var length) && sample.SetAddress(room[..length]);
            default:
                return false;
        }
    }

    private static bool ToIPv4(RuleSubject subject, ref Sample sample)
    {
        if (sample.Type != SampleType.IPv6 && !ToAddress(subject, ref sample))
        {
            return false;
        }

        if (sample.Type == SampleType.IPv6)
        {
            // Mapped (::ffff:a.b.c.d) addresses and those of 6to4 hold one of IPv4.
            var bytes = sample.Bytes;
            if (bytes[..10].IndexOfAnyExcept((byte)0) >= 0 || bytes[10] != 0xff || bytes[11] != 0xff)
            {
                return false;
            }

            return sample.SetAddress(bytes[12..]);
        }

        return true;
    }

    private static bool ToIPv6(RuleSubject subject, ref Sample sample)
    {
        if (sample.Type != SampleType.IPv4 && !ToAddress(subject, ref sample))
        {
            return false;
        }

        if (sample.Type == SampleType.IPv4)
        {
            var room = subject.Scratch.Take(16);
            room.Clear();
            room[10] = room[11] = 0xff;
            sample.Bytes.CopyTo(room[12..]);
            return sample.SetAddress(room);
        }

        return true;
    }

    private static bool ToText(RuleSubject subject, ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Bool or SampleType.Integer:
                var digits = subject.Scratch.Take(20);
                Utf8Formatter.TryFormat(sample.Number, digits, out var length);
                return sample.SetText(digits[..length]);
            case SampleType.IPv4 or SampleType.IPv6:
                var room = subject.Scratch.Take(46);
                return AddressWriter.TryWrite(sample.Bytes, room, out var used) && sample.SetText(room[..used]);
            case SampleType.Binary or SampleType.Method:
                return sample.SetText(sample.Bytes);
            default:
                return false;
        }
    }

    private static bool ToBinary(RuleSubject subject, ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Bool or SampleType.Integer:
                var number = subject.Scratch.Take(8);
                BinaryPrimitives.WriteInt64BigEndian(number, sample.Number);
                return sample.SetBinary(number);
            case SampleType.Method or SampleType.Text or SampleType.IPv4 or SampleType.IPv6:
                return sample.SetBinary(sample.Bytes);
            default:
                return false;
        }
    }
}

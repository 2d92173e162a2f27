using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Formats;

/// <summary>A compiled log format (configuration manual 8.2.6).</summary>
/// <remarks>What does not fit is cut: a line of a log is as long as the log allows, and a header as long as the caller's room.</remarks>
public sealed class LogFormatProgram
{
    private readonly FormatPart[] _parts;

    internal LogFormatProgram(FormatPart[] parts) => _parts = parts;

    /// <summary>The text, where the format is nothing but text.</summary>
    internal byte[]? Constant => _parts switch { [] => [], [LiteralFormatPart literal] => literal.Bytes, _ => null };

    /// <summary>Writes the text; returns how many bytes were written.</summary>
    public int Write(RuleSubject subject, Span<byte> into)
    {
        var writer = new FormatWriter(into);
        foreach (var part in _parts)
        {
            part.Write(subject, ref writer);
        }

        return writer.Length;
    }

    /// <summary>Writes the text into the subject's scratch. The caller marks and releases it.</summary>
    public ReadOnlySpan<byte> WriteToScratch(RuleSubject subject)
    {
        if (Constant is { } constant)
        {
            return constant;
        }

        // The room is taken first and given back but for what was used, since the parts need scratch of their own behind it.
        var room = subject.Scratch.Take(subject.Scratch.MaxLength);
        var used = Write(subject, room);
        subject.Scratch.Shrink(room.Length - used);
        return room[..used];
    }
}

/// <summary>Room that a format writes to.</summary>
internal ref struct FormatWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    /// <summary>The last byte written was a separator, or nothing was written.</summary>
    public bool AfterSeparator { get; private set; } = true;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What is left.</summary>
    public readonly Span<byte> Rest => _room[Length..];

    /// <summary>Says that bytes were written to <see cref="Rest"/>.</summary>
    public void Advance(int count)
    {
        Length += count;
        AfterSeparator = count > 0 ? false : AfterSeparator;
    }

    /// <summary>Writes a blank unless one was just written.</summary>
    public void Separate()
    {
        if (!AfterSeparator && Length < _room.Length)
        {
            _room[Length++] = (byte)' ';
            AfterSeparator = true;
        }
    }

    /// <summary>Writes bytes, as many as fit.</summary>
    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, _room.Length - Length)];
        bytes.CopyTo(_room[Length..]);
        Advance(bytes.Length);
    }

    /// <summary>Writes a byte.</summary>
    public void Append(byte value)
    {
        if (Length < _room.Length)
        {
            _room[Length] = value;
            Advance(1);
        }
    }

    /// <summary>Writes a number.</summary>
    public void Append(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(number, digits, out var used);
        Append(digits[..used]);
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public void Append(long number, int width)
    {
        Span<byte> digits = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(number, digits, out var used);
        for (var i = used; i < width; i++)
        {
            Append((byte)'0');
        }

        Append(digits[..used]);
    }

    /// <summary>Writes a number as upper-case hexadecimal digits.</summary>
    public void AppendHex(long number, int width)
    {
        Span<byte> digits = stackalloc byte[16];
        System.Buffers.Text.Utf8Formatter.TryFormat((ulong)number, digits, out var used, new System.Buffers.StandardFormat('X', (byte)width));
        Append(digits[..used]);
    }

    /// <summary>Writes text with the flags' quotes and escapes.</summary>
    public void AppendText(scoped ReadOnlySpan<byte> text, LogFormatFlags flags, bool dash)
    {
        var quoted = (flags & LogFormatFlags.Quote) != 0;
        if (text.IsEmpty && !quoted)
        {
            if (dash)
            {
                Append((byte)'-');
            }

            return;
        }

        if (quoted)
        {
            Append((byte)'"');
        }

        if ((flags & LogFormatFlags.Escape) == 0)
        {
            Append(text);
        }
        else
        {
            foreach (var b in text)
            {
                if (b is (byte)'"' or (byte)'\\' or (byte)']')
                {
                    Append((byte)'\\');
                }

                Append(b);
            }
        }

        if (quoted)
        {
            Append((byte)'"');
        }
    }

    /// <summary>Writes text for a message: control characters but the tabulator become "%XX".</summary>
    public void AppendForMessage(scoped ReadOnlySpan<byte> text, LogFormatFlags flags)
    {
        if ((flags & LogFormatFlags.Escape) == 0 && !text.ContainsAnyInRange((byte)0, (byte)31) && !text.Contains((byte)127))
        {
            Append(text);
            return;
        }

        foreach (var b in text)
        {
            if ((b < 32 && b != '\t') || b == 127)
            {
                Append((byte)'%');
                Append("0123456789ABCDEF"u8[b >> 4]);
                Append("0123456789ABCDEF"u8[b & 15]);
                continue;
            }

            if ((flags & LogFormatFlags.Escape) != 0 && b is (byte)'"' or (byte)'\\' or (byte)']')
            {
                Append((byte)'\\');
            }

            Append(b);
        }
    }

    /// <summary>Writes text whose bytes outside printable ASCII, and those of a set, become "#XX" (configuration manual 8.6).</summary>
    public void AppendEncoded(scoped ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> set, LogFormatFlags flags)
    {
        foreach (var b in text)
        {
            if (b is < 32 or >= 127 || set.Contains(b))
            {
                Append((byte)'#');
                Append("0123456789ABCDEF"u8[b >> 4]);
                Append("0123456789ABCDEF"u8[b & 15]);
                continue;
            }

            if ((flags & LogFormatFlags.Escape) != 0 && b is (byte)'"' or (byte)'\\' or (byte)']')
            {
                Append((byte)'\\');
            }

            Append(b);
        }
    }
}

/// <summary>A part of a format.</summary>
internal abstract class FormatPart
{
    public abstract void Write(RuleSubject subject, ref FormatWriter writer);
}

/// <summary>Fixed text.</summary>
internal sealed class LiteralFormatPart(byte[] bytes) : FormatPart
{
    public byte[] Bytes => bytes;

    public override void Write(RuleSubject subject, ref FormatWriter writer) => writer.Append(bytes);
}

/// <summary>Blanks.</summary>
internal sealed class SeparatorFormatPart : FormatPart
{
    public override void Write(RuleSubject subject, ref FormatWriter writer) => writer.Separate();
}

/// <summary>A sample.</summary>
internal sealed class SampleFormatPart(SampleProgram sample, LogFormatFlags flags, bool dash, bool encode) : FormatPart
{
    public override void Write(RuleSubject subject, ref FormatWriter writer)
    {
        var mark = subject.Scratch.Mark();
        sample.TryGetText(subject, out var text);
        if (encode)
        {
            writer.AppendForMessage(text, flags);
        }
        else
        {
            writer.AppendText(text, flags, dash);
        }

        subject.Scratch.Release(mark);
    }
}

using System.Buffers.Binary;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Fetches of bytes that came and were not taken yet (configuration manual 7.3.5).</summary>
internal static class BufferFetches
{
    /// <summary>Says that there is no value yet: more bytes may bring it.</summary>
    public static bool Missing(RuleSubject subject)
    {
        subject.IsMissing |= !subject.IsBufferFinal;
        return false;
    }

    public static bool Length(RuleSubject subject, ReadOnlySpan<byte> buffer, ref Sample sample)
    {
        subject.MayChange |= !subject.IsBufferFinal;
        return sample.SetInteger(buffer.Length);
    }

    public static bool Payload(RuleSubject subject, ReadOnlySpan<byte> buffer, int offset, int length, ref Sample sample)
    {
        if (offset + length > buffer.Length)
        {
            return Missing(subject);
        }

        if (length == 0)
        {
            subject.MayChange |= !subject.IsBufferFinal;
            return offset < buffer.Length ? sample.SetBinary(buffer[offset..]) : Missing(subject);
        }

        return sample.SetBinary(buffer.Slice(offset, length));
    }

    public static bool PayloadByLength(
        RuleSubject subject, ReadOnlySpan<byte> buffer, int offset, int lengthSize, int? value, bool relative, ref Sample sample)
    {
        if (offset + lengthSize > buffer.Length)
        {
            return Missing(subject);
        }

        var length = 0;
        foreach (var b in buffer.Slice(offset, lengthSize))
        {
            length = (length << 8) | b;
        }

        var start = value is { } given ? (relative ? offset + lengthSize + given : given) : offset + lengthSize;
        if (length <= 0 || start < 0)
        {
            return false;
        }

        return (long)start + length > buffer.Length ? Missing(subject) : sample.SetBinary(buffer.Slice(start, length));
    }

    public static bool WaitEnd(RuleSubject subject, ref Sample sample) =>
        subject.IsBufferFinal ? sample.SetBool(true) : Missing(subject);

    public static bool IsHttp(RuleSubject subject, ref Sample sample)
    {
        if (subject.Request is not null)
        {
            return sample.SetBool(true);
        }

        var buffer = subject.RequestBuffer;
        var end = buffer.IndexOf((byte)'\n');
        if (end < 0)
        {
            return subject.IsBufferFinal ? sample.SetBool(false) : Missing(subject);
        }

        var line = buffer[..end].TrimEnd((byte)'\r');
        var space = line.LastIndexOf((byte)' ');
        return sample.SetBool(space > 0 && line[(space + 1)..].StartsWith("HTTP/"u8) && line[..space].Contains((byte)' '));
    }

    /// <summary>Reads the first record of a TLS connection, a ClientHello (RFC 8446 section 4.1.2) or that of SSL 2.</summary>
    /// <returns>False where it is none, or not complete yet.</returns>
    public static bool TryHello(RuleSubject subject, ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> body, out byte type)
    {
        body = default;
        type = 0;
        if (buffer.Length < 5)
        {
            return Missing(subject);
        }

        if (buffer[0] != 0x16 || buffer[1] < 3)
        {
            return false;
        }

        var record = BinaryPrimitives.ReadUInt16BigEndian(buffer[3..]);
        if (buffer.Length < 9)
        {
            return Missing(subject);
        }

        type = buffer[5];
        var length = (buffer[6] << 16) | (buffer[7] << 8) | buffer[8];
        if (record < 4)
        {
            return false;
        }

        if (buffer.Length < 9 + length)
        {
            return Missing(subject);
        }

        body = buffer.Slice(9, length);
        return true;
    }

    public static bool HelloType(RuleSubject subject, ReadOnlySpan<byte> buffer, ref Sample sample)
    {
        if (TryHello(subject, buffer, out _, out var type))
        {
            return sample.SetInteger(type);
        }

        // A server may answer with a type of record other than a handshake: then there is no hello.
        return false;
    }

    public static bool HelloVersion(RuleSubject subject, ref Sample sample)
    {
        var buffer = subject.RequestBuffer;
        if (buffer.Length < 5)
        {
            return Missing(subject);
        }

        if (buffer[0] != 0x16)
        {
            return false;
        }

        if (buffer.Length < 11)
        {
            return Missing(subject);
        }

        return sample.SetInteger((buffer[9] << 16) + buffer[10]);
    }

    /// <summary>Finds an extension of the ClientHello.</summary>
    public static bool TryExtension(RuleSubject subject, int wanted, out ReadOnlySpan<byte> extension)
    {
        extension = default;
        if (!TryHello(subject, subject.RequestBuffer, out var body, out var type) || type != 1)
        {
            return false;
        }

        // Version and random, session id, cipher suites, compression methods; then the extensions.
        var at = 34;
        if (!Skip(body, ref at, 1) || !Skip(body, ref at, 2) || !Skip(body, ref at, 1) || at + 2 > body.Length)
        {
            return false;
        }

        at += 2;
        while (at + 4 <= body.Length)
        {
            var kind = BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(body[(at + 2)..]);
            if (at + 4 + length > body.Length)
            {
                return false;
            }

            if (kind == wanted)
            {
                extension = body.Slice(at + 4, length);
                return true;
            }

            at += 4 + length;
        }

        return false;
    }

    public static bool ServerName(RuleSubject subject, ref Sample sample)
    {
        if (!TryExtension(subject, 0, out var extension) || extension.Length < 5 || extension[2] != 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(extension[3..]);
        return extension.Length >= 5 + length && sample.SetText(extension.Slice(5, length));
    }

    public static bool Alpn(RuleSubject subject, ref Sample sample)
    {
        if (!TryExtension(subject, 16, out var extension) || extension.Length < 3)
        {
            return false;
        }

        // Names with a length each become a list with commas.
        var room = subject.Scratch.Take(extension.Length);
        var used = 0;
        for (var at = 2; at < extension.Length;)
        {
            int length = extension[at++];
            if (at + length > extension.Length)
            {
                break;
            }

            if (used > 0)
            {
                room[used++] = (byte)',';
            }

            extension.Slice(at, length).CopyTo(room[used..]);
            used += length;
            at += length;
        }

        return sample.SetText(room[..used]);
    }

    private static bool Skip(ReadOnlySpan<byte> body, ref int at, int size)
    {
        if (at + size > body.Length)
        {
            return false;
        }

        var length = size == 1 ? body[at] : BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
        at += size + length;
        return at <= body.Length;
    }
}

using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>A value of a header: one of the comma-separated ones, or a whole line (<c>hdr</c>, <c>fhdr</c>).</summary>
/// <param name="name">The name; empty: any header.</param>
/// <param name="occurrence">Which value: 1 the first, -1 the last; 0 all of them for ACLs, else the last.</param>
/// <param name="full">Whole lines rather than values.</param>
/// <param name="response">Of the response.</param>
internal class HeaderFetch(byte[] name, int occurrence, bool full, bool response) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        Head(subject) is { } head && Pick(head, occurrence == 0 ? -1 : occurrence, out var value) && Finish(subject, value, ref sample);

    public override bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor)
    {
        if (occurrence != 0)
        {
            return cursor++ == 0 && TryGet(subject, ref sample);
        }

        if (Head(subject) is not { } head)
        {
            return false;
        }

        while (Pick(head, ++cursor, out var value))
        {
            if (Finish(subject, value, ref sample))
            {
                return true;
            }
        }

        return false;
    }

    protected virtual bool Finish(RuleSubject subject, ReadOnlySpan<byte> value, ref Sample sample) => sample.SetText(value);

    private HttpHead? Head(RuleSubject subject) => response ? subject.Response : subject.Request;

    private bool Pick(HttpHead head, int wanted, out ReadOnlySpan<byte> found)
    {
        if (wanted > 0)
        {
            return Nth(head, wanted, out found);
        }

        var count = HeaderCountFetch.Count(head, name, full);
        var index = count + 1 + wanted;
        found = default;
        return index > 0 && Nth(head, index, out found);
    }

    private bool Nth(HttpHead head, int index, out ReadOnlySpan<byte> found)
    {
        found = default;
        if (name.Length == 0)
        {
            for (var i = 0; i < head.FieldCount; i++)
            {
                if (head.Field(i).Removed)
                {
                    continue;
                }

                var rest = head.ValueOf(i);
                while (true)
                {
                    var comma = full ? rest.Length : HeaderCountFetch.NextComma(rest);
                    if (--index == 0)
                    {
                        found = rest[..comma].Trim(" \t"u8);
                        return true;
                    }

                    if (comma == rest.Length)
                    {
                        break;
                    }

                    rest = rest[(comma + 1)..];
                }
            }

            return false;
        }

        if (full)
        {
            var cursor = 0;
            for (var i = head.Find(name, ref cursor); i >= 0; i = head.Find(name, ref cursor))
            {
                if (--index == 0)
                {
                    // Rules may have set it with blanks around it; those are sent, but not seen.
                    found = head.ValueOf(i).Trim(" \t"u8);
                    return true;
                }
            }

            return false;
        }

        foreach (var value in head.Values(name))
        {
            if (--index == 0)
            {
                found = value;
                return true;
            }
        }

        return false;
    }
}

/// <summary>A header's value as an address (<c>hdr_ip</c>).</summary>
internal sealed class HeaderAddressFetch(byte[] name, int occurrence, bool response) : HeaderFetch(name, occurrence, full: false, response)
{
    // A port may stand behind the address: "192.0.2.1:80", "[2001:db8::1]:80".
    protected override bool Finish(RuleSubject subject, ReadOnlySpan<byte> value, ref Sample sample)
    {
        var room = subject.Scratch.Take(16);
        if (value.Length > 2 && value[0] == '[')
        {
            var end = value.IndexOf((byte)']');
            value = end < 0 ? value : value[1..end];
        }
        else if (value.Count((byte)':') == 1)
        {
            value = value[..value.IndexOf((byte)':')];
        }

        return SampleCasts.TryReadAddress(value, room, out var length) && sample.SetAddress(room[..length]);
    }
}

/// <summary>A header's value as a number (<c>hdr_val</c>).</summary>
internal sealed class HeaderNumberFetch(byte[] name, int occurrence, bool response) : HeaderFetch(name, occurrence, full: false, response)
{
    protected override bool Finish(RuleSubject subject, ReadOnlySpan<byte> value, ref Sample sample) =>
        sample.SetInteger(SampleCasts.ReadInteger(value));
}

/// <summary>How many values, or lines, of a header there are (<c>hdr_cnt</c>, <c>fhdr_cnt</c>).</summary>
internal sealed class HeaderCountFetch(byte[] name, bool full, bool response) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        (response ? subject.Response : subject.Request) is { } head && sample.SetInteger(Count(head, name, full));

    /// <summary>Offset of the first comma outside quotes, or the length.</summary>
    internal static int NextComma(ReadOnlySpan<byte> value)
    {
        var quoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                quoted = !quoted;
            }
            else if (value[i] == '\\' && quoted)
            {
                i++;
            }
            else if (value[i] == ',' && !quoted)
            {
                return i;
            }
        }

        return value.Length;
    }

    private static int CountAll(HttpHead head)
    {
        var count = 0;
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (head.Field(i).Removed)
            {
                continue;
            }

            count++;
            var rest = head.ValueOf(i);
            for (var comma = NextComma(rest); comma < rest.Length; comma = NextComma(rest))
            {
                count++;
                rest = rest[(comma + 1)..];
            }
        }

        return count;
    }

    internal static int Count(HttpHead head, byte[] name, bool full)
    {
        if (name.Length == 0)
        {
            return full ? head.LiveCount : CountAll(head);
        }

        var count = 0;
        if (full)
        {
            var cursor = 0;
            while (head.Find(name, ref cursor) >= 0)
            {
                count++;
            }

            return count;
        }

        foreach (var value in head.Values(name))
        {
            _ = value;
            count++;
        }

        return count;
    }
}

/// <summary>Names of all headers, joined (<c>hdr_names</c>).</summary>
internal sealed class HeaderNamesFetch(byte delimiter, bool response) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return false;
        }

        var room = subject.Scratch.Take(head.Used + head.FieldCount);
        var used = 0;
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (head.Field(i).Removed)
            {
                continue;
            }

            if (used > 0)
            {
                room[used++] = delimiter;
            }

            head.NameOf(i).CopyTo(room[used..]);
            used += head.NameOf(i).Length;
        }

        return sample.SetText(room[..used]);
    }
}

/// <summary>All headers as text (<c>hdrs</c>) or with lengths (<c>hdrs_bin</c>).</summary>
internal sealed class AllHeadersFetch(bool binary, bool response) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample)
    {
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return false;
        }

        var room = subject.Scratch.Take(head.Used + (head.FieldCount * 10) + 10);
        var used = 0;
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (head.Field(i).Removed)
            {
                continue;
            }

            if (binary)
            {
                Put(head.NameOf(i), room, ref used);
                Put(head.ValueOf(i), room, ref used);
            }
            else
            {
                Append(head.NameOf(i), room, ref used);
                Append(": "u8, room, ref used);
                Append(head.ValueOf(i), room, ref used);
                Append("\r\n"u8, room, ref used);
            }
        }

        if (binary)
        {
            room[used++] = 0;
            room[used++] = 0;
        }
        else
        {
            Append("\r\n"u8, room, ref used);
        }

        return sample.SetBinary(room[..used]);
    }

    private static void Append(ReadOnlySpan<byte> bytes, Span<byte> room, ref int used)
    {
        bytes.CopyTo(room[used..]);
        used += bytes.Length;
    }

    // Lengths are SPOE's variable-length integers.
    private static void Put(ReadOnlySpan<byte> bytes, Span<byte> room, ref int used)
    {
        var length = (ulong)bytes.Length;
        if (length < 0xf0)
        {
            room[used++] = (byte)length;
        }
        else
        {
            room[used++] = (byte)(length | 0xf0);
            length = (length - 0xf0) >> 4;
            while (length >= 0x80)
            {
                room[used++] = (byte)(length | 0x80);
                length = (length - 0x80) >> 7;
            }

            room[used++] = (byte)length;
        }

        Append(bytes, room, ref used);
    }
}

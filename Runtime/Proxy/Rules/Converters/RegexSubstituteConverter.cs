using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Replaces what an expression matches (<c>regsub</c>).</summary>
/// <param name="regex">The expression.</param>
/// <param name="replacement">The text, with <c>\0</c> to <c>\9</c> for groups.</param>
/// <param name="global">Everywhere rather than once.</param>
internal sealed class RegexSubstituteConverter(CompiledRegex regex, byte[] replacement, bool global) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        var text = sample.Bytes;
        var room = subject.Scratch.Take(subject.Scratch.MaxLength);
        var used = 0;
        var at = 0;
        while (at <= text.Length)
        {
            // Each piece is matched on its own; "^" holds for the first alone.
            var rest = text[at..];
            var count = regex.Match(rest, 0, groups, notAtStart: at > 0);
            if (count == 0)
            {
                break;
            }

            if (!TryAppend(rest[..groups[0]], room, ref used) || !RegexReplacement.TryExpand(replacement, rest, groups, count, room, ref used))
            {
                return false;
            }

            var end = groups[1];
            if (end == groups[0])
            {
                // An empty match: one byte goes over, or the loop would never end.
                if (end >= rest.Length)
                {
                    at = text.Length + 1;
                    break;
                }

                room[used++] = rest[end];
                end++;
            }

            at += end;
            if (!global)
            {
                break;
            }
        }

        if (at < text.Length && !TryAppend(text[at..], room, ref used))
        {
            return false;
        }

        subject.Scratch.Shrink(room.Length - used);
        return sample.SetText(room[..used]);
    }

    private static bool TryAppend(ReadOnlySpan<byte> bytes, Span<byte> room, ref int used)
    {
        if (used + bytes.Length > room.Length)
        {
            return false;
        }

        bytes.CopyTo(room[used..]);
        used += bytes.Length;
        return true;
    }
}

/// <summary>Expands a replacement: <c>\0</c> to <c>\9</c> are groups, <c>\x41</c> a byte, another character behind a backslash itself.</summary>
internal static class RegexReplacement
{
    /// <summary>Appends the expansion; false where it does not fit.</summary>
    public static bool TryExpand(
        ReadOnlySpan<byte> replacement, ReadOnlySpan<byte> subject, ReadOnlySpan<int> groups, int count, Span<byte> room, ref int used)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            var b = replacement[i];
            if (b != '\\' || i + 1 >= replacement.Length)
            {
                if (used >= room.Length)
                {
                    return false;
                }

                room[used++] = b;
                continue;
            }

            i++;
            b = replacement[i];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                var group = b - '0';
                if (group >= count || group * 2 >= groups.Length || groups[group * 2] < 0)
                {
                    continue;
                }

                var piece = subject[groups[group * 2]..groups[(group * 2) + 1]];
                if (used + piece.Length > room.Length)
                {
                    return false;
                }

                piece.CopyTo(room[used..]);
                used += piece.Length;
                continue;
            }

            if (b == 'x' && i + 2 < replacement.Length && TextConverters.Digit(replacement[i + 1]) is >= 0 and var high
                && TextConverters.Digit(replacement[i + 2]) is >= 0 and var low)
            {
                b = (byte)((high << 4) | low);
                i += 2;
            }

            if (used >= room.Length)
            {
                return false;
            }

            room[used++] = b;
        }

        return true;
    }
}

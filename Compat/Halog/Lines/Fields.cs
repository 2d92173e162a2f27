using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dropin.Compat.Halog.Lines;

/// <summary>Finds fields, which one or more blanks separate; sixteen bytes are looked at in one step.</summary>
internal static class Fields
{
    /// <summary>Where the field begins that stands <paramref name="count"/> fields after the one at or after <paramref name="from"/>; -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<byte> text, int from, int count)
    {
        if (count < 0) return -1;
        ref var first = ref MemoryMarshal.GetReference(text);
        var blank = Vector128.Create((byte)' ');
        var place = from;
        var previous = 1u; // the byte before is taken for a blank
        for (; place + 16 <= text.Length; place += 16)
        {
            var blanks = Vector128.Equals(Vector128.LoadUnsafe(ref first, (nuint)place), blank).ExtractMostSignificantBits();
            var starts = ~blanks & ((blanks << 1) | previous) & 0xFFFF;
            previous = blanks >> 15;
            var here = BitOperations.PopCount(starts);
            if (here <= count)
            {
                count -= here;
                continue;
            }
            for (; count > 0; count--) starts &= starts - 1;
            return place + BitOperations.TrailingZeroCount(starts);
        }
        for (; place < text.Length; place++)
        {
            if (text[place] == ' ') previous = 1;
            else
            {
                if (previous == 1 && count-- == 0) return place;
                previous = 0;
            }
        }
        return -1;
    }

    /// <summary>Where the field at <paramref name="place"/> ends: at a blank or at the end of the line.</summary>
    public static int End(ReadOnlySpan<byte> text, int place)
    {
        var length = text[place..].IndexOf((byte)' ');
        return length < 0 ? text.Length : place + length;
    }

    /// <summary>The field after the one at <paramref name="place"/>; -1 when there is none.</summary>
    public static int Next(ReadOnlySpan<byte> text, int place) => Find(text, place, 1);
}

using System.Buffers.Binary;
using Dropin.Runtime.Buffers;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>ASCII lower case of header names, eight bytes a step; other bytes (also those above 127) are left alone.</summary>
internal static class LowerCase
{
    public static void InPlace(byte[] block, Slice range)
    {
        var name = block.AsSpan(range.Start, range.Length);
        while (name.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(name);
            BinaryPrimitives.WriteUInt64LittleEndian(name, Lower(word));
            name = name[8..];
        }

        for (var i = 0; i < name.Length; i++)
            if ((uint)(name[i] - 'A') <= 'Z' - 'A') name[i] |= 0x20;
    }

    // Per byte: the top bit of (b & 0x7f) + 0x3f says b >= 'A', of (b & 0x7f) + 0x25 says b > 'Z'; bytes above 127 are masked out.
    private static ulong Lower(ulong word)
    {
        var low = word & 0x7f7f7f7f7f7f7f7fUL;
        var atLeastA = low + 0x3f3f3f3f3f3f3f3fUL;
        var aboveZ = low + 0x2525252525252525UL;
        var upper = (atLeastA ^ aboveZ) & ~word & 0x8080808080808080UL;
        return word | (upper >> 2);
    }
}

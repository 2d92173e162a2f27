using System.Buffers.Binary;
using System.Numerics;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>SHA-224 (FIPS 180-4), which the base library does not offer.</summary>
internal static class Sha224
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 28;

    private const int Block = 64;

    private static readonly uint[] s_start =
        [0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4];

    private static readonly uint[] s_constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The digest of some bytes.</summary>
    /// <returns>How many bytes were written: always <see cref="Size"/>.</returns>
    public static int Hash(ReadOnlySpan<byte> bytes, Span<byte> digest) => Hash(default, bytes, digest);

    /// <summary>The digest with a key (RFC 2104).</summary>
    /// <returns>How many bytes were written: always <see cref="Size"/>.</returns>
    public static int Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        Span<byte> pad = stackalloc byte[Block];
        pad.Clear();
        if (key.Length > Block)
        {
            Hash(key, pad);
        }
        else
        {
            key.CopyTo(pad);
        }

        Mask(pad, 0x36);
        Span<byte> inner = stackalloc byte[Size];
        Hash(pad, bytes, inner);
        Mask(pad, 0x36 ^ 0x5c);
        return Hash(pad, inner, digest);
    }

    private static void Mask(Span<byte> bytes, byte mask)
    {
        foreach (ref var b in bytes)
        {
            b ^= mask;
        }
    }

    // The first block may stand alone: the key's of an HMAC.
    private static int Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        Span<uint> state = stackalloc uint[8];
        s_start.CopyTo(state);
        var bits = (ulong)(first.Length + bytes.Length) * 8;
        if (!first.IsEmpty)
        {
            Mix(state, first);
        }

        for (; bytes.Length >= Block; bytes = bytes[Block..])
        {
            Mix(state, bytes[..Block]);
        }

        Span<byte> last = stackalloc byte[Block * 2];
        last.Clear();
        bytes.CopyTo(last);
        last[bytes.Length] = 0x80;
        last = bytes.Length < Block - 8 ? last[..Block] : last;
        BinaryPrimitives.WriteUInt64BigEndian(last[^8..], bits);
        for (; !last.IsEmpty; last = last[Block..])
        {
            Mix(state, last[..Block]);
        }

        for (var i = 0; i < Size / 4; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * 4)..], state[i]);
        }

        return Size;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        }

        for (var i = 16; i < 64; i++)
        {
            var (x, y) = (words[i - 15], words[i - 2]);
            words[i] = words[i - 16] + words[i - 7]
                + (BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3))
                + (BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10));
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (var i = 0; i < 64; i++)
        {
            var one = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                + ((e & f) ^ (~e & g)) + s_constants[i] + words[i];
            var two = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + one, c, b, a, one + two);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>The hash functions that expressions and balance offer (configuration manual, <c>hash-type</c>).</summary>
public static class Hashing
{
    /// <summary>Spreads the bits of a hash over all of it (Bob Jenkins' full avalanche), and multiplies them by a prime.</summary>
    public static uint Avalanche(uint value)
    {
        value = value + 0x7ed55d16 + (value << 12);
        value = value ^ 0xc761c23c ^ (value >> 19);
        value = value + 0x165667b1 + (value << 5);
        value = (value + 0xd3a2646c) ^ (value << 9);
        value = value + 0xfd7046c5 + (value << 3);
        return (value ^ 0xb55a4f09 ^ (value >> 16)) * 3221225473;
    }

    /// <summary>sdbm.</summary>
    public static uint Sdbm(ReadOnlySpan<byte> key)
    {
        uint hash = 0;
        foreach (var b in key)
        {
            hash = b + (hash << 6) + (hash << 16) - hash;
        }

        return hash;
    }

    /// <summary>djb2.</summary>
    public static uint Djb2(ReadOnlySpan<byte> key)
    {
        uint hash = 5381;
        foreach (var b in key)
        {
            hash = ((hash << 5) + hash) + b;
        }

        return hash;
    }

    /// <summary>CRC-32 of Ethernet (<paramref name="polynomial"/> reversed).</summary>
    public static uint Crc32(ReadOnlySpan<byte> key, uint polynomial = 0xedb88320)
    {
        var crc = 0xffffffffu;
        foreach (var b in key)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : polynomial);
            }
        }

        return ~crc;
    }

    /// <summary>xxHash, 32 bits.</summary>
    public static uint XxHash32(ReadOnlySpan<byte> key, uint seed)
    {
        const uint P1 = 2654435761, P2 = 2246822519, P3 = 3266489917, P4 = 668265263, P5 = 374761393;
        uint hash;
        var rest = key;
        if (key.Length >= 16)
        {
            uint a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
            while (rest.Length >= 16)
            {
                a = Round(a, Read32(rest));
                b = Round(b, Read32(rest[4..]));
                c = Round(c, Read32(rest[8..]));
                d = Round(d, Read32(rest[12..]));
                rest = rest[16..];
            }

            hash = uint.RotateLeft(a, 1) + uint.RotateLeft(b, 7) + uint.RotateLeft(c, 12) + uint.RotateLeft(d, 18);
        }
        else
        {
            hash = seed + P5;
        }

        hash += (uint)key.Length;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = uint.RotateLeft(hash + (Read32(rest) * P3), 17) * P4;
        }

        foreach (var b in rest)
        {
            hash = uint.RotateLeft(hash + (b * P5), 11) * P1;
        }

        hash = (hash ^ (hash >> 15)) * P2;
        hash = (hash ^ (hash >> 13)) * P3;
        return hash ^ (hash >> 16);

        static uint Round(uint accumulator, uint input) => uint.RotateLeft(accumulator + (input * P2), 13) * P1;
    }

    /// <summary>xxHash, 64 bits.</summary>
    public static ulong XxHash64(ReadOnlySpan<byte> key, ulong seed)
    {
        const ulong P1 = 11400714785074694791, P2 = 14029467366897019727, P3 = 1609587929392839161, P4 = 9650029242287828579, P5 = 2870177450012600261;
        ulong hash;
        var rest = key;
        if (key.Length >= 32)
        {
            ulong a = unchecked(seed + P1 + P2), b = seed + P2, c = seed, d = seed - P1;
            while (rest.Length >= 32)
            {
                a = Round(a, Read64(rest));
                b = Round(b, Read64(rest[8..]));
                c = Round(c, Read64(rest[16..]));
                d = Round(d, Read64(rest[24..]));
                rest = rest[32..];
            }

            hash = ulong.RotateLeft(a, 1) + ulong.RotateLeft(b, 7) + ulong.RotateLeft(c, 12) + ulong.RotateLeft(d, 18);
            hash = ((hash ^ Round(0, a)) * P1) + P4;
            hash = ((hash ^ Round(0, b)) * P1) + P4;
            hash = ((hash ^ Round(0, c)) * P1) + P4;
            hash = ((hash ^ Round(0, d)) * P1) + P4;
        }
        else
        {
            hash = seed + P5;
        }

        hash += (ulong)key.Length;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash = (ulong.RotateLeft(hash ^ Round(0, Read64(rest)), 27) * P1) + P4;
        }

        if (rest.Length >= 4)
        {
            hash = (ulong.RotateLeft(hash ^ (Read32(rest) * P1), 23) * P2) + P3;
            rest = rest[4..];
        }

        foreach (var b in rest)
        {
            hash = ulong.RotateLeft(hash ^ (b * P5), 11) * P1;
        }

        hash = (hash ^ (hash >> 33)) * P2;
        hash = (hash ^ (hash >> 29)) * P3;
        return hash ^ (hash >> 32);

        static ulong Round(ulong accumulator, ulong input) => ulong.RotateLeft(accumulator + (input * P2), 31) * P1;
    }

    private static uint Read32(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong Read64(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}

using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>The hash functions of <c>hash-type</c> and of the converters of the same names (configuration manual 4.2 and 7.3.1).</summary>
public static class KeyHash
{
    /// <summary>A key by one of the functions; <see cref="HashFunction.None"/> reads a number written in digits.</summary>
    public static uint Of(HashFunction function, ReadOnlySpan<byte> key) => function switch
    {
        HashFunction.Djb2 => Djb2(key),
        HashFunction.Wt6 => Wt6(key),
        HashFunction.Crc32 => Crc32(key),
        HashFunction.None => Number(key),
        _ => Sdbm(key),
    };

    /// <summary>The hash of the sdbm data base library (public domain).</summary>
    public static uint Sdbm(ReadOnlySpan<byte> key)
    {
        var hash = 0u;
        foreach (var b in key)
        {
            hash = (hash << 6) + (hash << 16) - hash + b;
        }

        return hash;
    }

    /// <summary>Bernstein's hash, hash * 33 + byte from 5381.</summary>
    public static uint Djb2(ReadOnlySpan<byte> key)
    {
        var hash = 5381u;
        foreach (var b in key)
        {
            hash = (hash << 5) + hash + b;
        }

        return hash;
    }

    /// <summary>Two words that rotate and change places by amounts which the data decide.</summary>
    public static uint Wt6(ReadOnlySpan<byte> key)
    {
        uint left = 0xa53c965a, right = 0x5ca6953a;
        int turnRight = 6, turnLeft = 18;
        foreach (var b in key)
        {
            left = ~(left ^ b);
            right = ~(right + b);
            (left, right) = (uint.RotateLeft(right, turnRight), uint.RotateLeft(left, turnLeft));
            var mixed = ((left >> 16) ^ right) & 0xffff;
            turnRight = (int)(mixed & 31);
            turnLeft = (int)(mixed >> 11);
        }

        return left ^ right;
    }

    /// <summary>CRC-32 as in Ethernet, gzip and PNG (reflected polynomial EDB88320).</summary>
    public static uint Crc32(ReadOnlySpan<byte> key)
    {
        var crc = uint.MaxValue;
        foreach (var b in key)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Mixes all bits into all bits: Jenkins' full avalanche of four bytes, then a multiplication by 3 * 2^30 + 1.</summary>
    public static uint Avalanche(uint value)
    {
        value = value + 0x7ed55d16 + (value << 12);
        value = value ^ 0xc761c23c ^ (value >> 19);
        value = value + 0x165667b1 + (value << 5);
        value = (value + 0xd3a2646c) ^ (value << 9);
        value = value + 0xfd7046c5 + (value << 3);
        value = value ^ 0xb55a4f09 ^ (value >> 16);
        return value * 3221225473u;
    }

    private static uint Number(ReadOnlySpan<byte> key)
    {
        var value = 0u;
        foreach (var b in key)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            value = (value * 10) + b - '0';
        }

        return value;
    }

    private static readonly uint[] Table = MakeTable();

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }

            table[i] = crc;
        }

        return table;
    }
}

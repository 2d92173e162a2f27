using System.Buffers.Binary;
using System.Numerics;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>XXH64, the published hash of dynamic cookies.</summary>
public static class XxHash64
{
    private const ulong Prime1 = 11400714785074694791, Prime2 = 14029467366897019727, Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579, Prime5 = 2870177450012600261;

    /// <summary>The hash of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var length = (ulong)bytes.Length;
        ulong hash;
        if (bytes.Length >= 32)
        {
            ulong one = seed + Prime1 + Prime2, two = seed + Prime2, three = seed, four = seed - Prime1;
            for (; bytes.Length >= 32; bytes = bytes[32..])
            {
                one = Round(one, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                two = Round(two, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
                three = Round(three, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
                four = Round(four, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
            }

            hash = BitOperations.RotateLeft(one, 1) + BitOperations.RotateLeft(two, 7) + BitOperations.RotateLeft(three, 12) + BitOperations.RotateLeft(four, 18);
            hash = Merge(Merge(Merge(Merge(hash, one), two), three), four);
        }
        else
        {
            hash = seed + Prime5;
        }

        hash += length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(bytes)), 27) * Prime1) + Prime4;
        }

        if (bytes.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime1), 23) * Prime2) + Prime3;
            bytes = bytes[4..];
        }

        foreach (var b in bytes)
        {
            hash = BitOperations.RotateLeft(hash ^ (b * Prime5), 11) * Prime1;
        }

        hash ^= hash >> 33;
        hash *= Prime2;
        hash ^= hash >> 29;
        hash *= Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Round(ulong hash, ulong input) => BitOperations.RotateLeft(hash + (input * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong value) => ((hash ^ Round(0, value)) * Prime1) + Prime4;
}

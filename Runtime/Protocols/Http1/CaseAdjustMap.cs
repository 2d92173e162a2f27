namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Header names and how a bogus peer wants them spelt (<c>h1-case-adjust</c>, manual chapter 3.1). Immutable once built; shared by threads.</summary>
public sealed class CaseAdjustMap
{
    private readonly Entry[] _entries;
    private readonly int[] _buckets;

    private readonly record struct Entry(byte[] From, byte[] To, int Next);

    /// <param name="names">Pairs of lower-case name and spelling; both have the same letters.</param>
    public CaseAdjustMap(IReadOnlyCollection<KeyValuePair<byte[], byte[]>> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _entries = new Entry[names.Count];
        _buckets = new int[Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names.Count * 2))];
        Array.Fill(_buckets, -1);
        var i = 0;
        foreach (var (from, to) in names)
        {
            ref var bucket = ref _buckets[Hash(from) & (_buckets.Length - 1)];
            _entries[i] = new Entry(from, to, bucket);
            bucket = i++;
        }
    }

    /// <summary>The spelling of a lower-case name: the name itself unless the map has another.</summary>
    public ReadOnlySpan<byte> Adjust(ReadOnlySpan<byte> name)
    {
        for (var i = _buckets[Hash(name) & (_buckets.Length - 1)]; i >= 0; i = _entries[i].Next)
            if (name.SequenceEqual(_entries[i].From)) return _entries[i].To;
        return name;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619u;
        return (int)(hash ^ (hash >> 15));
    }
}

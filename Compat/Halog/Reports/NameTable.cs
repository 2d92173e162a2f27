using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dropin.Compat.Halog.Reports;

/// <summary>Figures by name, where the names are bytes of lines: a hash table whose names lie one behind the other in one array.</summary>
internal sealed class NameTable<T>
    where T : struct
{
    private byte[] _names = new byte[16 * 1024];
    private Entry[] _entries = new Entry[256];
    private int[] _buckets = new int[512]; // number of the entry plus one, 0 for none
    private int _used;

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>The figures of a name, made on first sight. The reference is good until the next call.</summary>
    public ref T this[ReadOnlySpan<byte> name]
    {
        get
        {
            var hash = Hash(name);
            for (var bucket = hash & (uint)(_buckets.Length - 1); _buckets[bucket] != 0; bucket = (bucket + 1) & (uint)(_buckets.Length - 1))
            {
                ref var entry = ref _entries[_buckets[bucket] - 1];
                if (entry.Hash == hash && NameOf(entry).SequenceEqual(name)) return ref entry.Value;
            }
            return ref Add(name, hash);
        }
    }

    /// <summary>The name of an entry.</summary>
    public ReadOnlySpan<byte> Name(int index) => NameOf(_entries[index]);

    /// <summary>The figures of an entry.</summary>
    public ref T Value(int index) => ref _entries[index].Value;

    /// <summary>The numbers of all entries in the order of their names' bytes.</summary>
    public int[] Sorted()
    {
        var order = new int[Count];
        for (var i = 0; i < Count; i++) order[i] = i;
        Array.Sort(order, (a, b) => Name(a).SequenceCompareTo(Name(b)));
        return order;
    }

    private ReadOnlySpan<byte> NameOf(in Entry entry) => _names.AsSpan(entry.Start, entry.Length);

    private ref T Add(ReadOnlySpan<byte> name, uint hash)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
            _buckets = new int[_entries.Length * 2];
            for (var i = 0; i < Count; i++) Place(i);
        }
        while (_names.Length - _used < name.Length) Array.Resize(ref _names, _names.Length * 2);
        name.CopyTo(_names.AsSpan(_used));
        _entries[Count] = new() { Hash = hash, Start = _used, Length = name.Length };
        _used += name.Length;
        Place(Count);
        return ref _entries[Count++].Value;
    }

    private void Place(int index)
    {
        var bucket = _entries[index].Hash & (uint)(_buckets.Length - 1);
        while (_buckets[bucket] != 0) bucket = (bucket + 1) & (uint)(_buckets.Length - 1);
        _buckets[bucket] = index + 1;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)name.Length * factor;
        for (; name.Length >= 8; name = name[8..])
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(in MemoryMarshal.GetReference(name))) * factor ^ (hash >> 29);
        foreach (var value in name) hash = (hash ^ value) * factor;
        return (uint)((hash ^ hash >> 32) * factor >> 32);
    }

    private struct Entry
    {
        public uint Hash;
        public int Start, Length;
        public T Value;
    }
}

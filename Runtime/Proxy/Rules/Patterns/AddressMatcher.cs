using System.Buffers.Binary;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Blocks of addresses (<c>-m ip</c>): of several, the smallest wins, as in the original's trees.</summary>
/// <remarks>
/// Blocks with a prefix become ranges without overlap, sorted, so that a look-up is a binary search. Masks with holes are compared one by one.
/// An IPv4 address is also looked for as one of IPv6 (::ffff:a.b.c.d) and the other way round.
/// </remarks>
internal sealed class AddressMatcher : PatternMatcher
{
    private readonly UInt128[] _starts;
    private readonly int[] _indices;
    private readonly (UInt128 Address, UInt128 Mask, bool V4, int Index)[] _odd;

    private static readonly UInt128 Mapped = (UInt128)0xffff00000000;

    public AddressMatcher(IReadOnlyList<AddressPattern> patterns)
    {
        var blocks = new List<(UInt128 First, UInt128 Last, int Bits, int Index)>();
        var odd = new List<(UInt128, UInt128, bool, int)>();
        for (var i = 0; i < patterns.Count; i++)
        {
            var bytes = patterns[i].Address.GetAddressBytes();
            var mask = Number(patterns[i].Mask.GetAddressBytes());
            var v4 = bytes.Length == 4;
            var address = Number(bytes);
            var width = v4 ? 32 : 128;
            var bits = PrefixOf(mask, width);
            if (bits < 0)
            {
                odd.Add((address & mask, mask, v4, i));
                continue;
            }

            var host = bits == width ? UInt128.Zero : (UInt128.One << (width - bits)) - 1;
            if (width == 128 && bits == 0)
            {
                host = UInt128.MaxValue;
            }

            var first = address & ~host;
            var last = first | host;
            var offset = v4 ? Mapped : UInt128.Zero;
            blocks.Add((first + offset, last + offset, v4 ? bits + 96 : bits, i));
        }

        (_starts, _indices) = Flatten(blocks);
        _odd = [.. odd];
    }

    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Address))
        {
            return -1;
        }

        var v4 = sample.Bytes.Length == 4;
        var number = v4 ? Mapped + BinaryPrimitives.ReadUInt32BigEndian(sample.Bytes) : BinaryPrimitives.ReadUInt128BigEndian(sample.Bytes);
        var place = Array.BinarySearch(_starts, number);
        place = place < 0 ? ~place - 1 : place;
        if (place >= 0 && _indices[place] >= 0)
        {
            return _indices[place];
        }

        foreach (ref readonly var block in _odd.AsSpan())
        {
            var candidate = block.V4 ? number - Mapped : number;
            if ((!block.V4 || (number >> 32) == 0xffff) && (candidate & block.Mask) == block.Address)
            {
                return block.Index;
            }
        }

        return -1;
    }

    // Larger blocks first: smaller ones are then laid over them.
    private static (UInt128[] Starts, int[] Indices) Flatten(List<(UInt128 First, UInt128 Last, int Bits, int Index)> blocks)
    {
        var edges = new SortedSet<UInt128> { UInt128.Zero };
        foreach (var (first, last, _, _) in blocks)
        {
            edges.Add(first);
            if (last != UInt128.MaxValue)
            {
                edges.Add(last + 1);
            }
        }

        var starts = new UInt128[edges.Count];
        edges.CopyTo(starts);
        var indices = new int[starts.Length];
        Array.Fill(indices, -1);
        blocks.Sort(static (a, b) => a.Bits == b.Bits ? b.Index - a.Index : a.Bits - b.Bits);
        foreach (var (first, last, _, index) in blocks)
        {
            for (var i = Array.BinarySearch(starts, first); i < starts.Length && starts[i] <= last; i++)
            {
                indices[i] = index;
            }
        }

        return (starts, indices);
    }

    private static UInt128 Number(byte[] bytes) => bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);

    // The length of the prefix; -1 where the mask has holes.
    private static int PrefixOf(UInt128 mask, int width)
    {
        var all = width == 32 ? (UInt128)uint.MaxValue : UInt128.MaxValue;
        var hosts = ~mask & all;
        return (hosts & (hosts + 1)) != 0 ? -1 : width - (int)UInt128.PopCount(hosts);
    }
}

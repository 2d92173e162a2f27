namespace Dropin.Compat.Halog.Reports;

/// <summary>Moments below 2^31 milliseconds, four bytes each, sorted digit by digit at the end: a day's log has many millions.</summary>
internal sealed class MomentList
{
    private const int DigitBits = 11, Digits = 3;

    private uint[] _moments = new uint[4096];
    private int _count;

    /// <summary>Adds a moment.</summary>
    public void Add(uint moment)
    {
        if (_count == _moments.Length) Array.Resize(ref _moments, _count * 2);
        _moments[_count++] = moment;
    }

    /// <summary>All moments in order, with those that stand several times. Nothing can be added after it.</summary>
    public ReadOnlySpan<uint> Sorted()
    {
        var from = _moments.AsSpan(0, _count);
        Span<uint> into = new uint[_count];
        Span<int> places = stackalloc int[1 << DigitBits];
        for (var shift = 0; shift < Digits * DigitBits; shift += DigitBits)
        {
            places.Clear();
            foreach (var moment in from) places[Digit(moment, shift)]++;
            var place = 0;
            foreach (ref var count in places) (count, place) = (place, place + count);
            foreach (var moment in from) into[places[Digit(moment, shift)]++] = moment;
            var other = from;
            from = into;
            into = other;
        }
        return from;
    }

    private static int Digit(uint moment, int shift) => (int)(moment >> shift) & ((1 << DigitBits) - 1);
}

namespace Dropin.Compat.Halog.Reports;

/// <summary>Sorting that keeps the order of equals.</summary>
internal static class Ordering
{
    /// <summary>Sorts by a key, highest first.</summary>
    public static void Descending(int[] items, Func<int, ulong> key)
    {
        // Array.Sort is not stable: the place decides between equals.
        var keys = new (ulong Inverse, int Place)[items.Length];
        for (var i = 0; i < items.Length; i++) keys[i] = (ulong.MaxValue - key(items[i]), i);
        Array.Sort(keys, items);
    }
}

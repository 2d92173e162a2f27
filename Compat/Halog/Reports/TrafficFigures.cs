using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>What is known of a URL or a client: requests, errors, times in milliseconds, bytes. Sums wrap at 64 bits, -1 included.</summary>
internal struct TrafficFigures
{
    public uint Requests, Errors;
    public ulong Time, GoodTime, Bytes;

    public readonly ulong AverageTime => Requests > 0 ? Time / Requests : 0;

    public readonly ulong AverageGoodTime => Requests > Errors ? GoodTime / (Requests - Errors) : 0;

    public readonly ulong AverageBytes => Requests > 0 ? Bytes / Requests : 0;

    /// <summary>The table's first line.</summary>
    public static ReadOnlySpan<byte> Head => "#req err ttot tavg oktot okavg bavg btot src\n"u8;

    /// <summary>Prints one line of the table.</summary>
    public readonly void Print(ReadOnlySpan<byte> name, OutputBuffer output)
    {
        output.Add((ulong)Requests).Add((byte)' ').Add((ulong)Errors);
        foreach (var figure in (ReadOnlySpan<ulong>)[Time, AverageTime, GoodTime, AverageGoodTime, AverageBytes, Bytes])
            output.Add((byte)' ').Add(figure);
        output.Add((byte)' ').Add(name).Add((byte)'\n');
    }
}

using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>
/// The moments before which nothing was accepted for <paramref name="delay"/> milliseconds and in which at least <paramref name="burst"/> connections
/// were: time of day, milliseconds since midnight, silence before, connections.
/// </summary>
internal sealed class AcceptReport(int? delay, int? burst) : Report
{
    private readonly MomentList _moments = new();

    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var moment = AcceptDate.OfDay(line.Text, line.Accept);
        if (moment < 0) return Verdict.Truncated;
        _moments.Add((uint)moment);
        return Verdict.Pass;
    }

    public override void Finish(OutputBuffer output, int limit)
    {
        var moments = _moments.Sorted();
        var previous = moments.Length > 0 ? moments[0] : 0;
        for (var first = 0; first < moments.Length;)
        {
            var (moment, silence, next) = (moments[first], moments[first] - previous, first + 1);
            while (next < moments.Length && moments[next] == moment) next++;
            var (isFirst, count) = (first == 0, (uint)(next - first));
            (previous, first) = (moment, next);
            if (delay is { } least && (isFirst || silence < (uint)least)) continue;
            if (burst is { } crowd && count < (uint)crowd) continue;
            Print(moment, silence, count, output);
            if (CountPrinted(limit)) return;
        }
    }

    private static void Print(uint moment, uint silence, uint count, OutputBuffer output) =>
        output.AddPadded(moment / 3_600_000, 2).Add((byte)':').AddPadded(moment / 60_000 % 60, 2).Add((byte)':').AddPadded(moment / 1000 % 60, 2).Add((byte)'.')
            .AddPadded(moment % 1000, 3).Add((byte)' ').Add((ulong)moment).Add((byte)' ').Add((ulong)silence).Add((byte)' ').Add((ulong)count).Add((byte)'\n');
}

using System.Numerics;
using System.Runtime.InteropServices;
using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>How often each duration occurred: of requests, connections, responses and transfers, and of all that failed.</summary>
internal sealed class DurationReport(bool graph, Complaints complaints) : Report
{
    private const int Kinds = 5; // 0: the whole time of what failed; request, connect, response, data

    private readonly Dictionary<int, uint>[] _counts = [[], [], [], [], []];

    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var place = line.Field(LogField.Times);
        if (place < 0) return Verdict.Truncated;
        if (!Durations.TryRead(line.Text, place, out var durations)) return Verdict.Malformed;
        if (durations.Incomplete)
        {
            Count(0, durations.Total);
            return Verdict.Pass;
        }
        LinesOut++;
        if (durations.Data < 0) complaints.Inconsistent(line.Text, durations);
        Count(1, durations.Request);
        Count(2, durations.Connect);
        Count(3, durations.Response);
        Count(4, durations.Data);
        return Verdict.Pass;
    }

    public override void Finish(OutputBuffer output, int limit)
    {
        if (graph) PrintGraph(output);
        else PrintPercentiles(output);
    }

    // The kind, the least duration of a class, and how many requests each millisecond of the class had, plus one so that it can be drawn on a logarithmic scale.
    private void PrintGraph(OutputBuffer output)
    {
        for (var kind = 0; kind < Kinds; kind++)
            foreach (var duration in Sorted(kind))
            {
                var count = _counts[kind][duration];
                output.Add((long)kind).Add((byte)' ').Add((long)duration).Add((byte)' ').AddFixed(count / (double)Width(duration) + 1.0, 6).Add((byte)'\n');
            }
    }

    // Share of the requests, their number, and the four durations that this many requests did not exceed.
    private void PrintPercentiles(OutputBuffer output)
    {
        if (LinesOut == 0) return;
        var sorted = new int[Kinds][];
        var at = new int[Kinds];
        var reached = new ulong[Kinds];
        for (var kind = 1; kind < Kinds; kind++)
        {
            sorted[kind] = Sorted(kind);
            reached[kind] = _counts[kind][sorted[kind][0]];
        }
        for (var thousandths = 1; thousandths <= 1000; thousandths += Step(thousandths))
        {
            var requests = (ulong)LinesOut * (ulong)thousandths / 1000;
            output.Add((long)(thousandths / 10)).Add((byte)'.').Add((long)(thousandths % 10)).Add((byte)' ').Add(requests).Add((byte)' ');
            for (var kind = 1; kind < Kinds; kind++)
            {
                while (reached[kind] < requests) reached[kind] += _counts[kind][sorted[kind][++at[kind]]];
                output.Add((long)sorted[kind][at[kind]]).Add((byte)' ');
            }
            output.Add((byte)'\n');
        }
    }

    // Fine steps at both ends, where operators look.
    private static int Step(int thousandths) => thousandths switch
    {
        < 20 => 1,
        < 100 => 10,
        < 900 => 50,
        < 980 => 10,
        _ => 1,
    };

    private int[] Sorted(int kind)
    {
        var durations = new int[_counts[kind].Count];
        _counts[kind].Keys.CopyTo(durations, 0);
        Array.Sort(durations);
        return durations;
    }

    private void Count(int kind, int duration) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts[kind], graph ? Class(duration) : duration, out _)++;

    // A graph has classes of durations that share their sign and their four highest bits.
    private static int Class(int duration)
    {
        var size = Magnitude(duration);
        var kept = (int)(size & ~(Width(duration) - 1));
        return duration < 0 ? -kept : kept;
    }

    private static uint Width(int duration) => 1u << Math.Max(0, 28 - BitOperations.LeadingZeroCount(Magnitude(duration)));

    private static uint Magnitude(int duration) => duration < 0 ? unchecked((uint)-duration) : (uint)duration;
}

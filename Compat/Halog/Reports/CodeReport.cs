using System.Runtime.InteropServices;
using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>How often each status, each termination code or each pair of cookie codes occurred.</summary>
internal sealed class CodeReport(OutputFormat format) : Report
{
    private readonly Dictionary<int, uint> _counts = [];

    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var place = line.Field(format == OutputFormat.Statuses ? LogField.Status : LogField.Termination);
        if (place < 0) return Verdict.Truncated;
        if (format == OutputFormat.Cookies) place += 2;
        var code = format == OutputFormat.Statuses ? Numbers.Signed(line.Text, place) : line.At(place) << 8 | line.At(place + 1);
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, code, out _)++;
        return Verdict.Pass;
    }

    public override void Finish(OutputBuffer output, int limit)
    {
        var codes = new int[_counts.Count];
        _counts.Keys.CopyTo(codes, 0);
        Array.Sort(codes);
        foreach (var code in codes)
        {
            if (format == OutputFormat.Statuses) output.Add((long)code);
            else output.Add((byte)(code >> 8)).Add((byte)code);
            output.Add((byte)' ').Add((ulong)_counts[code]).Add((byte)'\n');
            if (CountPrinted(limit)) return;
        }
    }
}

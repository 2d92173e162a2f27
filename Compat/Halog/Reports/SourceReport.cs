using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>Figures per client address; the times are those until the request was there.</summary>
internal sealed class SourceReport : TrafficReport
{
    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var text = line.Text;
        var place = line.Field(LogField.Times);
        if (place < 0) return Verdict.Truncated;
        if (!Durations.TryRead(text, place, out var durations)) return Verdict.Malformed;
        var size = Fields.Find(text, place, LogField.Bytes - LogField.Times);
        // The port is cut off; what has none is taken with all that follows it, as in the original.
        var source = text[line.Source..Fields.End(text, line.Source)];
        var port = source.LastIndexOf((byte)':');

        ref var figures = ref Table[port < 0 ? text[line.Source..] : source[..port]];
        figures.Requests++;
        if (durations.Request < 0 || durations.Total < 0) figures.Errors++;
        figures.Time += (ulong)(long)(durations.Request >= 0 ? durations.Request : durations.Total);
        if (durations.Request >= 0) figures.GoodTime += (ulong)durations.Request;
        if (size >= 0) figures.Bytes += (ulong)(long)Numbers.Signed(text, size);
        return Verdict.Pass;
    }

    protected override ulong Key(in TrafficFigures figures) => figures.Requests;
}

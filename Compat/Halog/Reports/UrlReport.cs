using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>Figures per URL, without its query unless asked for.</summary>
internal sealed class UrlReport(UrlOrder order, bool keepQuery) : TrafficReport
{
    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var text = line.Text;
        var place = line.Field(LogField.Times);
        if (place < 0) return Verdict.Truncated;
        if (!Durations.TryRead(text, place, out var durations)) return Verdict.Malformed;
        var size = Fields.Find(text, place, LogField.Bytes - LogField.Times);
        if (size < 0) return Verdict.Truncated;
        // The request begins with a quote; its second word is the URL, and where it has only one, that.
        var url = Fields.Find(text, size, LogField.Captures - LogField.Bytes);
        while (url >= 0 && text[url] != '"') url = Fields.Next(text, url);
        if (url < 0) return Verdict.Truncated;
        var second = Fields.Next(text, url);
        if (second >= 0) url = second;
        var rest = text[url..];
        var end = keepQuery ? rest.IndexOf((byte)' ') : rest.IndexOfAny((byte)' ', (byte)'?', (byte)';');

        ref var figures = ref Table[end < 0 ? rest : rest[..end]];
        figures.Requests++;
        if (durations.Incomplete) figures.Errors++;
        figures.Time += (ulong)(long)durations.ResponseOrTotal;
        if (durations.Response >= 0) figures.GoodTime += (ulong)durations.Response;
        figures.Bytes += (ulong)(long)Numbers.Signed(text, size);
        return Verdict.Pass;
    }

    protected override bool IsByName => order == UrlOrder.Url;

    protected override ulong Key(in TrafficFigures figures) => order switch
    {
        UrlOrder.Requests => figures.Requests,
        UrlOrder.Errors => figures.Errors,
        UrlOrder.AverageTime => figures.AverageTime,
        UrlOrder.TotalTime => figures.Time,
        UrlOrder.AverageGoodTime => figures.AverageGoodTime,
        UrlOrder.TotalGoodTime => figures.GoodTime,
        UrlOrder.AverageBytes => figures.AverageBytes,
        _ => figures.Bytes,
    };
}

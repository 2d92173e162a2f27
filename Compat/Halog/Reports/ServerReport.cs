using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>Figures per server: statuses by class, requests, good ones, average times of connection and response in milliseconds.</summary>
internal sealed class ServerReport : Report
{
    private readonly NameTable<Figures> _servers = new();

    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var text = line.Text;
        var server = line.Field(LogField.Server);
        if (server < 0) return Verdict.Truncated;
        ref var figures = ref _servers[text[server..Fields.End(text, server)]];
        var place = Fields.Next(text, server);
        if (place < 0) return Verdict.Truncated;
        if (!Durations.TryRead(text, place, out var durations)) return Verdict.Malformed;
        if (!durations.Incomplete) figures.Good++;
        if (durations.Connect >= 0)
        {
            figures.Connects++;
            figures.ConnectTime += (uint)durations.Connect;
        }
        if (durations.Response >= 0)
        {
            figures.Responses++;
            figures.ResponseTime += (uint)durations.Response;
        }
        place = Fields.Next(text, place);
        if (place < 0) return Verdict.Truncated;

        figures.Requests++;
        switch (text[place])
        {
            case (byte)'1': figures.Status1++; break;
            case (byte)'2': figures.Status2++; break;
            case (byte)'3': figures.Status3++; break;
            case (byte)'4': figures.Status4++; break;
            case (byte)'5': figures.Status5++; break;
            default: figures.StatusOther++; break;
        }
        return Verdict.Pass;
    }

    public override void Finish(OutputBuffer output, int limit)
    {
        output.Add("#srv_name 1xx 2xx 3xx 4xx 5xx other tot_req req_ok pct_ok avg_ct avg_rt\n"u8);
        foreach (var index in _servers.Sorted())
        {
            Print(_servers.Name(index), _servers.Value(index), output);
            if (CountPrinted(limit)) return;
        }
    }

    private static void Print(ReadOnlySpan<byte> name, in Figures figures, OutputBuffer output)
    {
        output.Add(name);
        foreach (var count in (ReadOnlySpan<uint>)[figures.Status1, figures.Status2, figures.Status3, figures.Status4, figures.Status5, figures.StatusOther, figures.Requests, figures.Good])
            output.Add((byte)' ').Add((ulong)count);
        output.Add((byte)' ').AddFixed(figures.Requests > 0 ? 100.0 * figures.Good / figures.Requests : 0.0, 1)
            .Add((byte)' ').Add(figures.Connects > 0 ? figures.ConnectTime / figures.Connects : 0)
            .Add((byte)' ').Add(figures.Responses > 0 ? figures.ResponseTime / figures.Responses : 0).Add((byte)'\n');
    }

    private struct Figures
    {
        public uint Status1, Status2, Status3, Status4, Status5, StatusOther, Requests, Good, Connects, Responses;
        public ulong ConnectTime, ResponseTime;
    }
}

using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;
using Dropin.Compat.Halog.Reports;

namespace Dropin.Compat.Halog;

/// <summary>One pass over a log.</summary>
internal sealed class LogRun
{
    private readonly HalogOptions _options;
    private readonly OutputBuffer _output;
    private readonly int _input;
    private readonly LineFilter _filter;
    private readonly Complaints _complaints;
    private readonly Report _report;
    private long _linesIn, _malformed;

    /// <summary>Prepares a run over the bytes of one descriptor, with what is printed and what is said going to two others.</summary>
    public LogRun(HalogOptions options, int input, int output, int errors)
    {
        _options = options;
        _input = input;
        _output = new(output);
        _filter = new(options);
        _complaints = new(errors, options.Quiet);
        _report = ReportOf(options, _complaints);
    }

    /// <summary>Reads all lines, prints the report and the summary.</summary>
    public void Run()
    {
        var reader = new LineReader(_input);
        // Where lines are only counted, nobody looks into them.
        if (_options.Format == OutputFormat.Count && !_options.IsFiltered && !_options.Inverted)
        {
            _output.Add(reader.Count(_options.Limit < 0 ? long.MaxValue : _options.Limit)).Add((byte)'\n').Flush();
            return;
        }
        ReadLines(reader);
        if (_options.CountOnly) _output.Add(_report.LinesOut).Add((byte)'\n');
        else _report.Finish(_output, _options.Limit);
        _output.Flush();
        if (!_options.CountOnly) _complaints.Summary(_linesIn, _report.LinesOut, _malformed);
    }

    private void ReadLines(LineReader reader)
    {
        while (reader.TryRead(out var text))
        {
            _linesIn++;
            if (!Passes(text, out var line)) continue;
            Note(_report.Take(line, _output), text);
            if (_options.Limit >= 0 && _report.LinesOut >= _options.Limit) return;
        }
    }

    // Whether the line goes into the report.
    private bool Passes(ReadOnlySpan<byte> text, out LogLine line)
    {
        line = default;
        var source = Fields.Find(text, 0, _options.SkippedFields + 4);
        var accept = source < 0 ? -1 : Fields.Next(text, source);
        var verdict = Verdict.Malformed;
        if (accept >= 0 && AcceptDate.Begins(text, accept))
        {
            line = new(text, source, accept);
            verdict = _filter.Judge(line);
        }
        Note(verdict, text);
        return verdict == Verdict.Pass;
    }

    private void Note(Verdict verdict, ReadOnlySpan<byte> text)
    {
        if (verdict == Verdict.Truncated) _complaints.Truncated(_linesIn, text);
        else if (verdict == Verdict.Malformed) _malformed++;
    }

    private static Report ReportOf(HalogOptions options, Complaints complaints)
    {
        return options.Format switch
        {
            OutputFormat.Capture => new CaptureReport(options.CaptureBlock, options.CaptureField),
            OutputFormat.Accepts => new AcceptReport(options.Delay, options.Burst),
            OutputFormat.TimeGraph or OutputFormat.Percentiles => new DurationReport(options.Format == OutputFormat.TimeGraph, complaints),
            OutputFormat.Statuses or OutputFormat.Cookies or OutputFormat.Terminations => new CodeReport(options.Format),
            OutputFormat.Servers => new ServerReport(),
            OutputFormat.Urls => new UrlReport(options.Order, options.KeepQuery),
            OutputFormat.Sources => new SourceReport(),
            _ => new LinesReport(options.CountOnly),
        };
    }
}

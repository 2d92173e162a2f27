namespace Dropin.Compat.Halog.Arguments;

/// <summary>What is made of the lines that pass the filters.</summary>
internal enum OutputFormat
{
    /// <summary>The lines themselves.</summary>
    Lines,

    /// <summary>The number of lines (-c).</summary>
    Count,

    /// <summary>One captured header (-hdr).</summary>
    Capture,

    /// <summary>Silences and bursts in the accept dates (-ac, -ad).</summary>
    Accepts,

    /// <summary>How often each duration occurred (-gt).</summary>
    TimeGraph,

    /// <summary>Percentiles of the durations (-pct).</summary>
    Percentiles,

    /// <summary>Requests per status (-st).</summary>
    Statuses,

    /// <summary>Requests per pair of cookie codes (-cc).</summary>
    Cookies,

    /// <summary>Requests per termination code (-tc).</summary>
    Terminations,

    /// <summary>Figures per server (-srv).</summary>
    Servers,

    /// <summary>Figures per URL (-u and its kin).</summary>
    Urls,

    /// <summary>Figures per client address (-ic).</summary>
    Sources,
}

/// <summary>By what the table of URLs is sorted, highest first.</summary>
internal enum UrlOrder
{
    /// <summary>By the URL itself (-u).</summary>
    Url,

    /// <summary>By the number of requests (-uc).</summary>
    Requests,

    /// <summary>By the number of errors (-ue).</summary>
    Errors,

    /// <summary>By the average time (-ua).</summary>
    AverageTime,

    /// <summary>By the total time (-ut).</summary>
    TotalTime,

    /// <summary>By the average time of good requests (-uao).</summary>
    AverageGoodTime,

    /// <summary>By the total time of good requests (-uto).</summary>
    TotalGoodTime,

    /// <summary>By the average size (-uba).</summary>
    AverageBytes,

    /// <summary>By the total size (-ubt).</summary>
    TotalBytes,
}

/// <summary>The command line, read.</summary>
internal sealed record HalogOptions
{
    /// <summary>What is printed.</summary>
    public OutputFormat Format { get; init; }

    /// <summary>-c: only how many lines the format would have printed.</summary>
    public bool CountOnly { get; init; }

    /// <summary>How the table of URLs is sorted.</summary>
    public UrlOrder Order { get; init; }

    /// <summary>Words before the log's first field less one, as -s gives them: 1 stands for the five words of a syslog line.</summary>
    public int SkippedFields { get; init; } = 1;

    /// <summary>-m: the most lines that are printed; negative means all.</summary>
    public int Limit { get; init; } = -1;

    /// <summary>-q: neither complaints nor the summary.</summary>
    public bool Quiet { get; init; }

    /// <summary>-v: lines pass that the filters refuse.</summary>
    public bool Inverted { get; init; }

    /// <summary>-query: a URL is counted with its query.</summary>
    public bool KeepQuery { get; init; }

    /// <summary>-H: lines of HTTP proxies alone.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>-e (true) or -E (false): lines with a status that is an error, or without.</summary>
    public bool? Errors { get; init; }

    /// <summary>-rt, -RT: the response time.</summary>
    public ResponseTime? Response { get; init; }

    /// <summary>-Q: requests that waited in any queue.</summary>
    public bool Queued { get; init; }

    /// <summary>-QS: requests that waited in a server's queue.</summary>
    public bool QueuedAtServer { get; init; }

    /// <summary>-tcn, -TCN: the termination code.</summary>
    public TerminationCode? Termination { get; init; }

    /// <summary>-hs, -HS: the range of statuses.</summary>
    public StatusRange? Statuses { get; init; }

    /// <summary>-time: the range of accept dates.</summary>
    public TimeRange? Time { get; init; }

    /// <summary>Whether some filter has to look into the lines.</summary>
    public bool IsFiltered => HttpOnly || Queued || QueuedAtServer || Errors is not null || Response is not null
        || Termination is not null || Statuses is not null || Time is not null;

    /// <summary>-ad: the least silence in milliseconds before an accept date.</summary>
    public int? Delay { get; init; }

    /// <summary>-ac: the least number of connections accepted in one millisecond.</summary>
    public int? Burst { get; init; }

    /// <summary>-hdr: which group of captures, counted from 1.</summary>
    public uint CaptureBlock { get; init; }

    /// <summary>-hdr: which capture of the group, counted from 1.</summary>
    public uint CaptureField { get; init; }
}

/// <summary>A termination code to look for, or (-TCN) to be without. A missing letter is the byte 0, which no line has.</summary>
internal readonly record struct TerminationCode(byte First, byte Second, bool Absent);

/// <summary>Responses that took <see cref="Time"/> milliseconds at least, or (-RT) less.</summary>
internal readonly record struct ResponseTime(int Time, bool Faster);

/// <summary>Statuses from <see cref="First"/> to <see cref="Last"/>, or (-HS) all others.</summary>
internal readonly record struct StatusRange(int First, int Last, bool Outside);

/// <summary>Seconds since 1970, both ends included.</summary>
internal readonly record struct TimeRange(uint First, uint Last);

using System.Text;

namespace Dropin.Compat.Halog.Arguments;

/// <summary>Reads the command line. Words that begin with '-' and are no option are passed over and the first other word ends it, as in the original.</summary>
internal sealed class HalogArguments
{
    private readonly string[] _words;
    private int _at;

    private HalogArguments(string[] words) => _words = words;

    /// <summary>-h or --help was met.</summary>
    public bool Help { get; private set; }

    /// <summary>Why there are no options.</summary>
    public string? Problem { get; private set; }

    /// <summary>The options, when all is well.</summary>
    public HalogOptions? Options { get; private set; }

    /// <summary>Reads the words that follow the program's name.</summary>
    public static HalogArguments Read(string[] words)
    {
        var arguments = new HalogArguments(words);
        arguments.ReadAll();
        return arguments;
    }

    private void ReadAll()
    {
        var options = new HalogOptions();
        var formats = new HashSet<OutputFormat>();
        var filtered = false;
        for (_at = 0; _at < _words.Length && _words[_at].StartsWith('-'); _at++)
        {
            var word = _words[_at];
            if (word is "-h" or "--help")
            {
                Help = true;
                return;
            }
            var before = options;
            options = word switch
            {
                "-q" => options with { Quiet = true },
                "-v" => options with { Inverted = true },
                "-m" => options with { Limit = Number(Value()) },
                "-s" => options with { SkippedFields = Number(Value()) },
                "-query" => options with { KeepQuery = true },
                "-c" => options with { CountOnly = true },
                "-u" => options with { Order = UrlOrder.Url },
                "-uc" => options with { Order = UrlOrder.Requests },
                "-ue" => options with { Order = UrlOrder.Errors },
                "-ua" => options with { Order = UrlOrder.AverageTime },
                "-ut" => options with { Order = UrlOrder.TotalTime },
                "-uao" => options with { Order = UrlOrder.AverageGoodTime },
                "-uto" => options with { Order = UrlOrder.TotalGoodTime },
                "-uba" => options with { Order = UrlOrder.AverageBytes },
                "-ubt" => options with { Order = UrlOrder.TotalBytes },
                "-ad" => options with { Delay = Number(Value()) },
                "-ac" => options with { Burst = Number(Value()) },
                "-hdr" => WithCapture(options, Value()),
                _ => WithFilter(options, word),
            };
            if (Problem is not null) return;
            if (FormatOf(word) is { } format) formats.Add(format);
            else if (word is not ("-v" or "-m" or "-s" or "-c") && !ReferenceEquals(before, options)) filtered = true;
        }
        if (formats.Count == 0 && !filtered && !options.CountOnly)
            Problem = Texts.NoAction;
        else
            Options = options with { Format = Chosen(formats, options.CountOnly) };
    }

    private static OutputFormat? FormatOf(string word) => word switch
    {
        "-hdr" => OutputFormat.Capture,
        "-ad" or "-ac" => OutputFormat.Accepts,
        "-gt" => OutputFormat.TimeGraph,
        "-pct" => OutputFormat.Percentiles,
        "-st" => OutputFormat.Statuses,
        "-cc" => OutputFormat.Cookies,
        "-tc" => OutputFormat.Terminations,
        "-srv" => OutputFormat.Servers,
        "-ic" => OutputFormat.Sources,
        "-u" or "-uc" or "-ue" or "-ua" or "-ut" or "-uao" or "-uto" or "-uba" or "-ubt" => OutputFormat.Urls,
        _ => null,
    };

    // Only one format may be asked for; of several the first of the enumeration is made, where the original mixes its tables up.
    // -c counts lines, also those of which -hdr or -ic would have made something.
    private static OutputFormat Chosen(HashSet<OutputFormat> formats, bool countOnly)
    {
        foreach (var format in Enum.GetValues<OutputFormat>())
            if (formats.Contains(format) && !(countOnly && format is OutputFormat.Capture or OutputFormat.Sources)) return format;
        return countOnly ? OutputFormat.Count : OutputFormat.Lines;
    }

    // Of a filter and its opposite both the last value counts, and the opposite wins: "-rt 5 -RT 3" and "-RT 5 -rt 3" are both "faster than 3".
    private HalogOptions WithFilter(HalogOptions options, string word) => word switch
    {
        "-H" => options with { HttpOnly = true },
        "-e" => options with { Errors = options.Errors ?? true },
        "-E" => options with { Errors = false },
        "-rt" => options with { Response = new(Number(Value()), options.Response is { Faster: true }) },
        "-RT" => options with { Response = new(Number(Value()), Faster: true) },
        "-Q" => options with { Queued = true },
        "-QS" => options with { QueuedAtServer = true },
        "-tcn" => options with { Termination = Code(Value(), options.Termination is { Absent: true }) },
        "-TCN" => options with { Termination = Code(Value(), absent: true) },
        "-hs" => options with { Statuses = Range(Value(), options.Statuses is { Outside: true }) },
        "-HS" => options with { Statuses = Range(Value(), outside: true) },
        "-time" => options with { Time = Interval(Value()) },
        _ => options,
    };

    private string Value()
    {
        if (_at + 1 < _words.Length) return _words[++_at];
        Problem ??= Texts.MissingValue(_words[_at]);
        return "";
    }

    private HalogOptions WithCapture(HalogOptions options, string value)
    {
        if (Problem is not null) return options;
        var colon = value.IndexOf(':');
        if (colon < 0)
        {
            Problem = Texts.NoColon;
            return options;
        }
        var block = colon == 0 ? 1 : Number(value);
        var field = colon + 1 == value.Length ? 1 : Number(value[(colon + 1)..]);
        if (block == 0 || field == 0) Problem = Texts.BelowOne;
        return options with { CaptureBlock = (uint)block, CaptureField = (uint)field };
    }

    private static TerminationCode Code(string value, bool absent)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return new(bytes.Length > 0 ? bytes[0] : (byte)0, bytes.Length > 1 ? bytes[1] : (byte)0, absent);
    }

    private static StatusRange Range(string value, bool outside)
    {
        const int highest = 65535;
        var colon = value.IndexOf(':');
        if (value.Length == 0) return new(0, highest, outside);
        if (colon < 0) return new(Number(value), Number(value), outside);
        return new(colon == 0 ? 0 : Number(value), colon + 1 == value.Length ? highest : Number(value[(colon + 1)..]), outside);
    }

    // Without a colon there is no end; after a colon an absent end is 0, so that "FROM:" finds nothing. Both as in the original.
    private static TimeRange Interval(string value)
    {
        var colon = value.IndexOf(':');
        return new((uint)Number(value), colon < 0 ? uint.MaxValue : (uint)Number(value[(colon + 1)..]));
    }

    // atol(3), cut to 32 bits: blanks, a sign, digits; whatever follows is passed over.
    private static int Number(string text)
    {
        var at = 0;
        while (at < text.Length && (text[at] == ' ' || text[at] is >= '\t' and <= '\r')) at++;
        var negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is '-' or '+') at++;
        long number = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            number = number > (long.MaxValue - 9) / 10 ? long.MaxValue : number * 10 + (text[at] - '0');
        return unchecked((int)(negative ? -number : number));
    }
}

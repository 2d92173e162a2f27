using System.Text.RegularExpressions;

namespace Dropin.Tests.Support.Text;

/// <summary>
/// Takes out of a text what differs from run to run: process numbers, dates, port numbers, paths. Durations are not dropped but
/// marked (<c>&lt;300ms&gt;</c>), since <see cref="TolerantText"/> compares them with a tolerance.
/// </summary>
public sealed partial class Normaliser
{
    private readonly List<(Regex Pattern, string Replacement)> _rules = [];
    private readonly List<(Regex Pattern, string Replacement)> _own = [];

    /// <param name="ports">Reserved ports by their name in the case.</param>
    /// <param name="folder">The run's folder, shown as <c>{{dir}}</c>.</param>
    /// <param name="binary">Path of the executable, shown as <c>HAPROXY</c>.</param>
    public Normaliser(IEnumerable<KeyValuePair<string, int>> ports, string folder, string binary)
    {
        _rules.Add((new Regex(Regex.Escape(folder)), "{{dir}}"));
        _rules.Add((new Regex(Regex.Escape(binary)), "HAPROXY"));
        foreach (var (name, port) in ports)
            _rules.Add((new Regex($@"\b{port}\b"), "{{" + name + "}}"));
    }

    /// <summary>Adds a rule of the case itself: <c>pattern => replacement</c>.</summary>
    public void Add(string rule)
    {
        var at = rule.LastIndexOf("=>", StringComparison.Ordinal);
        if (at < 0)
            throw new FormatException($"normalise without =>: {rule}");
        _own.Add((new Regex(rule[..at].Trim()), rule[(at + 2)..].Trim()));
    }

    public string Apply(string text)
    {
        // Before the ports: a process may have the number of one.
        text = AlertPid().Replace(text, "$1(PID)");
        text = TagPid().Replace(text, "$1[PID]:");
        foreach (var (pattern, replacement) in _rules)
            text = pattern.Replace(text, replacement);
        text = LocalDate().Replace(text, "[DATE]");
        text = IsoDate().Replace(text, "ISODATE");
        text = SyslogHeader().Replace(text, "$1DATE ");
        text = Version().Replace(text, "haproxy version is VERSION");
        text = EphemeralPort().Replace(text, ":PORT");
        text = ProxyLinePort().Replace(text, "$1 PORT");
        text = HttpTimers().Replace(text, m => " " + Timers(m.Groups[1].Value) + m.Groups[2].Value);
        text = TcpTimers().Replace(text, m => " " + Timers(m.Groups[1].Value) + m.Groups[2].Value);
        text = NamedTimer().Replace(text, m => $"{m.Groups[1].Value}={Timers(m.Groups[2].Value)}");
        text = CheckDuration().Replace(text, "check duration: <$1ms>");
        text = ErrorDate().Replace(text, "$1DATE");
        text = InternalFlags().Replace(text, "flags 0xFLAGS");
        text = StatRow().Replace(text, m => StatTimes(m.Value));
        text = TypedTime().Replace(text, "$1T");
        text = JsonTime().Replace(text, "$1\"T\"");
        foreach (var (pattern, replacement) in _own)
            text = pattern.Replace(text, replacement);
        return text;
    }

    /// <summary>A row of the statistics CSV, its seconds and milliseconds as T.</summary>
    private static string StatTimes(string row)
    {
        var fields = row.Split(',');
        foreach (var at in TimeColumns)
            if (at < fields.Length && fields[at].Length > 0 && fields[at] != "-1")
                fields[at] = "T";
        return string.Join(',', fields);
    }

    // lastchg downtime check_duration lastsess qtime ctime rtime ttime agent_duration and the four maxima.
    private static readonly int[] TimeColumns = [23, 24, 38, 55, 58, 59, 60, 61, 64, 90, 91, 92, 93];

    private static string Timers(string list) => Number().Replace(list, m => m.Value == "-1" ? "-1" : $"<{m.Value}ms>");

    // [24/Nov/2026:05:42:51.123] and with the zone or without milliseconds, as in CLF.
    [GeneratedRegex(@"\[\d\d/[A-Z][a-z][a-z]/\d{4}:\d\d:\d\d:\d\d(\.\d+)?( [+-]\d{4})?\]")]
    private static partial Regex LocalDate();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"(^|<\d+>)[A-Z][a-z][a-z] [ \d]\d \d\d:\d\d:\d\d ", RegexOptions.Multiline)]
    private static partial Regex SyslogHeader();

    [GeneratedRegex(@"(\[(?:NOTICE|WARNING|ALERT|DEBUG)\]\s+)\(\d+\)")]
    private static partial Regex AlertPid();

    [GeneratedRegex(@"haproxy version is \S+")]
    private static partial Regex Version();

    [GeneratedRegex(@"([\w.-]+)\[\d+\]:")]
    private static partial Regex TagPid();

    // Ports of outgoing connections: the kernel takes them from 32768-60999.
    [GeneratedRegex(@"(?<=[\d\]a-fA-F:]):(3[2-9]\d{3}|[45]\d{4}|60\d{3})\b")]
    private static partial Regex EphemeralPort();

    [GeneratedRegex(@"(PROXY TCP[46] \S+ \S+) \d+")]
    private static partial Regex ProxyLinePort();

    // TR/Tw/Tc/Tr/Ta before a status and a byte count; Tw/Tc/Tt before a byte count and a termination state.
    [GeneratedRegex(@" (-?\d+/-?\d+/-?\d+/-?\d+/\+?-?\d+)( (?:-1|\d{1,4}) \+?\d+ )")]
    private static partial Regex HttpTimers();

    [GeneratedRegex(@" (-?\d+/-?\d+/\+?-?\d+)( \+?\d+ [A-Za-z-]{2} )")]
    private static partial Regex TcpTimers();

    // In a log-format of a case: Tr=%Tr is understood as a timer, whatever follows the T.
    [GeneratedRegex(@"\b(T\w*)=(\+?-?\d+)\b")]
    private static partial Regex NamedTimer();

    [GeneratedRegex(@"check duration: (\d+)ms")]
    private static partial Regex CheckDuration();

    // "show errors": its head and the date of a capture, and the bits of structures that only the original has.
    [GeneratedRegex(@"(Total events captured on )\[[^\]]*\]|(?<=  )\[\d\d/\w+/\d{4}[^\]]*\](?= (?:front|back)end )")]
    private static partial Regex ErrorDate();

    [GeneratedRegex(@"flags 0x[0-9a-f]{8}")]
    private static partial Regex InternalFlags();

    [GeneratedRegex(@"^  (< )?[\w.-]+,[\w.-]+,\d*,(?:[^,\n]*,){90,}.*$", RegexOptions.Multiline)]
    private static partial Regex StatRow();

    [GeneratedRegex(@"(\.(?:lastchg|downtime|check_duration|agent_duration|lastsess|[qcrt]time(?:_max)?)\.\d+:[A-Z]{3}:\w+:)\d+")]
    private static partial Regex TypedTime();

    [GeneratedRegex(@"(""name"":""(?:lastchg|downtime|check_duration|agent_duration|lastsess|[qcrt]time(?:_max)?)""\}[^\n]*?""value"":)\d+")]
    private static partial Regex JsonTime();

    [GeneratedRegex(@"-?\d+")]
    private static partial Regex Number();
}

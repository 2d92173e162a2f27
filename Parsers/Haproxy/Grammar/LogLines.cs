using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Logs;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The <c>log</c> line, in <c>global</c> and in proxies (configuration manual 4.2).</summary>
internal static class LogLines
{
    private const int DefaultPort = 514;
    private const int MinLength = 80;
    private const int MaxLength = 65535;

    private static readonly string[] Facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "auth2", "ftp", "ntp", "audit", "alert", "cron2",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    private static readonly string[] Levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    /// <summary><c>log</c> in <c>global</c>.</summary>
    public static void Global(ConfigLine line, GlobalSyntax global)
    {
        if (line.Prefix == LinePrefix.No)
        {
            if (!Cleared(line))
            {
                return;
            }

            global.Logs.Clear();
            return;
        }

        if (line[1] == "global" && line[2].Length == 0)
        {
            line.Error("log-global-in-global", $"log : 'global' is not supported for a global syslog server\n");
            return;
        }

        if (Read(line, "") is { } target)
        {
            global.Logs.Add(target);
        }
    }

    /// <summary><c>log</c> in a proxy.</summary>
    public static void Proxy(ConfigLine line, ProxySyntax proxy)
    {
        if (line.Prefix == LinePrefix.No)
        {
            if (Cleared(line))
            {
                proxy.Logs = [];
            }

            return;
        }

        if (line[1] == "global" && line[2].Length == 0)
        {
            // Said twice, or after the 'defaults' section said it, it still is each global target once.
            foreach (var global in line.Document.Global.Logs)
            {
                if (!Holds(proxy.Logs, global))
                {
                    proxy.Logs = proxy.Logs.Add(global);
                }
            }

            return;
        }

        if (Read(line, "or global") is { } target)
        {
            proxy.Logs = proxy.Logs.Add(target);
        }
    }

    /// <summary>The form of a log line by its name; null for none of that name.</summary>
    public static LogLineFormat? Format(string name) => name switch
    {
        "local" => LogLineFormat.Local,
        "rfc3164" => LogLineFormat.Rfc3164,
        "rfc5424" => LogLineFormat.Rfc5424,
        "priority" => LogLineFormat.Priority,
        "short" => LogLineFormat.Short,
        "timed" => LogLineFormat.Timed,
        "iso" => LogLineFormat.Iso,
        "raw" => LogLineFormat.Raw,
        _ => null,
    };

    private static bool Holds(ValueList<LogTargetConfig> targets, LogTargetConfig wanted)
    {
        foreach (var target in targets)
        {
            if (ReferenceEquals(target, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Cleared(ConfigLine line)
    {
        if (line[1].Length == 0)
        {
            return true;
        }

        line.Error("unexpected-argument", $"log : 'no log' does not expect arguments\n", word: 1);
        return false;
    }

    private static LogTargetConfig? Read(ConfigLine line, string orGlobal)
    {
        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"log : expects <address> and <facility> {orGlobal} as arguments\n");
            return null;
        }

        var target = new LogTargetConfig { At = line.At };
        var i = 2;
        if (line[i] == "len")
        {
            var length = Values.Number(line[i + 1]);
            if (length is < MinLength or > MaxLength)
            {
                line.Error("out-of-range", $"log : invalid log length '{line[i + 1]}', must be between 80 and 65535\n", word: i + 1);
                return null;
            }

            target = target with { MaxLength = (int)length };
            i += 2;
        }

        if (line[i] == "format")
        {
            if (Format(line[i + 1]) is not { } format)
            {
                line.Error("unknown-log-format", $"log : unknown log format '{line[i + 1]}'\n", word: i + 1);
                return null;
            }

            target = target with { Format = format };
            i += 2;
        }

        if (line[i] == "sample")
        {
            if (Sample(line, i + 1) is not { } sample)
            {
                return null;
            }

            target = target with { Sample = sample };
            i += 2;
        }

        var facility = Array.IndexOf(Facilities, line[i]);
        if (facility < 0)
        {
            line.Error("unknown-facility", $"log : unknown log facility '{line[i]}'\n", word: i);
            return null;
        }

        target = target with { Facility = facility };
        if (line[i + 1].Length > 0)
        {
            var level = Array.IndexOf(Levels, line[i + 1]);
            if (level < 0)
            {
                line.Error("unknown-log-level", $"log : unknown optional log level '{line[i + 1]}'\n", word: i + 1);
                return null;
            }

            target = target with { MaxLevel = level };
        }

        if (line[i + 2].Length > 0)
        {
            var level = Array.IndexOf(Levels, line[i + 2]);
            if (level < 0)
            {
                line.Error("unknown-log-level", $"log : unknown optional minimum log level '{line[i + 2]}'\n", word: i + 2);
                return null;
            }

            target = target with { MinLevel = level };
        }

        if (line[i + 3].Length > 0)
        {
            line.Error("unexpected-argument", $"log : cannot handle unexpected argument '{line[i + 3]}'\n", word: i + 3);
            return null;
        }

        return Destination(line, target);
    }

    private static LogTargetConfig? Destination(ConfigLine line, LogTargetConfig target)
    {
        var text = line[1];
        if (text.StartsWith("ring@", StringComparison.Ordinal))
        {
            return target with { Ring = text[5..] };
        }

        text = text switch { "stdout" => "fd@1", "stderr" => "fd@2", _ => text };
        var address = Addresses.Read(text, AddressNeeds.Port | AddressNeeds.Datagram | AddressNeeds.StreamToo | AddressNeeds.Unix
            | AddressNeeds.Descriptor | AddressNeeds.ResolveNow, line.Document, out var error);
        if (address is null)
        {
            line.Error("bad-address", $"log : {error}\n", word: 1);
            return null;
        }

        if (address.IsStream && address.Endpoint is IpEndpoint)
        {
            line.Refuse("log " + text, "log lines are sent as datagrams", 1);
            return null;
        }

        return target with { Endpoint = address.Endpoint is IpEndpoint { Port: 0 } ip ? ip with { Port = DefaultPort } : address.Endpoint };
    }

    // "1,2-3:4": which lines of each four.
    private static LogSample? Sample(ConfigLine line, int word)
    {
        var text = line[word];
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            line.Error("bad-sample", $"log : Missing sample size\n", word: word);
            return null;
        }

        var ranges = new List<LogSampleRange>();
        foreach (var part in text[..colon].Split(','))
        {
            var dash = part.IndexOf('-');
            var low = Values.Number(dash < 0 ? part : part[..dash]);
            var high = dash < 0 ? low : Values.Number(part[(dash + 1)..]);
            if (low < 1 || high < low)
            {
                line.Error("bad-sample", $"log : wrong sample range '{part}'\n", word: word);
                return null;
            }

            ranges.Add(new LogSampleRange((int)low, (int)high));
        }

        var size = Values.Number(text[(colon + 1)..]);
        if (size < 1)
        {
            line.Error("bad-sample", $"log : wrong sample size '{text[(colon + 1)..]}' for sample range '{text[..colon]}'\n", word: word);
            return null;
        }

        ranges.Sort((a, b) => a.First.CompareTo(b.First));
        for (var i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].First <= ranges[i - 1].Last)
            {
                line.Error("bad-sample", $"log : ranges are overlapping\n", word: word);
                return null;
            }
        }

        if (ranges[^1].Last > size)
        {
            line.Error("bad-sample",
                $"log : sample size {size} should be greater or equal to {ranges[^1].Last} the maximum of the high ranges limits\n", word: word);
            return null;
        }

        return new LogSample(ValueList.Create<LogSampleRange>(ranges.ToArray()), (int)size);
    }
}

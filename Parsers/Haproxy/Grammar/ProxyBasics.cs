using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The plain keywords of proxies: one word, one value (configuration manual 4.2).</summary>
internal static class ProxyBasics
{
    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("mode", Mode)
        .Executed("id", Id)
        .Executed("description", Description)
        .Executed("disabled", (line, p) => GlobalKeywords.Flag(line, () => p.Disabled = true))
        .Executed("enabled", (line, p) => GlobalKeywords.Flag(line, () => p.Disabled = false))
        .Accepted("bind-process", "there is one process", BindProcess)
        .Executed("maxconn", MaxConnections)
        .Executed("backlog", Backlog)
        .Executed("fullconn", FullConnections)
        .Executed("rate-limit", RateLimit)
        .Executed("default_backend", DefaultBackend)
        .Executed("dispatch", Dispatch)
        .Executed("transparent", (line, p) =>
        {
            if (!line.HasTooMany(0))
            {
                p.Transparent = true;
            }
        })
        .Executed("monitor-uri", MonitorUri)
        .Executed("retries", Retries)
        .Executed("http-reuse", Reuse)
        .Executed("retry-on", RetryOnWords)
        .Executed("log", LogLines.Proxy)
        .Executed("log-tag", LogTag)
        .Executed("log-format", (line, p) => Format(line, p, "log-format", f => p.LogFormat = f))
        .Executed("log-format-sd", (line, p) => Format(line, p, "log-format-sd", f => p.StructuredDataFormat = f))
        .Executed("error-log-format", (line, p) => Format(line, p, "error-log-format", f => p.ErrorLogFormat = f))
        .Executed("unique-id-format", UniqueIdFormat)
        .Executed("unique-id-header", UniqueIdHeader)
        .Executed("load-server-state-from-file", LoadServerState)
        .Executed("server-state-file-name", ServerStateFileName)
        .Executed("http-send-name-header", SendNameHeader)
        .Executed("external-check", ExternalCheck)
        .Executed("clitcpka-cnt", (line, p) => Probe(line, p, v => p.ClientProbes = p.ClientProbes with { Count = v }))
        .Executed("clitcpka-idle", (line, p) => ProbeTime(line, p, v => p.ClientProbes = p.ClientProbes with { IdleSeconds = v }))
        .Executed("clitcpka-intvl", (line, p) => ProbeTime(line, p, v => p.ClientProbes = p.ClientProbes with { IntervalSeconds = v }))
        .Executed("srvtcpka-cnt", (line, p) => Probe(line, p, v => p.ServerProbes = p.ServerProbes with { Count = v }))
        .Executed("srvtcpka-idle", (line, p) => ProbeTime(line, p, v => p.ServerProbes = p.ServerProbes with { IdleSeconds = v }))
        .Executed("srvtcpka-intvl", (line, p) => ProbeTime(line, p, v => p.ServerProbes = p.ServerProbes with { IntervalSeconds = v }))
        .Executed("max-keep-alive-queue", MaxKeepAliveQueue)
        .Refused("persist", "RDP cookies are not followed", Persist)
        .Executed("dynamic-cookie-key", DynamicCookieKey);

    /// <summary>Says that a keyword is out of place in a section without servers.</summary>
    public static bool NeedsBackend(ConfigLine line, ProxySyntax proxy, string keyword, string hint = "")
    {
        if (proxy.IsBackend)
        {
            return false;
        }

        line.Warn("needs-backend", $"'{keyword}' ignored because {proxy.TypeName} '{proxy.Name}' has no backend capability.{hint}");
        return true;
    }

    /// <summary>Says that a keyword is out of place in a section without clients.</summary>
    public static bool NeedsFrontend(ConfigLine line, ProxySyntax proxy, string keyword, string hint = "")
    {
        if (proxy.IsFrontend)
        {
            return false;
        }

        line.Warn("needs-frontend", $"'{keyword}' ignored because {proxy.TypeName} '{proxy.Name}' has no frontend capability.{hint}");
        return true;
    }

    /// <summary>Says that a keyword may not stand in <c>defaults</c>.</summary>
    public static bool NotInDefaults(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsDefaults)
        {
            return false;
        }

        line.Error("not-in-defaults", $"'{line[0]}' not allowed in 'defaults' section.");
        return true;
    }

    private static void Mode(ConfigLine line, ProxySyntax proxy)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        switch (line[1])
        {
            case "http":
                proxy.Mode = ProxyMode.Http;
                break;
            case "tcp":
                proxy.Mode = ProxyMode.Tcp;
                break;
            case "health":
                line.Error("removed", $"'mode health' doesn't exist anymore. Please use 'http-request return status 200' instead.", word: 1);
                break;
            default:
                line.Error("unknown-mode", $"unknown proxy mode '{line[1]}'.", word: 1);
                break;
        }
    }

    private static void Id(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.IsDefaults)
        {
            line.ErrorTight("not-in-defaults", $"'{line[0]}' not allowed in 'defaults' section.");
            return;
        }

        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects an integer argument.");
            return;
        }

        var id = Values.Integer(line[1]);
        if (id <= 0)
        {
            line.ErrorTight("out-of-range", $"custom id has to be > 0.", 1);
            return;
        }

        foreach (var other in line.Document.Proxies)
        {
            if (other.Id == id && other != proxy)
            {
                line.ErrorTight("duplicate-id",
                    $"{line.Section} {proxy.Name} reuses same custom id as {other.TypeName} {other.Name} (declared at {other.At.File}:{other.At.Line}).", 1);
                return;
            }
        }

        proxy.Id = id;
    }

    private static void Description(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.IsDefaults)
        {
            line.ErrorTight("not-in-defaults", $"'{line[0]}' not allowed in 'defaults' section.");
            return;
        }

        if (line[1].Length == 0)
        {
            GlobalKeywords.MissingDescription(line);
            return;
        }

        proxy.Description = GlobalKeywords.Rest(line, 1);
    }

    private static void BindProcess(ConfigLine line, ProxySyntax proxy)
    {
        for (var i = 1; line[i].Length > 0; i++)
        {
            if (ThreadSets.Read(line[i], 1, out _) is { } problem)
            {
                line.Error("bad-range", $"bind-process : {problem}\n", word: i);
                return;
            }
        }

        line.WarnTight("deprecated", $"'bind-process' has no effect, is deprecated, and will be removed in version 2.7.");
    }

    private static void MaxConnections(ConfigLine line, ProxySyntax proxy)
    {
        NeedsFrontend(line, proxy, "maxconn", " Maybe you want 'fullconn' instead ?");
        GlobalKeywords.Integer(line, $"'{line[0]}' expects an integer argument.", v => proxy.MaxConnections = v);
    }

    private static void Backlog(ConfigLine line, ProxySyntax proxy)
    {
        NeedsFrontend(line, proxy, "backlog");
        GlobalKeywords.Integer(line, $"'{line[0]}' expects an integer argument.", v => proxy.Backlog = v);
    }

    private static void FullConnections(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, "fullconn", " Maybe you want 'maxconn' instead ?");
        GlobalKeywords.Integer(line, $"'{line[0]}' expects an integer argument.", v => proxy.FullConnections = v);
    }

    private static void RateLimit(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1] != "sessions")
        {
            line.Error("unknown-word", $"'rate-limit' only supports 'sessions' (got '{line[1]}')", word: 1);
            return;
        }

        if (line[2].Length == 0)
        {
            line.Error("missing-argument", $"'rate-limit sessions' expects expects an integer value (in sessions/second)");
            return;
        }

        if (!Values.TryWhole(line[2], out var value, out var bad))
        {
            line.Error("bad-number", $"'rate-limit sessions' : unexpected character '{bad}' in integer value '{line[2]}'", word: 2);
            return;
        }

        if (!proxy.IsFrontend)
        {
            line.Warn("needs-frontend",
                $"rate-limit sessions will be ignored because {proxy.TypeName} '{proxy.Name}' has no frontend capability");
        }

        proxy.SessionRateLimit = (int)value;
    }

    private static void DefaultBackend(ConfigLine line, ProxySyntax proxy)
    {
        NeedsFrontend(line, proxy, "default_backend");
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects a backend name.");
            return;
        }

        proxy.DefaultBackend = new BackendNameSyntax(line[1], line.PlaceOf(1));
        line.HasTooMany(1);
    }

    private static void Dispatch(ConfigLine line, ProxySyntax proxy)
    {
        if (NotInDefaults(line, proxy))
        {
            return;
        }

        NeedsBackend(line, proxy, "dispatch");
        var address = Addresses.Read(line[1], AddressNeeds.PortMandatory | AddressNeeds.ResolveNow | AddressNeeds.NonZeroPort,
            line.Document, out var error);
        if (address is null)
        {
            line.Error("bad-address", $"'{line[0]}' : {error}\n", word: 1);
            return;
        }

        if (line.HasTooMany(1))
        {
            return;
        }

        proxy.Dispatch = address.Endpoint;
    }

    private static void MonitorUri(ConfigLine line, ProxySyntax proxy)
    {
        NeedsFrontend(line, proxy, "monitor-uri");
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects an URI.");
            return;
        }

        proxy.MonitorUri = line[1];
    }

    private static void Retries(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, "retries");
        GlobalKeywords.Integer(line, $"'{line[0]}' expects an integer argument (dispatch counts for one).", v => proxy.Retries = v);
    }

    private static void Reuse(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, "http-reuse");
        HttpReuse? reuse = line[1] switch
        {
            "never" => HttpReuse.Never,
            "safe" => HttpReuse.Safe,
            "aggressive" => HttpReuse.Aggressive,
            "always" => HttpReuse.Always,
            _ => null,
        };
        if (reuse is null)
        {
            line.Error("unknown-word", $"'{line[0]}' only supports 'never', 'safe', 'aggressive', 'always'.", word: 1);
            return;
        }

        proxy.Reuse = reuse.Value;
        line.HasTooMany(0, 1);
    }

    private static void RetryOnWords(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsBackend)
        {
            line.Error("needs-backend", $"'{line[0]}' only available in backend or listen section");
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' needs at least one keyword to specify when to retry");
            return;
        }

        if (line[1] == "none")
        {
            if (line[2].Length > 0)
            {
                line.Error("none-not-alone", $"'{line[0]}' 'none' keyworld only usable alone", word: 2);
                return;
            }

            proxy.RetryOn = RetryOn.None;
            return;
        }

        var on = RetryOn.None;
        for (var i = 1; line[i].Length > 0; i++)
        {
            RetryOn? one = line[i] switch
            {
                "conn-failure" => RetryOn.ConnectionFailure,
                "empty-response" => RetryOn.EmptyResponse,
                "response-timeout" => RetryOn.ResponseTimeout,
                "junk-response" => RetryOn.JunkResponse,
                "0rtt-rejected" => RetryOn.EarlyDataRejected,
                "401" => RetryOn.Status401,
                "403" => RetryOn.Status403,
                "404" => RetryOn.Status404,
                "408" => RetryOn.Status408,
                "425" => RetryOn.Status425,
                "500" => RetryOn.Status500,
                "501" => RetryOn.Status501,
                "502" => RetryOn.Status502,
                "503" => RetryOn.Status503,
                "504" => RetryOn.Status504,
                "all-retryable-errors" => RetryOn.ConnectionFailure | RetryOn.EmptyResponse | RetryOn.ResponseTimeout | RetryOn.JunkResponse
                    | RetryOn.EarlyDataRejected | RetryOn.Status500 | RetryOn.Status502 | RetryOn.Status503 | RetryOn.Status504,
                _ => null,
            };
            if (one is null)
            {
                if (line[i] == "none")
                {
                    line.Error("none-not-alone", $"'{line[0]}' 'none' keyworld only usable alone", word: i);
                }
                else
                {
                    line.Error("unknown-word", $"'{line[0]}': unknown keyword '{line[i]}'", word: i);
                }

                return;
            }

            on |= one.Value;
        }

        proxy.RetryOn = on;
    }

    private static void LogTag(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects a tag for use in syslog.");
            return;
        }

        proxy.LogTag = line[1];
    }

    private static void Format(ConfigLine line, ProxySyntax proxy, string keyword, Action<FormatSyntax> set)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"{keyword} expects an argument.");
            return;
        }

        if (line[2].Length > 0)
        {
            line.Error("unexpected-argument", $"{keyword} expects only one argument, don't forget to escape spaces!", word: 2);
            return;
        }

        var format = new FormatSyntax(line[1], line.PlaceOf(1));
        if (keyword == "log-format" && proxy.IsDefaults && proxy.LogFormat is { } before)
        {
            Overrides(line, before, "log-format");
        }

        set(format);
        if (!proxy.IsFrontend)
        {
            line.Warn("needs-frontend", $"backend '{proxy.Name}' : '{keyword}' directive is ignored in backends.");
        }
    }

    /// <summary>Warns that a log format replaces another one.</summary>
    public static void Overrides(ConfigLine line, FormatSyntax before, string now)
    {
        var old = before.Option switch { "" => "log-format", "httplog clf" => "option httplog clf", var o => "option " + o };
        line.WarnTight("overrides", $"'{now}' overrides previous '{old}' in 'defaults' section.");
    }

    private static void UniqueIdFormat(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} expects an argument.");
            return;
        }

        if (line[2].Length > 0)
        {
            line.Error("unexpected-argument", $"{line[0]} expects only one argument, don't forget to escape spaces!", word: 2);
            return;
        }

        proxy.UniqueIdFormat = new FormatSyntax(line[1], line.PlaceOf(1));
    }

    private static void UniqueIdHeader(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} expects an argument.");
            return;
        }

        proxy.UniqueIdHeader = line[1];
    }

    private static void LoadServerState(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, line[0]);
        ServerStateSource? source = line[1] switch
        {
            "global" => ServerStateSource.Global,
            "local" => ServerStateSource.Local,
            "none" => ServerStateSource.None,
            _ => null,
        };
        if (source is null)
        {
            line.Error("unknown-word", $"'{line[0]}' expects 'global', 'local' or 'none'. Got '{line[1]}'", word: 1);
            return;
        }

        proxy.ServerState = source.Value;
    }

    private static void ServerStateFileName(ConfigLine line, ProxySyntax proxy)
    {
        if (!NeedsBackend(line, proxy, line[0]) && !line.HasTooMany(1))
        {
            proxy.ServerStateFileName = line[1] is "" or "use-backend-name" ? proxy.Name : line[1];
        }
    }

    private static void SendNameHeader(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, line[0]);
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' requires a header string.");
            return;
        }

        proxy.SendNameHeader = line[1];
    }

    private static void ExternalCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"missing argument after '{line[0]}'.\n\n");
            return;
        }

        if (line[1] is "command" or "path")
        {
            if (line.HasTooMany(2))
            {
                return;
            }

            if (line[2].Length == 0)
            {
                line.Error("missing-argument", $"missing argument after '{line[1]}'.\n\n");
                return;
            }

            if (line[1] == "command")
            {
                proxy.ExternalCheckCommand = line[2];
            }
            else
            {
                proxy.ExternalCheckPath = line[2];
            }

            return;
        }

        line.Error("unknown-word", $"'{line[0]}' only supports 'command' and 'path'. but got '{line[1]}'.", word: 1);
    }

    private static void Probe(ConfigLine line, ProxySyntax proxy, Action<int> set)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects an integer value");
            return;
        }

        if (!Values.TryWhole(line[1], out var value, out var bad))
        {
            line.Error("bad-number", $"'{line[0]}' : unexpected character '{bad}' in integer value '{line[1]}'", word: 1);
            return;
        }

        ProbePlace(line, proxy);
        set((int)value);
    }

    private static void ProbeTime(ConfigLine line, ProxySyntax proxy, Action<int> set)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects an integer value");
            return;
        }

        switch (Values.Time(line[1], TimeUnit.Seconds, out var value, out var bad))
        {
            case TimeOutcome.Good:
                ProbePlace(line, proxy);
                set((int)value);
                break;
            case TimeOutcome.Overflow:
                line.Error("bad-time", $"timer overflow in argument '{line[1]}' to <{line[0]}> (maximum value is 2147483647 ms or ~24.8 days).", word: 1);
                break;
            case TimeOutcome.Underflow:
                line.Error("bad-time", $"timer underflow in argument '{line[1]}' to <{line[0]}> (minimum non-null value is 1 ms).", word: 1);
                break;
            default:
                line.Error("bad-time", $"unexpected character '{bad}' in argument to <{line[0]}>.\n\n", word: 1);
                break;
        }
    }

    private static void ProbePlace(ConfigLine line, ProxySyntax proxy)
    {
        var (fits, side) = line[0].StartsWith("cli", StringComparison.Ordinal) ? (proxy.IsFrontend, "frontend") : (proxy.IsBackend, "backend");
        if (!fits)
        {
            line.Warn("needs-" + side, $"{line[0]} will be ignored because {proxy.TypeName} '{proxy.Name}' has no {side} capability");
        }
    }

    private static void MaxKeepAliveQueue(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects expects an integer value (or -1 to disable)");
            return;
        }

        if (!Values.TryWhole(line[1], out var value, out var bad))
        {
            line.Error("bad-number", $"'{line[0]}' : unexpected character '{bad}' in integer value '{line[1]}'", word: 1);
            return;
        }

        if (!proxy.IsBackend)
        {
            line.Warn("needs-backend", $"{line[0]} will be ignored because {proxy.TypeName} '{proxy.Name}' has no backend capability");
        }

        proxy.MaxKeepAliveQueue = (int)value;
    }

    private static void Persist(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"missing persist method.");
        }
        else if (!line[1].StartsWith("rdp-cookie", StringComparison.Ordinal))
        {
            line.Error("unknown-word", $"unknown persist method.", word: 1);
        }
        else
        {
            line.Refuse("persist rdp-cookie", "RDP cookies are not followed");
        }
    }

    private static void DynamicCookieKey(ConfigLine line, ProxySyntax proxy)
    {
        NeedsBackend(line, proxy, line[0]);
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <secret_key> as argument.");
            return;
        }

        proxy.DynamicCookieKey = line[1];
    }
}

using Dropin.Parsers.Haproxy.Registry;
using Dropin.Parsers.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>option ...</c> (configuration manual 4.2): switches, and words which are more than a switch.</summary>
internal static class OptionLines
{
    /// <summary>What a switch is: its flag and where it counts.</summary>
    internal sealed record Switch(string Name, ProxyOptions Flag, ProxyCapability Where, bool HttpOnly);

    private const string Where = "defaults, frontend, backend, listen";
    private const ProxyCapability Fe = ProxyCapability.Frontend;
    private const ProxyCapability Be = ProxyCapability.Backend;

    /// <summary>The switches, in the order in which messages about them come.</summary>
    internal static readonly Switch[] Switches =
    [
        new("abortonclose", ProxyOptions.AbortOnClose, Be, false),
        new("allbackups", ProxyOptions.AllBackups, Be, false),
        new("checkcache", ProxyOptions.CheckCache, Be, true),
        new("clitcpka", ProxyOptions.ClientKeepAliveProbes, Fe, false),
        new("contstats", ProxyOptions.ContinuousStats, Fe, false),
        new("dontlognull", ProxyOptions.DontLogNull, Fe, false),
        new("http-buffer-request", ProxyOptions.BufferRequest, Fe | Be, true),
        new("http-ignore-probes", ProxyOptions.IgnoreProbes, Fe, true),
        new("idle-close-on-response", ProxyOptions.IdleCloseOnResponse, Fe, true),
        new("prefer-last-server", ProxyOptions.PreferLastServer, Be, true),
        new("logasap", ProxyOptions.LogAsap, Fe, false),
        new("nolinger", ProxyOptions.NoLinger, Fe | Be, false),
        new("persist", ProxyOptions.Persist, Be, false),
        new("srvtcpka", ProxyOptions.ServerKeepAliveProbes, Be, false),
        new("transparent", ProxyOptions.Transparent, Be, false),
        new("splice-request", ProxyOptions.Splice, Fe | Be, false),
        new("splice-response", ProxyOptions.Splice, Fe | Be, false),
        new("splice-auto", ProxyOptions.Splice, Fe | Be, false),
        new("accept-invalid-http-request", ProxyOptions.AcceptInvalidRequest, Fe, true),
        new("accept-invalid-http-response", ProxyOptions.AcceptInvalidResponse, Be, true),
        new("dontlog-normal", ProxyOptions.DontLogNormal, Fe, false),
        new("log-separate-errors", ProxyOptions.LogSeparateErrors, Fe, false),
        new("log-health-checks", ProxyOptions.LogHealthChecks, Be, false),
        new("socket-stats", ProxyOptions.SocketStats, Fe, false),
        new("tcp-smart-accept", ProxyOptions.SmartAccept, Fe, false),
        new("tcp-smart-connect", ProxyOptions.SmartConnect, Be, false),
        new("independent-streams", ProxyOptions.IndependentStreams, Fe | Be, false),
        new("http-use-proxy-header", ProxyOptions.UseProxyHeader, Fe, true),
        new("http-pretend-keepalive", ProxyOptions.PretendKeepAlive, Be, true),
        new("http-no-delay", ProxyOptions.NoDelay, Fe | Be, true),
        new("h1-case-adjust-bogus-client", ProxyOptions.CaseAdjustClient, Fe, false),
        new("h1-case-adjust-bogus-server", ProxyOptions.CaseAdjustServer, Be, false),
        new("disable-h2-upgrade", ProxyOptions.DisableH2Upgrade, Fe, true),
    ];

    private static readonly Dictionary<string, Switch> SwitchByName = Switches.ToDictionary(s => s.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, LineReader<ProxySyntax>> Others = new(StringComparer.Ordinal)
    {
        ["httplog"] = HttpLog,
        ["httpslog"] = HttpsLog,
        ["tcplog"] = TcpLog,
        ["tcpka"] = TcpKeepAlive,
        ["httpchk"] = HttpCheck,
        ["tcp-check"] = (line, p) => Check(line, p, "tcp-check"),
        ["ssl-hello-chk"] = (line, p) => Check(line, p, "ssl-hello-chk"),
        ["redis-check"] = (line, p) => Check(line, p, "redis-check"),
        ["ldap-check"] = (line, p) => Check(line, p, "ldap-check"),
        ["spop-check"] = (line, p) => Check(line, p, "spop-check"),
        ["smtpchk"] = SmtpCheck,
        ["mysql-check"] = MySqlCheck,
        ["pgsql-check"] = PostgresCheck,
        ["external-check"] = ExternalCheck,
        ["forwardfor"] = ForwardFor,
        ["originalto"] = OriginalTo,
    };

    private static readonly WordSimilarity Similar = new(
        [.. Switches.Select(s => s.Name), "httpclose", "http-server-close", "http-keep-alive", "redispatch", "httplog", "tcplog", "tcpka",
            "httpchk", "ssl-hello-chk", "smtpchk", "pgsql-check", "redis-check", "mysql-check", "ldap-check", "spop-check", "tcp-check",
            "external-check", "forwardfor", "original", "http-restrict-req-hdr-names"]);

    /// <summary>The registry's entries of all options.</summary>
    public static IEnumerable<KeywordEntry> Entries
    {
        get
        {
            foreach (var one in Switches)
            {
                var why = one.Flag switch
                {
                    ProxyOptions.Splice => "the engine copies",
                    ProxyOptions.DisableH2Upgrade => "HTTP/2 is not executed yet",
                    ProxyOptions.ContinuousStats => "bytes are always counted as they pass",
                    ProxyOptions.NoDelay => "what is there is always sent at once",
                    _ => "",
                };
                yield return new KeywordEntry(
                    "option", Where, one.Name,
                    why.Length > 0 ? KeywordStatus.Accepted : KeywordStatus.Executed, why);
            }

            foreach (var name in (string[])[.. Others.Keys, "httpclose", "http-server-close", "http-keep-alive", "redispatch", "http-restrict-req-hdr-names"])
            {
                yield return name == "httpslog"
                    ? new KeywordEntry("option", Where, name, KeywordStatus.Refused, "TLS is not executed yet")
                    : new KeywordEntry("option", Where, name, KeywordStatus.Executed);
            }
        }
    }

    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("option", Read);

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        var name = line[1];
        if (name.Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects an option name.");
            return;
        }

        if (SwitchByName.TryGetValue(name, out var known))
        {
            Set(line, proxy, known);
            return;
        }

        switch (name)
        {
            case "http-server-close":
                ConnectionMode(line, proxy, HttpConnectionMode.ServerClose);
                return;
            case "httpclose":
                ConnectionMode(line, proxy, HttpConnectionMode.Close);
                return;
            case "http-keep-alive":
                ConnectionMode(line, proxy, HttpConnectionMode.KeepAlive);
                return;
            case "redispatch":
                Redispatch(line, proxy);
                return;
            case "http-restrict-req-hdr-names":
                RestrictHeaderNames(line, proxy);
                return;
            case "forceclose":
                line.ErrorTight("removed",
                    $"option '{name}' is not supported any more since HAProxy 2.0, please just remove it, or use 'option httpclose' if absolutely needed.");
                return;
            case "http-tunnel":
                line.ErrorTight("removed",
                    $"option '{name}' is not supported any more since HAProxy 2.1, please just remove it, it shouldn't be needed.");
                return;
            case "http_proxy":
                line.ErrorTight("removed",
                    $"option '{name}' is not supported any more since HAProxy 2.5. This option stopped working in HAProxy 1.9 and usually had nasty side effects. It can be more reliably implemented with combinations of 'http-request set-dst' and 'http-request set-uri', and even 'http-request do-resolve' if DNS resolution is desired.");
                return;
        }

        if (line.Prefix != LinePrefix.None)
        {
            line.ErrorTight("no-negation", $"negation/default is not supported for option '{name}'.");
            return;
        }

        if (Others.TryGetValue(name, out var reader))
        {
            reader(line, proxy);
            return;
        }

        var near = Similar.Nearest(name);
        line.Error("unknown-option", near is null ? Problem.Of($"unknown option '{name}'.")
            : Problem.Of($"unknown option '{name}'; did you mean '{near}' maybe ?"), word: 1);
    }

    private static void Set(ConfigLine line, ProxySyntax proxy, Switch known)
    {
        if (line.HasTooMany(0, 1))
        {
            return;
        }

        var where = known.Where;
        if ((where & proxy.Capability) == 0)
        {
            if (where == Fe)
            {
                ProxyBasics.NeedsFrontend(line, proxy, known.Name);
            }
            else
            {
                ProxyBasics.NeedsBackend(line, proxy, known.Name);
            }

            return;
        }

        (proxy.Options, proxy.RefusedOptions) = line.Prefix switch
        {
            LinePrefix.None => (proxy.Options | known.Flag, proxy.RefusedOptions & ~known.Flag),
            LinePrefix.No => (proxy.Options & ~known.Flag, proxy.RefusedOptions | known.Flag),
            _ => (proxy.Options & ~known.Flag, proxy.RefusedOptions & ~known.Flag),
        };
    }

    private static void ConnectionMode(ConfigLine line, ProxySyntax proxy, HttpConnectionMode mode)
    {
        if (line.HasTooMany(0, 1))
        {
            return;
        }

        if (line.Prefix == LinePrefix.None)
        {
            proxy.ConnectionMode = mode;
        }
        else if (proxy.ConnectionMode == mode)
        {
            proxy.ConnectionMode = HttpConnectionMode.KeepAlive;
        }
    }

    private static void Redispatch(ConfigLine line, ProxySyntax proxy)
    {
        ProxyBasics.NeedsBackend(line, proxy, "redispatch");
        proxy.RedispatchInterval = 0;
        proxy.Options &= ~ProxyOptions.Redispatch;
        if (line.Prefix == LinePrefix.None)
        {
            proxy.Options |= ProxyOptions.Redispatch;
            proxy.RedispatchInterval = line[2].Length > 0 ? Values.Integer(line[2]) : -1;
        }
    }

    private static void RestrictHeaderNames(ConfigLine line, ProxySyntax proxy)
    {
        if (line.Prefix != LinePrefix.None)
        {
            line.ErrorTight("no-negation", $"negation/default is not supported for option '{line[1]}'.");
            return;
        }

        if (line.HasTooMany(1, 1))
        {
            return;
        }

        if (line[2].Length == 0)
        {
            line.Error("missing-argument",
                $"missing parameter. option '{line[1]}' expects 'preserve', 'reject' or 'delete' option.");
            return;
        }

        var set = line[2] switch
        {
            "preserve" => ProxyOptions.None,
            "reject" => ProxyOptions.RestrictHeaderNamesReject,
            "delete" => ProxyOptions.RestrictHeaderNamesDelete,
            _ => (ProxyOptions?)null,
        };
        if (set is null)
        {
            line.Error("unknown-word",
                $"invalid parameter '{line[2]}'. option '{line[1]}' expects 'preserve', 'reject' or 'delete' option.", word: 2);
            return;
        }

        proxy.Options = (proxy.Options & ~(ProxyOptions.RestrictHeaderNamesReject | ProxyOptions.RestrictHeaderNamesDelete)) | set.Value;
        proxy.RestrictsHeaderNames = true;
    }

    private static void HttpLog(ConfigLine line, ProxySyntax proxy)
    {
        var option = "httplog";
        if (line[2].Length > 0)
        {
            if (line[2] != "clf")
            {
                line.Error("unknown-word", $"keyword '{line[1]}' only supports option 'clf'.", word: 2);
                return;
            }

            if (line.HasTooMany(1, 1))
            {
                return;
            }

            option = "httplog clf";
        }

        Log(line, proxy, option, "option " + option);
    }

    // The original calls it httplog in its warning about an overridden format.
    private static void HttpsLog(ConfigLine line, ProxySyntax proxy) => Log(line, proxy, "httpslog", "option httplog");

    private static void TcpLog(ConfigLine line, ProxySyntax proxy)
    {
        if (!line.HasTooMany(0, 1))
        {
            Log(line, proxy, "tcplog", "option tcplog");
        }
    }

    private static void Log(ConfigLine line, ProxySyntax proxy, string option, string said)
    {
        if (proxy.IsDefaults && proxy.LogFormat is { } before)
        {
            ProxyBasics.Overrides(line, before, said);
        }

        proxy.LogFormat = new FormatSyntax("", line.At, option);
        if (!proxy.IsFrontend)
        {
            line.Warn("needs-frontend", $"backend '{proxy.Name}' : 'option {line[1]}' directive is ignored in backends.");
        }
    }

    private static void TcpKeepAlive(ConfigLine line, ProxySyntax proxy)
    {
        if (line.HasTooMany(0, 1))
        {
            return;
        }

        if (proxy.IsFrontend)
        {
            proxy.Options |= ProxyOptions.ClientKeepAliveProbes;
        }

        if (proxy.IsBackend)
        {
            proxy.Options |= ProxyOptions.ServerKeepAliveProbes;
        }
    }

    private static void Check(ConfigLine line, ProxySyntax proxy, string option)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, line[1]) || line.HasTooMany(0, 1))
        {
            return;
        }

        SetCheck(proxy, option);
    }

    private static void SetCheck(ProxySyntax proxy, string option, params string[] arguments) =>
        (proxy.CheckOption, proxy.CheckArguments) = (option, ValueList.Create<string>(arguments));

    private static void HttpCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, line[1]) || line.HasTooMany(3, 1))
        {
            return;
        }

        var version = line[4];
        if (version.Contains('\r', StringComparison.Ordinal) || version.Contains('\n', StringComparison.Ordinal))
        {
            line.WarnTight("hidden-headers",
                $"'option httpchk' : hiding headers or body at the end of the version string is deprecated. Please, consider to use 'http-check send' directive instead.");
        }

        // A section that says it anew begins anew: the rules that it inherited go.
        if (proxy.InheritedFrom?.HttpCheckSteps is { Count: > 0 } inherited
            && proxy.HttpCheckSteps.Count > 0 && ReferenceEquals(proxy.HttpCheckSteps[0], inherited[0]))
        {
            proxy.HttpCheckSteps = ValueList.Create(proxy.HttpCheckSteps.AsSpan()[inherited.Count..]);
        }

        // One word alone is the URI.
        if (line[2].Length == 0)
        {
            SetCheck(proxy, "httpchk");
        }
        else if (line[3].Length == 0)
        {
            SetCheck(proxy, "httpchk", "", line[2], "");
        }
        else
        {
            SetCheck(proxy, "httpchk", line[2], line[3], version);
        }
    }

    private static void SmtpCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, line[1]) || line.HasTooMany(2, 1))
        {
            return;
        }

        var greeting = line[2] is "HELO" or "EHLO" && line[3].Length > 0 ? line[2] + " " + line[3] : "HELO localhost";
        SetCheck(proxy, "smtpchk", greeting);
    }

    private static void MySqlCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, line[1]) || line.HasTooMany(3, 1))
        {
            return;
        }

        if (line[2].Length == 0)
        {
            SetCheck(proxy, "mysql-check");
            return;
        }

        if (line[2] != "user")
        {
            line.Error("unknown-word", $"'{line[0]} {line[1]}' only supports optional values: 'user' (got '{line[2]}').", word: 2);
            return;
        }

        if (line[3].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]} {line[2]}' expects <username> as argument.");
            return;
        }

        if (line[4] is not ("" or "post-41" or "pre-41"))
        {
            line.Error("unknown-word", $"keyword '{line[2]}' only supports 'post-41' and 'pre-41' (got '{line[4]}').", word: 4);
            return;
        }

        SetCheck(proxy, "mysql-check", line[3], line[4] == "pre-41" ? "pre-41" : "post-41");
    }

    private static void PostgresCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, line[1]) || line.HasTooMany(2, 1))
        {
            return;
        }

        if (line[2] != "user" || line[3].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]}' expects 'user <username>' as argument.");
            return;
        }

        SetCheck(proxy, "pgsql-check", line[3]);
    }

    private static void ExternalCheck(ConfigLine line, ProxySyntax proxy)
    {
        if (!line.HasTooMany(0, 1))
        {
            SetCheck(proxy, "external-check");
        }
    }

    private static void ForwardFor(ConfigLine line, ProxySyntax proxy)
    {
        var header = new AddressHeaderConfig("X-Forwarded-For", null, false);
        for (var i = 2; line[i].Length > 0; i++)
        {
            switch (line[i])
            {
                case "except" when Network(line, ref i) is { } network:
                    header = header with { Except = network };
                    break;
                case "header" when HeaderName(line, ref i) is { } name:
                    header = header with { Header = name };
                    break;
                case "except" or "header":
                    return;
                case "if-none":
                    header = header with { IfNone = true };
                    break;
                default:
                    line.Error("unknown-word", $"'{line[0]} {line[1]}' only supports optional values: 'except', 'header' and 'if-none'.", word: i);
                    return;
            }
        }

        proxy.ForwardFor = header;
    }

    private static void OriginalTo(ConfigLine line, ProxySyntax proxy)
    {
        var header = new AddressHeaderConfig("X-Original-To", null, false);
        for (var i = 2; line[i].Length > 0; i++)
        {
            switch (line[i])
            {
                case "except" when Network(line, ref i) is { } network:
                    header = header with { Except = network };
                    break;
                case "header" when HeaderName(line, ref i) is { } name:
                    header = header with { Header = name };
                    break;
                case "except" or "header":
                    return;
                default:
                    line.Error("unknown-word", $"'{line[0]} {line[1]}' only supports optional values: 'except' and 'header'.", word: i);
                    return;
            }
        }

        proxy.OriginalTo = header;
    }

    private static NetworkConfig? Network(ConfigLine line, ref int i)
    {
        var network = Addresses.Network(line[i + 1]);
        if (network is null)
        {
            line.Error("bad-address", $"'{line[0]} {line[1]} {line[i]}' expects <address>[/mask] as argument.", word: i);
        }

        i++;
        return network;
    }

    private static string? HeaderName(ConfigLine line, ref int i)
    {
        if (line[i + 1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]} {line[i]}' expects <header_name> as argument.", word: i);
            return null;
        }

        return line[++i];
    }
}

using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The options of <c>server</c>, <c>default-server</c> and <c>server-template</c> (configuration manual 5.2).</summary>
internal static partial class ServerOptions
{
    private const string NoTls = "TLS is not executed yet";
    private const string NoResolvers = "names are resolved at start only";

    /// <summary>The table.</summary>
    public static readonly OptionTable<ServerSyntax> Table = Build();

    private static OptionTable<ServerSyntax> Build()
    {
        var table = new OptionTable<ServerSyntax>("server", "server, default-server, server-template");
        table
            .Executed("backup", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Backup = true))
            .Executed("cookie", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text.Length == 0 ? Problem.Of($"'cookie' expects <value> as argument.") : Set(s.Cookie = o.Value.Text))
            .Executed("disabled", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Disabled = true))
            .Executed("enabled", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Disabled = false))
            .Executed("error-limit", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'error-limit' expects an integer argument.";
                }

                s.ErrorLimit = Values.Integer(o.Value.Text);
                return s.ErrorLimit <= 0 ? Problem.Of($"error-limit has to be > 0.") : null;
            })
            .Executed("id", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'id' : expects an integer argument";
                }

                var id = Values.Integer(o.Value.Text);
                if (id <= 0)
                {
                    return $"'id' : custom id has to be > 0";
                }

                if (line.Document.CurrentProxy is { } proxy)
                {
                    if (proxy.ServersById.TryGetValue(id, out var other) && other != s)
                    {
                        return $"'id' : custom id {id} already used at {other.At.File}:{other.At.Line} ('server {other.Name}')";
                    }

                    proxy.ServersById[id] = s;
                }

                s.Id = id;
                return null;
            })
            .Executed("init-addr", 1, InitAddress)
            .Accepted("log-proto", 1, "log lines are sent as datagrams", static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
                o.Value.Text is "legacy" or "octet-count" ? null
                    : Problem.Of($"'log-proto' expects one of 'legacy' or 'octet-count' but got '{o.Value.Text}'"))
            .Executed("maxconn", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                Set(s.MaxConnections = Math.Max(0, Values.Integer(o.Value.Text))))
            .Executed("maxqueue", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                Set(s.MaxQueue = Math.Max(0, Values.Integer(o.Value.Text))))
            .Accepted("max-reuse", 1, "it limits connections of HTTP/2 alone, with the original too", static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
                o.Value.Text.Length == 0 ? Problem.Of($"'max-reuse' expects <value> as argument.") : null)
            .Executed("minconn", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                Set(s.MinConnections = Math.Max(0, Values.Integer(o.Value.Text))))
            .Executed("namespace", 1, Namespace)
            .Executed("no-backup", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) =>
            {
                s.Backup = false;
                return null;
            })
            .Executed("no-send-proxy", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.SendProxyVersion = 0))
            .Executed("no-send-proxy-v2", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.SendProxyVersion = 0))
            .Executed("no-tfo", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.FastOpen = false))
            .Accepted("non-stick", 0, "stick tables are not executed yet")
            .Accepted("stick", 0, "stick tables are not executed yet")
            .Executed("observe", 1, Observe)
            .Executed("on-error", 1, OnError)
            .Executed("on-marked-down", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text != "shutdown-sessions" ? Problem.Of($"'on-marked-down' expects 'shutdown-sessions' but got '{o.Value.Text}'")
                    : Set(s.ShutdownSessionsOnDown = true))
            .Executed("on-marked-up", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text != "shutdown-backup-sessions" ? Problem.Of($"'on-marked-up' expects 'shutdown-backup-sessions' but got '{o.Value.Text}'")
                    : Set(s.ShutdownBackupSessionsOnUp = true))
            .Executed("pool-low-conn", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text.Length == 0 ? Problem.Of($"'pool-low-conn' expects <value> as argument.") : Set(s.PoolLowConnections = Values.Integer(o.Value.Text)))
            .Executed("pool-max-conn", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'pool-max-conn' expects <value> as argument.";
                }

                s.PoolMaxConnections = Values.Integer(o.Value.Text);
                return s.PoolMaxConnections < -1 ? Problem.Of($"'pool-max-conn' must be >= -1") : null;
            })
            .Executed("pool-purge-delay", 1, PurgeDelay)
            .Accepted("proto", 1, "the protocol follows the mode", Protocol)
            .Accepted("proxy-v2-options", 1, "no further fields are sent", ProxyOptions)
            .Executed("redir", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text.Length == 0 ? Problem.Of($"'redir' expects <prefix> as argument.") : Set(s.RedirectPrefix = o.Value.Text))
            .Accepted("resolve-net", 1, NoResolvers, static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'resolve-net' expects a list of networks.";
                }

                foreach (var network in o.Value.Text.Split(','))
                {
                    if (Addresses.Network(network) is null)
                    {
                        return $"'resolve-net' invalid network '{network}'.";
                    }
                }

                return null;
            })
            .Accepted("resolve-opts", 1, NoResolvers, static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
            {
                foreach (var word in o.Value.Text.Split(','))
                {
                    if (word is not ("" or "allow-dup-ip" or "ignore-weight" or "prevent-dup-ip"))
                    {
                        return $"'resolve-opts' : unknown resolve-opts option '{word}', supported methods are 'allow-dup-ip', 'ignore-weight', and 'prevent-dup-ip'.";
                    }
                }

                return null;
            })
            .Accepted("resolve-prefer", 1, NoResolvers, static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
                o.Value.Text is "ipv4" or "ipv6" ? null : Problem.Of($"'resolve-prefer' expects either ipv4 or ipv6 as argument."))
            .Refused("resolvers", 1, NoResolvers, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Set(s.Resolvers = o.Value.Text))
            .Executed("send-proxy", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.SendProxyVersion = 1))
            .Executed("send-proxy-v2", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.SendProxyVersion = 2))
            .Executed("slowstart", 1, SlowStart)
            .Executed("source", 1, Source)
            .Executed("usesrc", 1, UseSource)
            .Executed("tcp-ut", 1, UserTimeout)
            .Executed("tfo", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.FastOpen = true))
            .Executed("track", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
                o.Value.Text.Length == 0 ? Problem.Of($"'track' expects [<proxy>/]<server> as argument.") : Set(s.Track = o.Value.Text))
            .Refused("socks4", 1, "servers are reached directly", static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine line) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'socks4' expects <addr>:<port> as argument.";
                }

                var address = Addresses.Read(o.Value.Text, AddressNeeds.PortMandatory | AddressNeeds.ResolveNow, line.Document, out var error);
                return address is null ? Problem.Of($"'socks4 {o.Value.Text}' : {error?.ToString().TrimEnd('\n')}") : null;
            })
            .Executed("weight", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            {
                var weight = Values.Integer(o.Value.Text);
                s.Weight = weight;
                return weight is < 0 or > 256 ? Problem.Of($"weight of server {s.Name} is not within 0 and 256 ({weight}).") : null;
            })
            .Accepted("ws", 1, "WebSocket follows the connection's protocol", static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine _) =>
                o.Value.Text is "auto" or "h1" or "h2" ? null : Problem.Of($"'ws' has to be 'auto', 'h1' or 'h2'"));
        AddChecks(table);
        AddTls(table);
        return table;
    }

    private static FormattableString? InitAddress(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        var methods = new List<InitAddressMethod>();
        s.InitialAddress = null;
        foreach (var word in o.Value.Text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "last":
                    methods.Add(InitAddressMethod.Last);
                    break;
                case "libc":
                    methods.Add(InitAddressMethod.Libc);
                    break;
                case "none":
                    methods.Add(InitAddressMethod.None);
                    break;
                default:
                    if (Addresses.Numeric(word) is not { } address)
                    {
                        return $"'init-addr' : unknown init-addr method '{word}', supported methods are 'libc', 'last', 'none'.";
                    }

                    if (s.InitialAddress is not null)
                    {
                        return $"'init-addr' : the <addr> method cannot be used more than once.";
                    }

                    s.InitialAddress = address;
                    methods.Add(InitAddressMethod.Address);
                    break;
            }
        }

        s.InitAddress = ValueList.Create<InitAddressMethod>(methods.ToArray());
        return null;
    }

    private static FormattableString? Namespace(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'namespace' : expects <name> as argument";
        }

        if (o.Value.Text == "*")
        {
            return OptionTable<ServerSyntax>.NotExecuted("namespace *", "the namespace of the PROXY protocol is not used");
        }

        return line.Document.Surroundings.Exists("/var/run/netns/" + o.Value.Text) ? Set(s.Namespace = o.Value.Text)
            : Problem.Of($"Cannot open namespace '{o.Value.Text}'");
    }

    private static FormattableString? Observe(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        switch (o.Value.Text)
        {
            case "":
                return $"'observe' expects <mode> as argument.";
            case "none":
                return Set(s.Observe = ObserveMode.None);
            case "layer4":
                return Set(s.Observe = ObserveMode.Layer4);
            case "layer7":
                if (line.Document.CurrentProxy?.Mode != ProxyMode.Http)
                {
                    line.Alert("needs-http", $"'server {line.Document.CurrentProxy?.Name}/{s.Name}' : 'layer7' can only be used in http proxies..",
                        Runtime.Ir.Source.DiagnosticPlace.Bracket);
                    return null;
                }

                return Set(s.Observe = ObserveMode.Layer7);
            default:
                return $"'observe' expects one of 'none', 'layer4', 'layer7' but got '{o.Value.Text}'";
        }
    }

    private static FormattableString? OnError(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        OnErrorAction? action = o.Value.Text switch
        {
            "fastinter" => OnErrorAction.FastInterval,
            "fail-check" => OnErrorAction.FailCheck,
            "sudden-death" => OnErrorAction.SuddenDeath,
            "mark-down" => OnErrorAction.MarkDown,
            _ => null,
        };
        if (action is null)
        {
            return $"'on-error' expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down' but got '{o.Value.Text}'";
        }

        s.OnError = action.Value;
        return null;
    }

    private static FormattableString? PurgeDelay(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'pool-purge-delay' expects <value> as argument.";
        }

        switch (Values.Time(o.Value.Text, TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                return $"timer overflow in argument '{o.Value.Text}' to <pool-purge-delay> (maximum value is 2147483647 ms or ~24.8 days)";
            case TimeOutcome.BadCharacter:
                return $"unexpected character '{bad}' in argument to <pool-purge-delay>.";
            default:
                s.PoolPurgeDelay = Values.Duration(value);
                return null;
        }
    }

    private static FormattableString? Protocol(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) => o.Value.Text switch
    {
        "" => $"'{o.Name.Text}' : missing value",
        "h1" or "none" => null,
        "h2" => OptionTable<ServerSyntax>.NotExecuted(o.Name.Text + " h2", "HTTP/2 is not executed yet"),
        "fcgi" => OptionTable<ServerSyntax>.NotExecuted(o.Name.Text + " fcgi", "FastCGI is not executed yet"),
        _ => $"'{o.Name.Text}' :  unknown MUX protocol '{o.Value.Text}'",
    };

    private static FormattableString? ProxyOptions(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        foreach (var word in o.Value.Text.Split(','))
        {
            if (word is not ("ssl" or "cert-cn" or "cert-key" or "cert-sig" or "ssl-cipher" or "authority" or "crc32c" or "unique-id"))
            {
                return $"'{word}' : proxy v2 option not implemented";
            }
        }

        return OptionTable<ServerSyntax>.NotExecuted("proxy-v2-options " + o.Value.Text, "no further fields are sent");
    }

    private static FormattableString? SlowStart(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        switch (Values.Time(o.Value.Text, TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                return $"overflow in argument <{o.Value.Text}> to <slowstart> of server {s.Name}, maximum value is 2147483647 ms (~24.8 days).";
            case TimeOutcome.BadCharacter:
                return $"unexpected character '{bad}' in 'slowstart' argument of server {s.Name}.";
            default:
                s.SlowStart = value == 0 ? null : Values.Duration(value);
                return null;
        }
    }

    private static FormattableString? Source(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'source' expects <addr>[:<port>[-<port>]], and optionally 'usesrc' <addr>, and 'interface' <name> as argument.";
        }

        var address = Addresses.Read(o.Value.Text, AddressNeeds.Port | AddressNeeds.PortRange | AddressNeeds.ResolveNow, line.Document, out var error);
        if (address?.Endpoint is not IpEndpoint ip)
        {
            // An address that cannot be found is told in lines of its own.
            var text = error?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
            return text.StartsWith("invalid address", StringComparison.Ordinal)
                ? Problem.Of($"\n  'source {o.Value.Text}' : {text}  \n")
                : Problem.Of($"'source {o.Value.Text}' : {text.TrimEnd('\n')}");
        }

        s.Source = new SourceAddressConfig(ip, address.LastPort > ip.Port ? address.LastPort : 0, null, 0);
        s.SourceOpen = true;
        return null;
    }

    private static FormattableString? UseSource(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (!s.SourceOpen || s.Source is null)
        {
            return $"'usesrc' only allowed after a 'source' statement.";
        }

        if (SourceLines.UseClient(o.Value.Text, line, out var use) is { } problem)
        {
            line.Sink.Add(Sentences.Make("bad-usesrc", Runtime.Ir.Source.DiagnosticSeverity.Alert, Runtime.Ir.Source.DiagnosticEffect.Fails,
                $"'server {line.Document.CurrentProxy?.Name}/{s.Name}' : {problem}", Runtime.Ir.Source.DiagnosticPlace.Bracket, line.At));
            line.Sink.Error("bad-usesrc", line.At, $"error encountered while processing 'usesrc'.");
            return Said;
        }

        s.Source = s.Source with { UseClient = use };
        return null;
    }

    private static FormattableString? UserTimeout(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'tcp-ut' : missing TCP User Timeout value";
        }

        switch (Values.Time(o.Value.Text, TimeUnit.Milliseconds, out var value, out _))
        {
            case TimeOutcome.Overflow:
                return $"'tcp-ut' : timer overflow in argument '{o.Value.Text}' (maximum value is 2147483647 ms or ~24.8 days)";
            case TimeOutcome.Good:
                s.TcpUserTimeout = Values.Duration(value);
                return null;
            default:
                return $"'tcp-ut' : expects a positive delay in milliseconds";
        }
    }

    // An option whose value was taken over: nothing is wrong.
    private static FormattableString? Set<T>(T value) => null;
}

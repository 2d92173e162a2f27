using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>A <c>bind</c> or <c>stats socket</c> line while its options are read; one line may stand for several sockets.</summary>
internal sealed class BindSyntax
{
    /// <summary>What all its sockets have in common.</summary>
    public required BindConfig Config { get; set; }

    /// <summary>The section's sockets read before, for numbers that must be unique.</summary>
    public required IReadOnlyList<BindConfig> Before { get; init; }

    /// <summary>An <c>id</c> of the file, given to the first socket of the line.</summary>
    public int Id { get; set; }

    /// <summary>TLS was asked for.</summary>
    public bool Tls { get; set; }

    /// <summary>Certificates named on the line.</summary>
    public bool HasCertificate { get; set; }
}

/// <summary>The options of <c>bind</c> and <c>stats socket</c> (configuration manual 5.1).</summary>
internal static class BindOptions
{
    private const string NoTls = "TLS is not executed yet";

    /// <summary>The table.</summary>
    public static readonly OptionTable<BindSyntax> Table = Build();

    private static OptionTable<BindSyntax> Build()
    {
        var table = new OptionTable<BindSyntax>("bind", "bind, stats socket");
        table
            .Refused("accept-netscaler-cip", 1, "the headers of NetScaler are not read yet", static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'accept-netscaler-cip' : missing value";
                }

                var value = Values.Integer(o.Value.Text);
                if (value <= 0)
                {
                    return $"'accept-netscaler-cip' : invalid value {value}, must be >= 0";
                }

                return null;
            })
            .Executed("accept-proxy", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { AcceptProxy = true }))
            .Executed("backlog", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                Count(o, out var value) ?? Set(b, b.Config with { Backlog = value > 0 ? value : null }))
            .Executed("defer-accept", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { DeferAccept = true }))
            .Executed("expose-fd", 1, ExposeDescriptors)
            .Executed("gid", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                Missing(o) ?? Set(b, b.Config with { UnixGid = (uint)Values.Number(o.Value.Text) }))
            .Executed("uid", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                Missing(o) ?? Set(b, b.Config with { UnixUid = (uint)Values.Number(o.Value.Text) }))
            .Executed("user", 1, User)
            .Executed("group", 1, Group)
            .Executed("id", 1, Id)
            .Executed("interface", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                o.Value.Text.Length == 0 ? $"'interface' : missing interface name" : Set(b, b.Config with { Interface = o.Value.Text }))
            .Executed("level", 1, Level)
            .Executed("maxconn", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                Count(o, out var value) ?? Set(b, b.Config with { MaxConnections = value > 0 ? value : null }))
            .Executed("mode", 1, Mode)
            .Executed("mss", 1, Mss)
            .Executed("name", 1, static (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine _) =>
                o.Value.Text.Length == 0 ? $"'name' : missing name" : Set(b, b.Config with { Name = o.Value.Text }))
            .Executed("namespace", 1, Namespace)
            .Accepted("nice", 1, "connections have no priority among each other", static (in OptionSyntax<BindSyntax> o, BindSyntax _, ConfigLine _) =>
            {
                if (o.Value.Text.Length == 0)
                {
                    return $"'nice' : missing value";
                }

                var value = Values.Integer(o.Value.Text);
                return value is < -1024 or > 1024 ? Problem.Of($"'nice' : invalid value {value}, allowed range is -1024..1024") : null;
            })
            .Accepted("process", 1, "there is one process", Process)
            .Accepted("proto", 1, "the protocol follows the mode", Protocol)
            .Executed("severity-output", 1, SeverityOutput)
            .Accepted("shards", 1, "the sockets of a line are shared by the threads", Shards)
            .Executed("tcp-ut", 1, UserTimeout)
            .Executed("tfo", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { FastOpen = true }))
            .Executed("thread", 1, Threads)
            .Executed("transparent", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { Transparent = true }))
            .Executed("v4v6", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { V4V6 = true }))
            .Executed("v6only", 0, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) => Set(b, b.Config with { V6Only = true }));
        AddTls(table);
        return table;
    }

    // Without 'ssl' on the line these change nothing; with it, the line is refused once all of it is read.
    private static void AddTls(OptionTable<BindSyntax> table)
    {
        table.RefusedLater("ssl", NoTls, static (in OptionSyntax<BindSyntax> _, BindSyntax b, ConfigLine _) =>
        {
            b.Tls = true;
            return null;
        });
        foreach (var name in (ReadOnlySpan<string>)["allow-0rtt", "generate-certificates", "no-ca-names", "no-tls-tickets", "prefer-client-ciphers",
            "strict-sni", "no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12", "no-tlsv13", "force-sslv3", "force-tlsv10", "force-tlsv11",
            "force-tlsv12", "force-tlsv13"])
        {
            table.Accepted(name, 0, NoTls);
        }

        Tls(table, "alpn", "missing the comma-delimited ALPN protocol suite");
        Tls(table, "npn", "missing the comma-delimited NPN protocol suite");
        Tls(table, "ca-file", "missing CAfile path");
        Tls(table, "ca-verify-file", "missing CAfile path");
        Tls(table, "ca-sign-file", "missing CAfile path");
        Tls(table, "ca-sign-pass", "missing CAkey password");
        Tls(table, "ca-ignore-err", "missing error IDs list");
        Tls(table, "crt-ignore-err", "missing error IDs list");
        Tls(table, "ciphers", "missing cipher suite");
        Tls(table, "ciphersuites", "missing cipher suite");
        Tls(table, "crl-file", "missing CRLfile path");
        Tls(table, "curves", "missing curve suite");
        Tls(table, "ecdhe", "missing named curve");
        Tls(table, "tls-ticket-keys", "missing TLS ticket keys file path");
        Tls(table, "ssl-min-ver", "missing the ssl/tls version", Version);
        Tls(table, "ssl-max-ver", "missing the ssl/tls version", Version);
        Tls(table, "verify", "missing verify method", static (in OptionSyntax<BindSyntax> o, BindSyntax _, ConfigLine _) =>
            o.Value.Text is "none" or "optional" or "required" ? null
                : Problem.Of($"'verify' : unknown verify method '{o.Value.Text}', only 'none', 'optional', and 'required' are supported"));
        Tls(table, "crt", "missing certificate location", Certificate);
        Tls(table, "crt-list", "missing certificate location", CertificateList);
    }

    private static void Tls(OptionTable<BindSyntax> table, string name, string missing, OptionAction<BindSyntax>? more = null) =>
        table.Accepted(name, 1, NoTls, (in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) =>
            o.Value.Text.Length == 0 ? $"'{name}' : {missing}" : more?.Invoke(o, b, line));

    private static FormattableString? Version(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) =>
        o.Value.Text is "SSLv3" or "TLSv1.0" or "TLSv1.1" or "TLSv1.2" or "TLSv1.3" ? null : Problem.Of($"'{o.Value.Text}' : unknown ssl/tls version");

    private static FormattableString? Certificate(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        var path = o.Value.Text;
        if (!path.StartsWith('/') && line.Document.Global.CertificateBase is { } folder)
        {
            path = folder + "/" + path;
        }

        if (!line.Document.Surroundings.Exists(path))
        {
            return $"unable to stat SSL certificate from file '{path}' : No such file or directory.\n";
        }

        b.HasCertificate = true;
        return null;
    }

    private static FormattableString? CertificateList(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (line.Document.Surroundings.ReadFile(o.Value.Text, out var reason) is null)
        {
            return $"'crt-list' : cannot open file '{o.Value.Text}' : {reason}";
        }

        b.HasCertificate = true;
        return null;
    }

    private static FormattableString? ExposeDescriptors(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) => o.Value.Text switch
    {
        "" => $"'expose-fd' : missing fd type",
        "listeners" => Set(b, b.Config with { ExposeListeners = true }),
        _ => $"'expose-fd' only supports 'listeners' (got '{o.Value.Text}')",
    };

    private static FormattableString? User(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) =>
        o.Value.Text.Length == 0 ? $"'user' : missing user name"
            : line.Document.Surroundings.FindUser(o.Value.Text) is { } user ? Set(b, b.Config with { UnixUid = user.Uid })
            : $"'user' : unknown user name '{o.Value.Text}'";

    private static FormattableString? Group(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) =>
        o.Value.Text.Length == 0 ? $"'group' : missing group name"
            : line.Document.Surroundings.FindGroup(o.Value.Text) is { } group ? Set(b, b.Config with { UnixGid = group })
            : $"'group' : unknown group name '{o.Value.Text}'";

    private static FormattableString? Id(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'id' : expects an integer argument";
        }

        if (!Values.TryWhole(o.Value.Text, out _, out _))
        {
            return $"'id' : expects an integer argument, found '{o.Value.Text}'";
        }

        var id = Values.Integer(o.Value.Text);
        if (id <= 0)
        {
            return $"'id' : custom id has to be > 0";
        }

        if (b.Id == id)
        {
            return $"'id' : custom id {id} already used at {line.At.File}:{line.At.Line} ('bind {line[1]}')";
        }

        foreach (var other in b.Before)
        {
            if (other.Id == id)
            {
                return $"'id' : custom id {id} already used at {other.At.File}:{other.At.Line} ('bind {other.Text}')";
            }
        }

        b.Id = id;
        return null;
    }

    private static FormattableString? Level(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        switch (o.Value.Text)
        {
            case "":
                return $"'level' : missing level";
            case "user":
                return Set(b, b.Config with { Level = CliLevel.User });
            case "operator":
                return Set(b, b.Config with { Level = CliLevel.Operator });
            case "admin":
                return Set(b, b.Config with { Level = CliLevel.Admin });
            default:
                return $"'level' only supports 'user', 'operator', and 'admin' (got '{o.Value.Text}')";
        }
    }

    private static FormattableString? Mode(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        foreach (var c in o.Value.Text)
        {
            if (c is < '0' or > '7')
            {
                return $"'mode' : missing or invalid mode '{o.Value.Text}' (octal integer expected)";
            }
        }

        return o.Value.Text.Length == 0 ? $"'mode' : missing or invalid mode '{o.Value.Text}' (octal integer expected)"
            : Set(b, b.Config with { UnixMode = GlobalKeywords.Octal(o.Value.Text) });
    }

    private static FormattableString? Mss(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'mss' : missing MSS value";
        }

        var mss = Values.Integer(o.Value.Text);
        return mss == 0 || Math.Abs((long)mss) > 65535 ? $"'mss' : expects an MSS with and absolute value between 1 and 65535"
            : Set(b, b.Config with { MaxSegment = mss });
    }

    private static FormattableString? Namespace(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'namespace' : missing namespace id";
        }

        if (!line.Document.Surroundings.Exists("/var/run/netns/" + o.Value.Text))
        {
            line.Sink.Error("no-namespace", line.At, $"Cannot open namespace '{o.Value.Text}'.\n");
            return $"error encountered while processing 'namespace'.";
        }

        return Set(b, b.Config with { Namespace = o.Value.Text });
    }

    private static FormattableString? Process(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        var slash = o.Value.Text.IndexOf('/');
        if (ThreadSets.Read(slash < 0 ? o.Value.Text : o.Value.Text[..slash], 1, out _) is { } problem)
        {
            return $"'process' : {problem.TrimEnd('\n')}";
        }

        if (slash >= 0)
        {
            if (ThreadSets.Read(o.Value.Text[(slash + 1)..], 64, out var mask) is { } wrong)
            {
                return $"'process' : {wrong.TrimEnd('\n')}";
            }

            b.Config = b.Config with { ThreadMask = mask };
        }

        return null;
    }

    /// <summary>The warning that a good <c>process</c> gives.</summary>
    public static FormattableString ProcessIsDeprecated(string value)
    {
        var slash = value.IndexOf('/');
        return slash < 0 ? (FormattableString)$"'process {value}' on 'bind' lines is deprecated and will be removed in 2.7."
            : $"'process {value}' on 'bind' lines is deprecated and will be removed in 2.7. Please use 'thread {value[(slash + 1)..]}' instead.";
    }

    private static FormattableString? Protocol(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) => o.Value.Text switch
    {
        "" => $"'proto' : missing value",
        "h1" or "none" => null,
        "h2" => OptionTable<BindSyntax>.NotExecuted("proto h2", "HTTP/2 is not executed yet"),
        _ => $"'proto' :  unknown MUX protocol '{o.Value.Text}'",
    };

    private static FormattableString? SeverityOutput(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line) => o.Value.Text switch
    {
        "" => $"'severity-output' : missing severity format",
        "none" or "number" or "string" => Set(b, b.Config with { SeverityOutput = o.Value.Text }),
        _ => $"'severity-output' only supports 'none', 'number', and 'string' (got '{o.Value.Text}')",
    };

    private static FormattableString? Shards(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'shards' : missing value";
        }

        var value = Values.Integer(o.Value.Text);
        return o.Value.Text == "by-thread" || value is >= 1 and <= 64 ? null
            : Problem.Of($"'shards' : invalid value {value}, allowed range is 1..64 or 'by-thread'");
    }

    private static FormattableString? UserTimeout(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'tcp-ut' : missing TCP User Timeout value";
        }

        return Values.Time(o.Value.Text, TimeUnit.Milliseconds, out var value, out _) switch
        {
            TimeOutcome.Overflow => (FormattableString)$"'tcp-ut' : timer overflow in argument '{o.Value.Text}' (maximum value is 2147483647 ms or ~24.8 days)",
            TimeOutcome.Good => Set(b, b.Config with { TcpUserTimeout = Values.Duration(value) }),
            _ => $"'tcp-ut' : expects a positive delay in milliseconds",
        };
    }

    private static FormattableString? Threads(in OptionSyntax<BindSyntax> o, BindSyntax b, ConfigLine line)
    {
        var text = o.Value.Text;
        var set = text[(text.IndexOf('/') + 1)..];
        return ThreadSets.Read(set, 64, out var mask) is { } problem ? $"'{text}' : {problem.TrimEnd('\n')}"
            : Set(b, b.Config with { ThreadMask = set == "all" ? 0 : mask });
    }

    private static FormattableString? Missing(in OptionSyntax<BindSyntax> o) => o.Value.Text.Length == 0 ? Problem.Of($"'{o.Name.Text}' : missing value") : null;

    private static FormattableString? Count(in OptionSyntax<BindSyntax> o, out int value)
    {
        value = Values.Integer(o.Value.Text);
        return Missing(o) ?? (value < 0 ? Problem.Of($"'{o.Name.Text}' : invalid value {value}, must be >= 0") : null);
    }

    private static FormattableString? Set(BindSyntax bind, BindConfig config)
    {
        bind.Config = config;
        return null;
    }
}

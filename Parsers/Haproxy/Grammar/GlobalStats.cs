using Dropin.Runtime.Ir.Proxy;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>stats socket</c>, <c>stats timeout</c> and <c>stats maxconn</c> in <c>global</c> (configuration manual 3.1).</summary>
internal static class GlobalStats
{
    /// <summary>Reads the line.</summary>
    public static void Read(ConfigLine line, GlobalSyntax global)
    {
        switch (line[1])
        {
            case "socket":
                Socket(line, global);
                break;
            case "timeout":
                Timeout(line, global);
                break;
            case "maxconn":
                var most = Values.Integer(line[2]);
                if (most <= 0)
                {
                    line.Error("out-of-range", $"'stats maxconn' expects a positive value", word: 2);
                    return;
                }

                global.Config = global.Config with { StatsMaxConnections = most };
                break;
            case "bind-process":
                for (var i = 2; line[i].Length > 0; i++)
                {
                    if (ThreadSets.Read(line[i], 1, out _) is { } problem)
                    {
                        line.Error("bad-range", $"'stats bind-process' : {problem}\n", word: i);
                        return;
                    }
                }

                break;
            default:
                line.Error("unknown-stats-word",
                    $"'stats' only supports 'socket', 'maxconn', 'bind-process' and 'timeout' (got '{line[1]}')", word: 1);
                break;
        }
    }

    private static void Timeout(ConfigLine line, GlobalSyntax global)
    {
        switch (Values.Time(line[2], TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.BadCharacter:
                line.Error("bad-time", $"'stats timeout' : unexpected character '{bad}'", word: 2);
                break;
            case TimeOutcome.Overflow:
                line.Error("bad-time",
                    $"timer overflow in argument '{line[2]}' to 'stats timeout' (maximum value is 2147483647 ms or ~24.8 days)", word: 2);
                break;
            default:
                if (value == 0)
                {
                    line.Error("out-of-range", $"'stats timeout' expects a positive value", word: 2);
                    return;
                }

                global.Config = global.Config with { StatsTimeout = Values.Duration(value) };
                break;
        }
    }

    private static void Socket(ConfigLine line, GlobalSyntax global)
    {
        if (line[2].Length == 0)
        {
            line.Error("missing-argument", $"'stats socket' in global section expects an address or a path to a UNIX socket");
            return;
        }

        if (BindAddresses.Read(line[2], line, out var error) is not { } endpoints)
        {
            line.Error("bad-address", $"parsing [{line.At.File}:{line.At.Line}] : 'stats socket' : {error}\n\n", word: 2);
            return;
        }

        var bind = new BindSyntax
        {
            Config = new BindConfig
            {
                Endpoint = endpoints[0], At = line.At, Text = line[2],
                UnixMode = global.UnixMode, UnixUid = global.UnixUid, UnixGid = global.UnixGid,
            },
            Before = global.StatsSockets,
        };
        foreach (var option in BindOptions.Table.All.ParseOrThrow(line.From(3)))
        {
            if (option.Keyword is null)
            {
                var near = BindOptions.Table.Suggest(option.Name.Text);
                line.Error("unknown-option", near is null ? Problem.Of($"'stats socket' : unknown keyword '{option.Name.Text}'.")
                    : $"'stats socket' : unknown keyword '{option.Name.Text}'. Did you mean '{near}' maybe ?");
                return;
            }

            if (option.Keyword.Action(option, bind, line) is { } problem)
            {
                line.Error("bad-option", $"'stats socket' : '{problem}'\n");
                return;
            }

            if (option.Name.Text == "process")
            {
                line.Warn("deprecated", $"'stats socket' : {BindOptions.ProcessIsDeprecated(option.Value.Text)}");
            }
        }

        if (bind.Tls && bind.HasCertificate)
        {
            line.Refuse("stats socket ... ssl", "TLS is not executed yet");
        }

        foreach (var endpoint in endpoints)
        {
            global.StatsSockets.Add(bind.Config with { Endpoint = endpoint });
        }
    }
}

using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>
/// Keywords of proxies which this engine does not execute yet. Their mistakes are still those of the original; a good line is refused by name.
/// </summary>
internal static class RefusedKeywords
{
    private const string NoTables = "stick tables are not executed yet";

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Refused("compression", "bodies are not compressed yet", Compression)
        .Refused("filter", "filters are not executed yet", Filter)
        .Refused("email-alert", "no mail is sent", EmailAlert)
        .Refused("stick-table", NoTables, StickTable)
        .Refused("stick", NoTables, Stick)
        .Refused("use-fcgi-app", "FastCGI is not executed yet", UseFastCgi)
        .Accepted("max-session-srv-conns", "idle server connections belong to no session", (line, _) =>
        {
            if (line[1].Length == 0)
            {
                // Spelled as the original spells it.
                line.Error("missing-argument",
                    $"parsine [{line.At.File}:{line.At.Line}] : 'max-session-srv-conns' expects a number. Got no argument",
                    Runtime.Ir.Source.DiagnosticPlace.None);
            }
        });

    private static void Compression(ConfigLine line, ProxySyntax proxy)
    {
        switch (line[1])
        {
            case "algo":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"parsing [{line.At.File}:{line.At.Line}] : '{line[0]}' expects <algorithm>.\n");
                    return;
                }

                for (var i = 2; line[i].Length > 0; i++)
                {
                    if (line[i] is not ("gzip" or "deflate" or "raw-deflate" or "identity"))
                    {
                        line.Error("unknown-word", $"'compression' : '{line[i]}' is not a supported algorithm.", word: i);
                        return;
                    }
                }

                break;
            case "type":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"'{line[0]}' expects <type>.");
                    return;
                }

                break;
            case "offload":
                break;
            default:
                line.Error("unknown-word", $"'compression' expects 'algo', 'type' or 'offload'", word: 1);
                return;
        }

        line.Refuse("compression " + line[1], "bodies are not compressed yet");
    }

    private static void Filter(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument",
                $"parsing [{line.At.File}:{line.At.Line}] : missing argument for '{line[0]}' in {proxy.TypeName} '{proxy.Name}'.");
            return;
        }

        if (line[1] is not ("cache" or "compression" or "fcgi-app" or "opentracing" or "spoe" or "trace"))
        {
            line.Error("unknown-word", $"'filter' : unknown keyword '{line[1]}'. Registered keywords :\n    [CACHE] cache\n    [COMP] compression\n    [FCGI] fcgi-app\n    [  OT] opentracing\n    [SPOE] spoe\n    [TRACE] trace\n", word: 1);
            return;
        }

        line.Refuse("filter " + line[1], "filters are not executed yet");
    }

    private static void EmailAlert(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"missing argument after '{line[0]}'.");
        }
        else if (line[1] is not ("from" or "mailers" or "to" or "myhostname" or "level"))
        {
            line.Error("unknown-word", $"email-alert: unknown argument '{line[1]}'.", word: 1);
        }
        else if (line[2].Length == 0)
        {
            line.Error("missing-argument", $"missing argument after '{line[1]}'.");
        }
        else
        {
            line.Refuse("email-alert " + line[1], "no mail is sent");
        }
    }

    private static void StickTable(ConfigLine line, ProxySyntax proxy)
    {
        for (var i = 1; line[i].Length > 0; i++)
        {
            if (line[i] is "type" && line[i + 2] == "len")
            {
                i += 3;
            }
            else if (line[i] is "type" or "size" or "expire" or "store" or "peers" or "srvkey" or "write-to" or "len")
            {
                i++;
            }
            else if (line[i] != "nopurge")
            {
                line.Error("unknown-word", $"stick-table: unknown argument '{line[i]}'.", word: i);
                return;
            }
        }

        line.Refuse("stick-table", NoTables);
    }

    private static void Stick(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NotInDefaults(line, proxy))
        {
            return;
        }

        if (ProxyBasics.NeedsBackend(line, proxy, "stick"))
        {
            return;
        }

        if (line[1] is "on" or "match" or "store-request" or "store-response")
        {
            line.Refuse("stick " + line[1], NoTables);
            return;
        }

        line.Error("unknown-word", $"'{line[0]}' expects 'on', 'match', or 'store'.", word: 1);
    }

    private static void UseFastCgi(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <name> as argument");
            return;
        }

        line.Refuse("use-fcgi-app", "FastCGI is not executed yet");
    }
}

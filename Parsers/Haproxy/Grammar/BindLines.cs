using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>bind</c> (configuration manual 4.2 and 5.1).</summary>
internal static class BindLines
{
    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("bind", Read);

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NotInDefaults(line, proxy))
        {
            return;
        }

        ProxyBasics.NeedsFrontend(line, proxy, "bind");
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'bind' expects {{<path>|[addr1]:port1[-end1]}}{{,[addr]:port[-end]}}... as arguments.");
            return;
        }

        if (BindAddresses.Read(line[1], line, out var error) is not { } endpoints)
        {
            line.Error("bad-address", $"'bind' : {error}", word: 1);
            return;
        }

        var global = line.Document.Global;
        var bind = new BindSyntax
        {
            Config = new BindConfig
            {
                Endpoint = endpoints[0], At = line.At, Text = line[1],
                UnixMode = global.UnixMode, UnixUid = global.UnixUid, UnixGid = global.UnixGid,
            },
            Before = proxy.Binds,
        };
        foreach (var option in BindOptions.Table.All.ParseOrThrow(line.From(2)))
        {
            if (option.Keyword is null)
            {
                var near = BindOptions.Table.Suggest(option.Name.Text);
                line.Error("unknown-option", near is null
                    ? Problem.Of($"'bind {line[1]}' in section '{line.Section}': unknown keyword '{option.Name.Text}'.")
                    : Problem.Of($"'bind {line[1]}' in section '{line.Section}': unknown keyword '{option.Name.Text}'; did you mean '{near}' maybe ?"));
                return;
            }

            if (option.Keyword.Action(option, bind, line) is { } problem)
            {
                line.Error("bad-option", $"'bind {line[1]}' in section '{line.Section}' : {problem}");
                return;
            }

            if (option.Name.Text == "process")
            {
                line.Warn("deprecated", $"'bind {line[1]}' in section '{line.Section}' : {BindOptions.ProcessIsDeprecated(option.Value.Text)}");
            }
        }

        if (bind.Tls && bind.HasCertificate)
        {
            line.Refuse($"bind {line[1]} ssl", "TLS is not executed yet");
        }
        else if (bind.Tls)
        {
            proxy.BindsWithoutCertificate.Add(bind.Config);
        }

        foreach (var endpoint in endpoints)
        {
            proxy.Binds.Add(bind.Config with { Endpoint = endpoint, Id = endpoint == endpoints[0] ? bind.Id : 0 });
        }
    }
}

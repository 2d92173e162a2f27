using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>source</c> in a backend, and the words it shares with that of a server.</summary>
internal static class SourceLines
{
    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("source", Read);

    /// <summary>The word behind <c>usesrc</c>: 1 the client's address and port, 2 its address.</summary>
    public static FormattableString? UseClient(string word, ConfigLine line, out int use)
    {
        use = word switch { "client" => 1, "clientip" => 2, _ => 0 };
        if (use != 0)
        {
            return null;
        }

        if (word.Length == 0)
        {
            return $"'usesrc' expects <addr>[:<port>], 'client', 'clientip', or 'hdr_ip(name,#)' as argument.\n";
        }

        if (word.StartsWith("hdr_ip(", StringComparison.Ordinal))
        {
            return $"'usesrc {word}' is known but not executed by this version (only 'client' and 'clientip' are)";
        }

        var address = Addresses.Read(word, AddressNeeds.Port | AddressNeeds.ResolveNow, line.Document, out var error);
        return address is null ? $"'usesrc {word}' : {error}\n"
            : Problem.Of($"'usesrc {word}' is known but not executed by this version (only 'client' and 'clientip' are)");
    }

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        ProxyBasics.NeedsBackend(line, proxy, "source");
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'source' expects <addr>[:<port>], and optionally 'usesrc' <addr>, and 'interface' <name>.");
            return;
        }

        var address = Addresses.Read(line[1], AddressNeeds.Port | AddressNeeds.ResolveNow, line.Document, out var error);
        if (address?.Endpoint is not IpEndpoint ip)
        {
            line.Error("bad-address", $"'{line[0]} {line[1]}' : {error}\n", word: 1);
            return;
        }

        var source = new SourceAddressConfig(ip, 0, null, 0);
        for (var i = 2; line[i].Length > 0; i += 2)
        {
            switch (line[i])
            {
                case "usesrc":
                    if (UseClient(line[i + 1], line, out var use) is { } problem)
                    {
                        line.Error("bad-usesrc", problem, word: i + 1);
                        return;
                    }

                    source = source with { UseClient = use };
                    break;
                case "interface":
                    if (line[i + 1].Length == 0)
                    {
                        line.Error("missing-argument", $"'{line[0]}' : missing interface name.");
                        return;
                    }

                    source = source with { Interface = line[i + 1] };
                    break;
                default:
                    line.Error("unknown-word", $"'source' only supports optional keywords 'interface' and 'usesrc'.", word: i);
                    return;
            }
        }

        proxy.Source = source;
    }
}

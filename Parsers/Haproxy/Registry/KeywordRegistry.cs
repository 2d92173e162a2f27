using Dropin.Parsers.Haproxy.Binding;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Grammar;

namespace Dropin.Parsers.Haproxy.Registry;

/// <summary>Every word of the language with what becomes of it, from the tables the parser itself uses.</summary>
public static class KeywordRegistry
{
    private const string NotYet = "not executed yet";

    /// <summary>All entries; within a kind sorted by place and word.</summary>
    public static IReadOnlyList<KeywordEntry> All { get; } = Collect();

    private static List<KeywordEntry> Collect()
    {
        var all = new List<KeywordEntry>();
        foreach (var section in (ReadOnlySpan<string>)["global", "defaults", "frontend", "backend", "listen", "userlist", "http-errors", "ring"])
        {
            all.Add(new KeywordEntry("section", "", section, KeywordStatus.Executed));
        }

        all.AddRange(Sections.Entries);
        all.AddRange(GlobalKeywords.Table.Entries);
        all.AddRange(ProxyKeywords.Table.Entries);
        Add(all, "config", "userlist", "group", "user");
        Add(all, "config", "http-errors", "errorfile");
        Add(all, "config", "ring", "description", "format", "maxlen", "size");
        foreach (var name in (ReadOnlySpan<string>)["backing-file", "server", "timeout"])
        {
            all.Add(new KeywordEntry("config", "ring", name, KeywordStatus.Refused, "a ring is read over the statistics socket only"));
        }

        all.AddRange(BindOptions.Table.Entries);
        all.AddRange(ServerOptions.Table.Entries);
        all.AddRange(OptionLines.Entries);
        Actions(all, "http-request", ActionTable.HttpRequest);
        Actions(all, "http-response", ActionTable.HttpResponse);
        Actions(all, "http-after-response", ActionTable.HttpAfterResponse);
        Actions(all, "tcp-request connection", ActionTable.TcpConnection);
        Actions(all, "tcp-request session", ActionTable.TcpConnection);
        Actions(all, "tcp-request content", ActionTable.TcpContent);
        Actions(all, "tcp-response content", ActionTable.TcpResponseContent);
        foreach (var fetch in FetchTable.Everything)
        {
            all.Add(Known("fetch", fetch.Name, fetch.Kind is not null));
        }

        foreach (var converter in ConverterTable.Everything)
        {
            all.Add(Known("converter", converter.Name, converter.Kind is not null));
        }

        foreach (var filter in (ReadOnlySpan<string>)["cache", "compression", "fcgi-app", "opentracing", "spoe", "trace"])
        {
            all.Add(Known("filter", filter, executed: false));
        }

        all.Add(Known("service", "prometheus-exporter", executed: false));
        foreach (var word in (ReadOnlySpan<string>)["allow-0rtt", "alpn", "ca-file", "ca-verify-file", "ciphers", "ciphersuites", "crl-file", "curves",
            "ecdhe", "no-ca-names", "npn", "ssl-max-ver", "ssl-min-ver", "verify"])
        {
            all.Add(new KeywordEntry("config", "crt-list", word, KeywordStatus.Refused, "TLS is not executed yet"));
        }

        var seen = new HashSet<(string, string, string)>();
        foreach (var entry in all)
        {
            seen.Add((entry.Kind, entry.Where, entry.Name));
        }

        foreach (var newer in NewerKeywords.Entries)
        {
            if (seen.Add((newer.Kind, newer.Where, newer.Name)))
            {
                all.Add(newer);
            }
        }

        all.Sort((a, b) => (string.CompareOrdinal(a.Kind, b.Kind), string.CompareOrdinal(a.Where, b.Where), string.CompareOrdinal(a.Name, b.Name)) switch
        {
            (not 0 and var kind, _, _) => kind,
            (_, not 0 and var where, _) => where,
            var (_, _, name) => name,
        });
        return all;
    }

    private static void Add(List<KeywordEntry> all, string kind, string where, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            all.Add(new KeywordEntry(kind, where, name, KeywordStatus.Executed));
        }
    }

    private static void Actions(List<KeywordEntry> all, string where, ActionTable table)
    {
        foreach (var (name, status, why) in table.Words)
        {
            all.Add(new KeywordEntry("action", where, name, status, why));
        }
    }

    private static KeywordEntry Known(string kind, string name, bool executed) =>
        new(kind, "", name, executed ? KeywordStatus.Executed : KeywordStatus.Refused, executed ? "" : NotYet);
}

using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>The kinds of sections there are.</summary>
internal static class Sections
{
    private static readonly KeptSection[] Kept =
    [
        new("peers", $"missing name for peers section.", "peers are not executed yet",
            "peer", "bind", "server", "table", "enabled", "disabled", "default-bind", "default-server", "log", "shards"),
        new("resolvers", $"missing name for resolvers section.", null,
            "nameserver", "parse-resolv-conf", "hold", "timeout", "resolve_retries", "accepted_payload_size"),
        new("mailers", $"missing name for mailers section.", null, "mailer", "timeout"),
        new("cache", $"'cache' expects a <name> argument\n", null, "total-max-size", "max-object-size", "max-age", "process-vary", "max-secondary-entries"),
        new("log-forward", $"missing name for ip-forward section.", "log lines are not forwarded yet",
            "bind", "dgram-bind", "log", "maxconn", "backlog", "timeout", "log-tag", "option"),
        new("fcgi-app", $"'fcgi-app' expects <name> as argument.", null,
            "acl", "docroot", "index", "log-stderr", "option", "pass-header", "path-info", "set-param", "no"),
    ];

    /// <summary>The registry's entries of the sections that are kept or refused.</summary>
    public static IEnumerable<KeywordEntry> Entries => Kept.SelectMany(k => k.Entries).Concat(ProgramSection.Entries);

    /// <summary>A reader for each kind.</summary>
    public static Dictionary<string, ISectionReader> All()
    {
        var proxies = new ProxySection(ProxyKeywords.Table);
        var all = new Dictionary<string, ISectionReader>(StringComparer.Ordinal)
        {
            ["global"] = new GlobalSection(),
            ["defaults"] = proxies,
            ["frontend"] = proxies,
            ["backend"] = proxies,
            ["listen"] = proxies,
            ["userlist"] = new UserListSection(),
            ["http-errors"] = new HttpErrorsSection(),
            ["ring"] = new RingSection(),
            ["program"] = new ProgramSection(),
        };
        foreach (var kept in Kept)
        {
            all[kept.Kind] = kept;
        }

        return all;
    }
}

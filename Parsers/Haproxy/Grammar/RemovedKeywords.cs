using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Keywords of older versions; the answers are those of the level that is announced, which tell what to write instead.</summary>
internal static class RemovedKeywords
{
    private static readonly (string Names, string Sentence)[] Sentences =
    [
        ("reqadd", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request add-header' instead."),
        ("reqallow reqiallow", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request allow' instead."),
        ("reqdel reqidel", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request del-header' instead."),
        ("reqdeny", "The '{0}' not supported anymore since HAProxy 2.1. Use 'http-request deny' instead."),
        ("reqideny", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request deny' instead."),
        ("reqipass", "The '{0}' directive is not supported anymore since HAProxy 2.1."),
        ("reqpass", "The '{0}' not supported anymore since HAProxy 2.1."),
        ("reqrep cliexp", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request replace-path', 'http-request replace-uri' or 'http-request replace-header' instead."),
        ("reqirep", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request replace-header' instead."),
        ("reqtarpit reqitarpit", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request tarpit' instead."),
        ("rspadd", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-response add-header' instead."),
        ("rspdel", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-response del-header' ."),
        ("rspidel", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-response del-header' instead."),
        ("rspdeny rspideny", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-response deny' instead."),
        ("rsprep rspirep srvexp", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-response replace-header' instead."),
        ("block", "The '{0}' directive is not supported anymore since HAProxy 2.1. Use 'http-request deny' which uses the exact same syntax."),
        ("redisp redispatch", "keyword '{0}' directive is not supported anymore since HAProxy 2.1. Use 'option redispatch'."),
        ("clitimeout", "the '{0}' directive is not supported anymore since HAProxy 2.1. Use 'timeout client'."),
        ("contimeout", "the '{0}' directive is not supported anymore since HAProxy 2.1. Use 'timeout connect'."),
        ("srvtimeout", "the '{0}' directive is not supported anymore since HAProxy 2.1. Use 'timeout server'."),
        ("appsession", "'{0}' is not supported anymore since HAProxy 1.6."),
        ("usesrc", "'{0}' only allowed after a 'source' statement."),
    ];

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table)
    {
        foreach (var (names, sentence) in Sentences)
        {
            var kind = DiagnosticDescriptor.Error("removed", sentence);
            foreach (var name in names.Split(' '))
            {
                // Only some of the old words are still suggested.
                LineReader<ProxySyntax> reader = (line, _) => line.Sink.Add(kind, line.At, line[0]);
                if (name is "block" or "appsession" or "clitimeout" or "contimeout" or "srvtimeout" or "usesrc")
                {
                    table.Foreign(name, "removed before 2.6", reader);
                }
                else
                {
                    table.Hidden(name, "removed before 2.6", reader);
                }
            }
        }

        table
            .Foreign("monitor-net", "removed in 2.5", (line, _) => line.Error("removed",
                $"'monitor-net' doesn't exist anymore. Please use 'http-request return status 200 if {{ src {line[1]} }}' instead."))
            .Hidden("grace", "removed in 2.5", (line, _) => line.ErrorTight("removed",
                $"the 'grace' keyword is not supported any more since HAProxy version 2.5."));
    }
}

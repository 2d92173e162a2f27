using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>All keywords of proxy sections, those of Grammar and those of Expressions, in one table.</summary>
internal static class ProxyKeywords
{
    /// <summary>The table.</summary>
    public static readonly KeywordTable<ProxySyntax> Table = Build();

    private static KeywordTable<ProxySyntax> Build()
    {
        var table = new KeywordTable<ProxySyntax>("defaults, frontend, backend, listen");
        TimeoutLines.Add(table);
        ErrorFileLines.Add(table);
        HttpErrorLines.Add(table);
        CheckLines.Add(table);
        RefusedKeywords.Add(table);
        BindLines.Add(table);
        ServerLines.Add(table);
        ProxyBasics.Add(table);
        CookieLines.Add(table);
        CaptureLines.Add(table);
        ConditionalLines.Add(table);
        OptionLines.Add(table);
        BalanceLines.Add(table);
        SourceLines.Add(table);
        RemovedKeywords.Add(table);
        foreach (var (name, reader) in RuleKeywords.Parsers)
        {
            if (reader is null)
            {
                table.Refused(name, "its rules are not read yet");
            }
            else
            {
                table.Executed(name, (line, proxy) => reader(line, proxy));
            }
        }

        return table.AlsoSuggest("listen", "frontend", "backend", "defaults");
    }
}

using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Plain keywords with a condition behind them: <c>stats admin</c>, <c>monitor fail</c>.</summary>
internal static class ConditionalLines
{
    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("stats", Stats)
        .Executed("monitor", Monitor);

    private static void Stats(ConfigLine line, ProxySyntax proxy)
    {
        if (StatsLines.Read(line, proxy))
        {
            return;
        }

        if (line[1] == "http-request")
        {
            if (proxy.IsDefaults)
            {
                line.Error("not-in-defaults", $"'stats http-request' not allowed in 'defaults' section.");
                return;
            }

            proxy.Stats ??= new StatsConfig();
            HttpRules.Stats(line, proxy);
            return;
        }

        if (proxy.IsDefaults)
        {
            line.Error("not-in-defaults", $"'stats admin' not allowed in 'defaults' section.");
            return;
        }

        if (line[2] is not ("if" or "unless"))
        {
            line.Error("missing-condition", $"'{line[0]} {line[1]}' requires either 'if' or 'unless' followed by a condition.");
            return;
        }

        if (ExpressionReading.Condition(line, 2, proxy, out var error) is not { } condition)
        {
            line.Error("bad-condition", $"error detected while parsing a '{line[0]} {line[1]}' rule : {error}.");
            return;
        }

        proxy.Stats ??= new StatsConfig();
        proxy.StatsAdmin.Add(condition);
    }

    private static void Monitor(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NotInDefaults(line, proxy))
        {
            return;
        }

        ProxyBasics.NeedsFrontend(line, proxy, "monitor");
        if (line[1] != "fail")
        {
            line.Error("unknown-word", $"'{line[0]}' only supports 'fail'.", word: 1);
            return;
        }

        if (line[2] is not ("if" or "unless"))
        {
            line.Error("missing-condition", $"'{line[0]} {line[1]}' requires either 'if' or 'unless' followed by a condition.");
            return;
        }

        // As in the original the order is told of even where the condition is wrong, and ACLs that do not fit never are.
        RuleOrder.WarnContent(line, proxy, "monitor fail");
        if (ExpressionReading.Condition(line, 2, proxy, out var error, conflicts: false) is not { } condition)
        {
            line.Error("bad-condition", $"error detected while parsing a '{line[0]} {line[1]}' condition : {error}.");
            return;
        }

        proxy.MonitorFail.Add(condition);
    }
}

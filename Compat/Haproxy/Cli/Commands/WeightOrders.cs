using System.Globalization;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Weights as words: absolute, or in percent of the file's (management manual 9.3, <c>set weight</c>).</summary>
internal static class WeightOrders
{
    /// <summary>Changes the weight; returns what is wrong, null where nothing is.</summary>
    internal static string? Change(AdminContext context, ServerState server, string word, long now)
    {
        if (word.Length == 0)
            return "Require <weight> or <weight%>.\n";
        var digits = word[0] is '-' or '+' ? 1 : 0;
        var sign = digits;
        while (digits < word.Length && char.IsAsciiDigit(word[digits]))
            digits++;
        if (digits == sign || !long.TryParse(word.AsSpan(0, digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight))
            return "Empty weight string empty or preceded by garbage";
        var isRelative = digits < word.Length && word[digits] == '%';
        if (isRelative)
        {
            if (weight < 0)
                return "Relative weight must be positive.\n";
            weight = Math.Min(weight * server.InitialWeight / 100, ServerTransitions.HighestWeight);
            digits++;
        }
        else if (weight is < 0 or > ServerTransitions.HighestWeight)
        {
            return "Absolute weight can only be between 0 and 256 inclusive.\n";
        }
        if (digits < word.Length)
            return "Trailing garbage in weight string";
        if (!IsDynamic(server.Backend.Config.Balance) && weight != 0 && weight != server.InitialWeight)
            return "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.\n";
        context.Engine.Transitions.SetWeight(server, (int)weight, now);
        return null;
    }

    private static bool IsDynamic(BalanceConfig balance) => balance.Algorithm switch
    {
        BalanceAlgorithm.RoundRobin or BalanceAlgorithm.LeastConnections or BalanceAlgorithm.First or BalanceAlgorithm.Random => true,
        BalanceAlgorithm.StaticRoundRobin => false,
        _ => balance.Method == HashMethod.Consistent,
    };
}

using System.Globalization;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What an agent orders for the server as a whole.</summary>
internal enum AgentOrder
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>ready</c></summary>
    Ready,

    /// <summary><c>drain</c></summary>
    Drain,

    /// <summary><c>maint</c></summary>
    Maintenance,
}

/// <summary>One line of an agent, understood (configuration manual 5.2, <c>agent-check</c>). Pure.</summary>
internal readonly record struct AgentAnswer
{
    private static readonly char[] Separators = [' ', '\t', ',', '\v', '\f'];

    /// <summary>maint, ready or drain.</summary>
    internal AgentOrder Order { get; private init; }

    /// <summary>The weight in percent of the file's; null unsaid.</summary>
    internal int? WeightPercent { get; private init; }

    /// <summary>The limit of connections; null unsaid.</summary>
    internal int? MaxConnections { get; private init; }

    /// <summary>What the check ends with.</summary>
    internal CheckOutcome Outcome { get; private init; }

    /// <summary>An answer that did not come.</summary>
    internal static AgentAnswer Of(CheckOutcome outcome) => new() { Outcome = outcome };

    /// <summary>Understands a line.</summary>
    /// <param name="line">Without its end.</param>
    internal static AgentAnswer Read(string line)
    {
        var order = AgentOrder.None;
        int? percent = null, most = null;
        string? word = null, remark = null, warning = null;
        var status = CheckStatus.NoChange;
        foreach (var (token, rest) in Tokens(line))
        {
            if (token[0] == '#')
            {
                // The rest of the line says why.
                remark = rest[1..].Trim();
                break;
            }

            switch (token.ToLowerInvariant())
            {
                case "ready":
                    order = AgentOrder.Ready;
                    break;
                case "drain":
                    order = AgentOrder.Drain;
                    break;
                case "maint":
                    order = AgentOrder.Maintenance;
                    break;
                case "up":
                    (word, status) = (token, CheckStatus.Layer7Ok);
                    break;
                case "down" or "fail" or "stopped":
                    (word, status) = (token, CheckStatus.Layer7Status);
                    break;
                case var number when number[^1] == '%' && TryNumber(number[..^1], out var value):
                    percent = value;
                    break;
                case var limit when limit.StartsWith("maxconn:", StringComparison.Ordinal):
                    if (TryNumber(limit["maxconn:".Length..], out var count))
                    {
                        most = count;
                    }
                    else
                    {
                        warning = "maxconn string empty or preceded by garbage";
                    }

                    break;
                default:
                    // What is not understood is kept as a remark, the first one.
                    remark ??= token;
                    break;
            }
        }

        return new AgentAnswer
        {
            Order = order,
            WeightPercent = percent,
            MaxConnections = most,
            Outcome = new CheckOutcome(status, 0, Say(word, remark, warning)),
        };
    }

    private static string Say(string? word, string? remark, string? warning)
    {
        if (word is not null)
        {
            return "via agent : " + word + (string.IsNullOrEmpty(remark) ? "" : $" ({remark})");
        }

        return warning is not null ? "agent warns : " + warning : string.IsNullOrEmpty(remark) ? "" : "agent reports an error : " + remark;
    }

    private static bool TryNumber(string digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static IEnumerable<(string Token, string Tail)> Tokens(string line)
    {
        var at = 0;
        while (at < line.Length)
        {
            while (at < line.Length && Separators.AsSpan().Contains(line[at]))
            {
                at++;
            }

            var end = at;
            while (end < line.Length && !Separators.AsSpan().Contains(line[end]))
            {
                end++;
            }

            if (end > at)
            {
                yield return (line[at..end], line[at..]);
            }

            at = end;
        }
    }
}

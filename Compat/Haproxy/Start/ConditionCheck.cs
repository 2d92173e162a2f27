using Dropin.Parsers.Haproxy.Lexing;

namespace Dropin.Compat.Haproxy.Start;

/// <summary><c>-cc</c>: evaluates a condition of <c>.if</c> and tells the answer by the exit status: 0 true, 1 false, 2 not a condition.</summary>
internal sealed class ConditionCheck(Messages messages)
{
    internal int Run(string condition)
    {
        var value = Conditions.Evaluate(condition, out var error, out _);
        if (value is { } known)
            return known ? 0 : 1;
        messages.Alert("config : Failed to evaluate condition: " + error);
        return 2;
    }
}

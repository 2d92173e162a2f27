using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Conditions of <c>set-var</c> by name.</summary>
internal static class VariableConditionNames
{
    /// <summary>The condition; null where there is none of that name.</summary>
    public static VariableWhen? Find(string name) => name switch
    {
        "ifexists" => VariableWhen.Exists,
        "ifnotexists" => VariableWhen.NotExists,
        "ifempty" => VariableWhen.Empty,
        "ifnotempty" => VariableWhen.NotEmpty,
        "ifset" => VariableWhen.Set,
        "ifnotset" => VariableWhen.NotSet,
        "ifgt" => VariableWhen.Greater,
        "iflt" => VariableWhen.Less,
        _ => null,
    };
}

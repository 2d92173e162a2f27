using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Names of variables with their scopes (configuration manual 2.8).</summary>
internal static class VariableNames
{
    private static readonly (string Prefix, VariableScope Scope)[] Scopes =
    [
        ("proc.", VariableScope.Process), ("sess.", VariableScope.Session), ("txn.", VariableScope.Transaction),
        ("req.", VariableScope.Request), ("res.", VariableScope.Response), ("check.", VariableScope.Check),
    ];

    /// <summary>As <see cref="Read"/>, with the sentence that the original says of a name in parentheses: its rest ends with the closing one.</summary>
    public static VariableName? ReadParenthesized(string text, out string? error)
    {
        var name = Read(text, out error);
        if (error?.StartsWith("invalid syntax", StringComparison.Ordinal) == true)
        {
            error = $"{error[..^1]})'";
        }

        return name;
    }

    /// <summary>Reads "scope.name"; null and a sentence when it is none.</summary>
    public static VariableName? Read(string text, out string? error)
    {
        error = null;
        if (text.Length == 0)
        {
            error = "Empty variable name cannot be accepted";
            return null;
        }

        foreach (var (prefix, scope) in Scopes)
        {
            if (!text.StartsWith(prefix, StringComparison.Ordinal) || text.Length == prefix.Length)
            {
                continue;
            }

            var name = text[prefix.Length..];
            for (var i = 0; i < name.Length; i++)
            {
                if (!(char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' or '.'))
                {
                    error = $"invalid syntax at char '{name[i..]}'";
                    return null;
                }
            }

            return new VariableName(scope, name);
        }

        error = $"invalid variable name '{text}'. A variable name must be start by its scope. "
            + "The scope can be 'proc', 'sess', 'txn', 'req', 'res' or 'check'";
        return null;
    }
}

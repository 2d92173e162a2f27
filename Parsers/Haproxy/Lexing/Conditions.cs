using System.Collections;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>Conditions outside of files: the argument of <c>-cc</c>.</summary>
public static class Conditions
{
    /// <summary>
    /// The value of a condition in the process' environment; null with the sentence and the 0-based offset of what is wrong. Nothing at all is false.
    /// </summary>
    public static bool? Evaluate(string text, out string error, out int errorAt)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        return new ConditionEvaluator(new EnvironmentTable(variables), EngineIdentity.Current).Evaluate(text, out error, out errorAt);
    }
}

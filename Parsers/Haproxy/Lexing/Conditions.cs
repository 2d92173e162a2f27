using System.Collections;
using System.Text;

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
        var table = new EnvironmentTable(variables);
        return new ConditionEvaluator(table, EngineIdentity.Current).Evaluate(Expand(text, table), out error, out errorAt);
    }

    // Variables are replaced between double quotes, as on a line of a file.
    private static string Expand(string text, EnvironmentTable variables)
    {
        var into = new StringBuilder(text.Length);
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                into.Append(c).Append(text[++i]);
                continue;
            }

            if (c == '$' && quote == '"')
            {
                var braces = i + 1 < text.Length && text[i + 1] == '{';
                var start = i + (braces ? 2 : 1);
                var end = start;
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }

                // "${NAME-text}": the text where the variable is not set.
                var close = braces && end > start && end < text.Length && text[end] == '-' ? text.IndexOf('}', end) : -1;
                if (close > 0)
                {
                    into.Append(variables.Get(text[start..end]) ?? text[(end + 1)..close]);
                    i = close;
                    continue;
                }

                if (end > start && (!braces || (end < text.Length && text[end] == '}')))
                {
                    into.Append(variables.Get(text[start..end]));
                    i = braces ? end : end - 1;
                    continue;
                }
            }
            else if (c is '"' or '\'' && (quote == '\0' || quote == c))
            {
                quote = quote == c ? '\0' : c;
            }

            into.Append(c);
        }

        return into.ToString();
    }
}

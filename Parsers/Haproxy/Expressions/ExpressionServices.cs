namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Checks a regular expression with the engine that will run it.</summary>
/// <param name="pattern">The expression, one character for each byte.</param>
/// <param name="ignoreCase">Whether case is ignored.</param>
/// <param name="offset">Where the mistake is.</param>
/// <returns>The engine's words for the mistake; null when there is none.</returns>
public delegate string? RegexCheck(string pattern, bool ignoreCase, out int offset);

/// <summary>What reading an expression needs of the world outside the parsers.</summary>
/// <remarks>
/// Parsers may not know the regular expression library (it is native, in Runtime/Sys), yet a bad expression is a mistake of its line.
/// The executable hands the check in once, before it reads the first file; without it expressions are taken as they are.
/// </remarks>
public static class ExpressionServices
{
    /// <summary>The check of regular expressions; null: none.</summary>
    public static RegexCheck? Regex { get; set; }

    /// <summary>Whether host names in address patterns are resolved. Default true.</summary>
    public static bool ResolveNames { get; set; } = true;

    /// <summary>Experimental directives are allowed (<c>expose-experimental-directives</c>).</summary>
    public static bool Experimental { get; set; }

    /// <summary>What is wrong with an expression, as the messages say it; null when nothing is.</summary>
    internal static string? RegexError(string pattern, bool ignoreCase)
    {
        if (Regex is not { } check)
        {
            return null;
        }

        var words = check(pattern, ignoreCase, out var offset);
        return words is null ? null : $"regex '{pattern}' is invalid (error={words}, erroffset={offset})";
    }
}

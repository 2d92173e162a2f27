using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads patterns that come at run time, by the rules of those in files.</summary>
public static class PatternTexts
{
    /// <summary>Reads one; null with a sentence, without full stop, where it is none.</summary>
    /// <remarks>Names are not resolved, for that would block the thread, and words like "gt" are no operators here.</remarks>
    public static AclPattern? Read(MatchMethod match, bool ignoreCase, string text, out string? error)
    {
        var pattern = new PatternReader(match, ignoreCase, dotted: false) { Resolve = false }.Read(text, out error);
        if (pattern is null)
        {
            error ??= $"'{text}' is not a number";
        }

        return pattern;
    }
}

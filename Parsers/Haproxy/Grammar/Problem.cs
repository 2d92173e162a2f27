namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Names the type of an interpolated sentence where the compiler would make a plain string of it.</summary>
internal static class Problem
{
    /// <summary>The sentence, its arguments kept apart.</summary>
    public static FormattableString Of(FormattableString sentence) => sentence;
}

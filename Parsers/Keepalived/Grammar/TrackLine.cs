using Pidgin;
using static Pidgin.Parser;
using static Pidgin.Parser<string>;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One line of a tracker: <c>NAME [weight N [reverse|noreverse]]</c>.</summary>
/// <param name="Name">What is tracked.</param>
/// <param name="HasWeight">The word <c>weight</c> was written.</param>
/// <param name="Weight">The word behind it; null for none.</param>
/// <param name="Direction">The word behind the weight; null for none.</param>
/// <param name="Unknown">A word where <c>weight</c> would stand; null for none.</param>
internal sealed record TrackLine(string Name, bool HasWeight, string? Weight, string? Direction, string? Unknown)
{
    private static readonly Parser<string, Maybe<string>> s_optional = Any.Optional();

    private static readonly Parser<string, Func<string, TrackLine>> s_weight =
        Token("weight").Then(Map(
            (weight, direction) => (Func<string, TrackLine>)(name => new TrackLine(name, true, Or(weight), Or(direction), null)), s_optional, s_optional));

    private static readonly Parser<string, Func<string, TrackLine>> s_rest =
        s_weight.Or(s_optional.Select(word => (Func<string, TrackLine>)(name => new TrackLine(name, false, null, null, Or(word)))));

    private static readonly Parser<string, TrackLine> s_line = Map((name, make) => make(name), Any, s_rest);

    /// <summary>Reads the words of a line; what stands behind the direction is passed over.</summary>
    public static TrackLine Read(IEnumerable<string> words) => s_line.ParseOrThrow(words);

    private static string? Or(Maybe<string> word) => word.HasValue ? word.Value : null;
}

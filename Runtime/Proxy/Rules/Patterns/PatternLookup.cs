using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>What a text matches in a list, for one way of comparing.</summary>
/// <param name="Match">The way of comparing.</param>
/// <param name="Expands">Values are formats (<c>map_regm</c>).</param>
/// <param name="IgnoreCase">Whether case is ignored.</param>
/// <param name="Found">Whether something matches.</param>
/// <param name="IsIndexed">It is found by an index, not by walking a list, in the original's terms.</param>
/// <param name="Entry">What matches; null where the way of comparing needs no patterns.</param>
/// <param name="Value">The type of the value; null where there is none.</param>
public readonly record struct PatternFinding(
    MatchMethod Match, bool Expands, bool IgnoreCase, bool Found, bool IsIndexed, PatternEntry? Entry, string? Value);

/// <summary>Looks texts up outside of traffic (<c>get acl</c>, <c>get map</c>).</summary>
public static class PatternLookup
{
    /// <summary>What a text matches, for each way in which the list is compared.</summary>
    public static List<PatternFinding> Find(PatternList list, byte[] text, ProxyEngine engine)
    {
        var subject = new NoTraffic(engine);
        var all = new List<PatternFinding>();
        foreach (var view in list.Views)
        {
            var sample = default(Sample);
            sample.SetText(text);
            ViewEntry? entry = null;
            var found = view.IsPatternless ? view.Matches(subject, ref sample) : (entry = view.Find(subject, ref sample)) is not null;
            all.Add(new PatternFinding(
                view.Match, list.Expands && view is { Match: MatchMethod.Regex, Values: not null }, view.IgnoreCase, found, IsIndexed(view, entry), entry?.Entry,
                entry?.Value is { } value ? TypeOf(view, value) : null));
        }

        return all;
    }

    private static bool IsIndexed(PatternView view, ViewEntry? entry) => view.Match switch
    {
        MatchMethod.Text or MatchMethod.Begin => !view.IgnoreCase,
        MatchMethod.Ip => entry is not { Pattern: AddressPattern { IsContiguous: false } },
        _ => view.IsPatternless,
    };

    private static string TypeOf(PatternView view, MappedValue value) => view.Values switch
    {
        SampleType.Integer => "sint",
        SampleType.Address => value.Bytes.Length == 4 ? "ipv4" : "ipv6",
        _ => "str",
    };
}

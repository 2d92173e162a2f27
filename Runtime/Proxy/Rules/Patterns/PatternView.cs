using System.Numerics;
using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>A list of patterns as one kind of ACL or map uses it: with its way of comparing, and its type of values.</summary>
/// <remarks>
/// Requests read a snapshot and take no lock. Changes come one at a time (the list's gate) and publish a new snapshot. It consists of segments, so
/// that adding to a long list does not build it anew: a new entry is a segment, and neighbours of like size are merged, which makes an addition cost
/// the logarithm of the length on average and a look-up a probe for each of the few segments.
/// </remarks>
internal sealed class PatternView(MatchMethod match, bool ignoreCase, SampleType? values)
{
    private const int SmallSegment = 32;

    private readonly PatternMatcher? _patternless = match switch
    {
        MatchMethod.Found => new FoundMatcher(),
        MatchMethod.Bool => new BoolMatcher(),
        _ => null,
    };

    private volatile PatternSegment[] _segments = [];

    /// <summary>How samples are compared.</summary>
    public MatchMethod Match { get; } = match;

    /// <summary>Whether case is ignored.</summary>
    public bool IgnoreCase { get; } = ignoreCase;

    /// <summary>The type of a map's values; null: no map.</summary>
    public SampleType? Values { get; } = values;

    /// <summary>Whether of several entries that match the most specific wins, not the first.</summary>
    private bool BestWins => (Match == MatchMethod.Begin && !IgnoreCase) || Match == MatchMethod.Ip;

    /// <summary>The snapshot, in the order of the list.</summary>
    public ReadOnlySpan<PatternSegment> Segments => _segments;

    /// <summary>Whether a sample is judged without patterns (<c>-m found</c>, <c>-m bool</c>).</summary>
    public bool IsPatternless => _patternless is not null;

    /// <summary>Whether a sample matches.</summary>
    public bool Matches(RuleSubject subject, ref Sample sample) =>
        _patternless is { } own ? own.Find(subject, ref sample) >= 0 : Find(subject, ref sample) is not null;

    /// <summary>The entry that matches; null none.</summary>
    public ViewEntry? Find(RuleSubject subject, ref Sample sample)
    {
        var segments = _segments;
        if (segments.Length == 1)
        {
            return segments[0].Find(subject, ref sample);
        }

        ViewEntry? best = null;
        foreach (var segment in segments)
        {
            if (segment.Find(subject, ref sample) is { } found)
            {
                if (!BestWins)
                {
                    return found;
                }

                best = best is null || found.Rank > best.Rank ? found : best;
            }
        }

        return best;
    }

    /// <summary>Makes what the view needs of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="pattern">The pattern as this view reads it.</param>
    /// <param name="value">The value as this view reads it.</param>
    public ViewEntry Make(PatternEntry entry, AclPattern pattern, MappedValue? value)
    {
        var regex = Match == MatchMethod.Regex
            ? CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(pattern.Text), IgnoreCase, out var error, out _)
                ?? throw new InvalidOperationException($"'{pattern.Text}': {error}")
            : null;
        var rank = pattern switch
        {
            AddressPattern block => Bits(block),
            _ => pattern.Text.Length,
        };
        return new ViewEntry(entry, pattern, regex, rank, Values) { Value = value };
    }

    /// <summary>Publishes exactly these entries.</summary>
    public void Replace(List<ViewEntry> entries) => _segments = entries.Count == 0 ? [] : [Segment([.. entries])];

    /// <summary>Publishes one more entry.</summary>
    public void Add(ViewEntry entry)
    {
        List<PatternSegment> segments = [.. _segments];
        ViewEntry[] last = [entry];
        while (segments.Count > 0 && segments[^1].Entries.Length <= Math.Max(SmallSegment, 2 * last.Length))
        {
            last = [.. segments[^1].Entries, .. last];
            segments.RemoveAt(segments.Count - 1);
        }

        segments.Add(Segment(last));
        _segments = [.. segments];
    }

    /// <summary>Publishes the list without an entry.</summary>
    public void Remove(ViewEntry entry)
    {
        List<PatternSegment> segments = [.. _segments];
        for (var i = 0; i < segments.Count; i++)
        {
            var at = Array.IndexOf(segments[i].Entries, entry);
            if (at < 0)
            {
                continue;
            }

            if (segments[i].Entries.Length == 1)
            {
                segments.RemoveAt(i);
            }
            else
            {
                segments[i] = Segment([.. segments[i].Entries.AsSpan(0, at), .. segments[i].Entries.AsSpan(at + 1)]);
            }

            _segments = [.. segments];
            return;
        }
    }

    private PatternSegment Segment(ViewEntry[] entries) => new(entries, PatternCompiler.Compile(Match, entries, IgnoreCase));

    private static int Bits(AddressPattern block)
    {
        var bits = 0;
        var mask = block.Mask.GetAddressBytes();
        foreach (var part in mask)
        {
            bits += BitOperations.PopCount(part);
        }

        return mask.Length == 4 ? bits + 96 : bits;
    }
}

/// <summary>A part of a view's snapshot; never changed.</summary>
internal sealed class PatternSegment(ViewEntry[] entries, PatternMatcher matcher)
{
    /// <summary>In the order of the list.</summary>
    public ViewEntry[] Entries { get; } = entries;

    /// <summary>The entry that matches; null none.</summary>
    public ViewEntry? Find(RuleSubject subject, ref Sample sample)
    {
        var index = matcher.Find(subject, ref sample);
        return index < 0 ? null : Entries[index];
    }
}

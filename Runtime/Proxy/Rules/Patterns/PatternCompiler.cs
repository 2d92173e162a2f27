using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Makes matchers of patterns.</summary>
internal static class PatternCompiler
{
    /// <summary>Makes a matcher, whose answers are places in the entries.</summary>
    public static PatternMatcher Compile(MatchMethod match, ViewEntry[] entries, bool ignoreCase)
    {
        switch (match)
        {
            case MatchMethod.Int or MatchMethod.Length:
                var ranges = new (long, long)[entries.Length];
                for (var i = 0; i < ranges.Length; i++)
                {
                    var range = (RangePattern)entries[i].Pattern;
                    ranges[i] = (range.Minimum ?? long.MinValue, range.Maximum ?? long.MaxValue);
                }

                return new RangeMatcher(ranges, match == MatchMethod.Length);
            case MatchMethod.Ip:
                var blocks = new List<AddressPattern>(entries.Length);
                foreach (var entry in entries)
                {
                    blocks.Add((AddressPattern)entry.Pattern);
                }

                return new AddressMatcher(blocks);
            case MatchMethod.Binary:
                var binary = new byte[entries.Length][];
                for (var i = 0; i < binary.Length; i++)
                {
                    binary[i] = ((BinaryPattern)entries[i].Pattern).Value.AsSpan().ToArray();
                }

                return new EqualMatcher(binary, ignoreCase: false, SampleType.Binary);
            case MatchMethod.Regex:
                var expressions = new CompiledRegex[entries.Length];
                for (var i = 0; i < expressions.Length; i++)
                {
                    expressions[i] = entries[i].Regex!;
                }

                return new RegexMatcher(expressions);
        }

        var texts = new byte[entries.Length][];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.Latin1.GetBytes(entries[i].Pattern.Text);
        }

        return match switch
        {
            MatchMethod.Begin => new BeginMatcher(texts, ignoreCase),
            MatchMethod.End => new EndMatcher(texts, ignoreCase),
            MatchMethod.Substring => new SubstringMatcher(texts, ignoreCase),
            MatchMethod.Directory => new WordMatcher(texts, [(byte)'/', (byte)'?'], ignoreCase),
            MatchMethod.Domain => new WordMatcher(texts, [(byte)'/', (byte)'?', (byte)'.', (byte)':'], ignoreCase),
            _ => new EqualMatcher(texts, ignoreCase, SampleType.Text),
        };
    }
}

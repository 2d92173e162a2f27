using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Makes matchers of patterns.</summary>
public static class PatternCompiler
{
    /// <summary>Makes a matcher.</summary>
    public static PatternMatcher Compile(MatchMethod match, IReadOnlyList<AclPattern> patterns, bool ignoreCase)
    {
        switch (match)
        {
            case MatchMethod.Found:
                return new FoundMatcher();
            case MatchMethod.Bool:
                return new BoolMatcher();
            case MatchMethod.Int or MatchMethod.Length:
                var ranges = new (long, long)[patterns.Count];
                for (var i = 0; i < ranges.Length; i++)
                {
                    var range = (RangePattern)patterns[i];
                    ranges[i] = (range.Minimum ?? long.MinValue, range.Maximum ?? long.MaxValue);
                }

                return new RangeMatcher(ranges, match == MatchMethod.Length);
            case MatchMethod.Ip:
                var blocks = new List<AddressPattern>(patterns.Count);
                foreach (var pattern in patterns)
                {
                    blocks.Add((AddressPattern)pattern);
                }

                return new AddressMatcher(blocks);
            case MatchMethod.Binary:
                var binary = new byte[patterns.Count][];
                for (var i = 0; i < binary.Length; i++)
                {
                    binary[i] = ((BinaryPattern)patterns[i]).Value.AsSpan().ToArray();
                }

                return new EqualMatcher(binary, ignoreCase: false, SampleType.Binary);
            case MatchMethod.Regex:
                var expressions = new CompiledRegex[patterns.Count];
                for (var i = 0; i < expressions.Length; i++)
                {
                    expressions[i] = CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(patterns[i].Text), ignoreCase, out var error, out _)
                        ?? throw new InvalidOperationException($"'{patterns[i].Text}': {error}");
                }

                return new RegexMatcher(expressions);
        }

        var texts = new byte[patterns.Count][];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.Latin1.GetBytes(patterns[i].Text);
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

using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Looks texts up among regular expressions; the value takes over what the groups matched (<c>map_regm</c>).</summary>
internal sealed class RegexMapConverter(PatternView map, string? fallback) : SampleConverter
{
    private readonly byte[]? _fallback = fallback is null ? null : Encoding.Latin1.GetBytes(fallback);

    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        foreach (var segment in map.Segments)
        {
            foreach (var entry in segment.Entries)
            {
                var count = entry.Regex!.Match(sample.Bytes, 0, groups);
                if (count > 0 && entry.Value is { } value)
                {
                    var room = subject.Scratch.Take(subject.Scratch.MaxLength);
                    var used = 0;
                    return RegexReplacement.TryExpand(value.Bytes, sample.Bytes, groups, count, room, ref used) && sample.SetText(room[..used]);
                }
            }
        }

        return _fallback is { } otherwise && sample.SetText(otherwise);
    }
}

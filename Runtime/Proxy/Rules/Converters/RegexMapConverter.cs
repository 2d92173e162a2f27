using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Looks texts up among regular expressions; the value takes over what the groups matched (<c>map_regm</c>).</summary>
internal sealed class RegexMapConverter : SampleConverter
{
    private readonly CompiledRegex[] _keys;
    private readonly byte[][] _values;
    private readonly byte[]? _fallback;

    public RegexMapConverter(MapConfig map, string? fallback)
    {
        _keys = new CompiledRegex[map.Entries.Count];
        _values = new byte[_keys.Length][];
        _fallback = fallback is null ? null : Encoding.Latin1.GetBytes(fallback);
        for (var i = 0; i < _keys.Length; i++)
        {
            _keys[i] = CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(map.Entries[i].Pattern.Text), ignoreCase: false, out var error, out _)
                ?? throw new InvalidOperationException(error);
            _values[i] = Encoding.Latin1.GetBytes(map.Entries[i].Value);
        }
    }

    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        for (var i = 0; i < _keys.Length; i++)
        {
            var count = _keys[i].Match(sample.Bytes, 0, groups);
            if (count > 0)
            {
                var room = subject.Scratch.Take(subject.Scratch.MaxLength);
                var used = 0;
                return RegexReplacement.TryExpand(_values[i], sample.Bytes, groups, count, room, ref used) && sample.SetText(room[..used]);
            }
        }

        return _fallback is { } otherwise && sample.SetText(otherwise);
    }
}

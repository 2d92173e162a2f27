using System.Net;
using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Looks a value up in a map (<c>map</c> and its kin).</summary>
internal sealed class MapConverter : SampleConverter
{
    private readonly PatternMatcher _keys;
    private readonly SampleType _type;
    private readonly (long Number, byte[] Bytes)[] _values;
    private readonly (long Number, byte[] Bytes)? _fallback;

    public MapConverter(MapConfig map, ExpressionArgument? fallback)
    {
        var patterns = new AclPattern[map.Entries.Count];
        _values = new (long, byte[])[patterns.Length];
        _type = map.ValueType;
        for (var i = 0; i < patterns.Length; i++)
        {
            patterns[i] = map.Entries[i].Pattern;
            _values[i] = ValueOf(map.Entries[i].Value);
        }

        _keys = PatternCompiler.Compile(map.Match, patterns, ignoreCase: false);
        _fallback = fallback switch
        {
            TextArgument text => ValueOf(text.Value),
            NumberArgument number => (number.Value, []),
            _ => null,
        };
        Input = map.Match switch { MatchMethod.Int => SampleType.Integer, MatchMethod.Ip => SampleType.Address, _ => SampleType.Text };
    }

    public override SampleType Input { get; }

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var index = _keys.Find(subject, ref sample);
        if (index < 0 && _fallback is null)
        {
            return false;
        }

        var (number, bytes) = index < 0 ? _fallback!.Value : _values[index];
        return _type switch
        {
            SampleType.Integer => sample.SetInteger(number),
            SampleType.Address => sample.SetAddress(bytes),
            _ => sample.SetText(bytes),
        };
    }

    private (long Number, byte[] Bytes) ValueOf(string text) => _type switch
    {
        SampleType.Integer => (SampleCasts.ReadInteger(Encoding.Latin1.GetBytes(text)), []),
        SampleType.Address => (0, IPAddress.TryParse(text, out var address) ? address.GetAddressBytes() : []),
        _ => (0, Encoding.Latin1.GetBytes(text)),
    };
}

/// <summary>Keeps a part of an address (<c>ipmask</c>).</summary>
internal sealed class MaskAddressConverter(byte[] mask4, byte[]? mask6) : SampleConverter
{
    public override SampleType Input => SampleType.Address;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var mask = sample.Bytes.Length == 4 ? mask4 : mask6;
        if (mask is null)
        {
            return false;
        }

        var room = subject.Scratch.Take(mask.Length);
        for (var i = 0; i < mask.Length; i++)
        {
            room[i] = (byte)(sample.Bytes[i] & mask[i]);
        }

        return sample.SetAddress(room);
    }
}

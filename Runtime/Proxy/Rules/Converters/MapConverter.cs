using System.Globalization;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Looks a value up in a map (<c>map</c> and its kin).</summary>
internal sealed class MapConverter : SampleConverter
{
    private readonly PatternView _map;
    private readonly SampleType _type;
    private readonly MappedValue? _fallback;

    public MapConverter(PatternView map, MapConfig config, ExpressionArgument? fallback)
    {
        _map = map;
        _type = config.ValueType;
        _fallback = fallback switch
        {
            TextArgument text => MappedValue.Read(_type, text.Value),
            NumberArgument number => MappedValue.Read(_type, number.Value.ToString(CultureInfo.InvariantCulture)),
            _ => null,
        };
        Input = config.Match switch { MatchMethod.Int => SampleType.Integer, MatchMethod.Ip => SampleType.Address, _ => SampleType.Text };
    }

    public override SampleType Input { get; }

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if ((_map.Find(subject, ref sample)?.Value ?? _fallback) is not { } value)
        {
            return false;
        }

        return _type switch
        {
            SampleType.Integer => sample.SetInteger(value.Number),
            SampleType.Address => sample.SetAddress(value.Bytes),
            _ => sample.SetText(value.Bytes),
        };
    }
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

using System.Net;
using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>An entry of a live list, as operators see it.</summary>
public sealed class PatternEntry
{
    internal PatternEntry(long number, uint version, string key, string? value) => (Number, Version, Key, Value) = (number, version, key, value);

    /// <summary>Its number in the process, which stands for the entry's address in commands.</summary>
    public long Number { get; }

    /// <summary>The version of the list it belongs to.</summary>
    public uint Version { get; }

    /// <summary>The pattern as written, one character for each byte.</summary>
    public string Key { get; }

    /// <summary>A map's value; null in a list of patterns alone.</summary>
    public string? Value { get; internal set; }

    /// <summary>What it is to each of the list's views.</summary>
    internal ViewEntry[] InViews { get; set; } = [];
}

/// <summary>A map's value in the form in which a converter hands it out.</summary>
internal sealed class MappedValue
{
    private MappedValue(long number, byte[] bytes) => (Number, Bytes) = (number, bytes);

    public long Number { get; }

    public byte[] Bytes { get; }

    /// <summary>Reads a value; null where it is none of the type.</summary>
    public static MappedValue? Read(SampleType type, string text)
    {
        switch (type)
        {
            case SampleType.Integer:
                return long.TryParse(text, out _) ? new MappedValue(SampleCasts.ReadInteger(Encoding.Latin1.GetBytes(text)), []) : null;
            case SampleType.Address:
                return IPAddress.TryParse(text, out var address) ? new MappedValue(0, address.GetAddressBytes()) : null;
            default:
                return new MappedValue(0, Encoding.Latin1.GetBytes(text));
        }
    }
}

/// <summary>An entry as one view compares and hands it out.</summary>
internal sealed class ViewEntry(PatternEntry entry, AclPattern pattern, CompiledRegex? regex, int rank, SampleType? type = null)
{
    private volatile MappedValue? _value;

    public PatternEntry Entry { get; } = entry;

    public AclPattern Pattern { get; } = pattern;

    /// <summary>The compiled expression; null where the view compares otherwise.</summary>
    public CompiledRegex? Regex { get; } = regex;

    /// <summary>Of several that match, the highest wins: length of beginnings, bits of address blocks.</summary>
    public int Rank { get; } = rank;

    /// <summary>The type of the view's values; null: it has none.</summary>
    public SampleType? Type { get; } = type;

    /// <summary>The value; null where the view has none. Replaced while others read.</summary>
    public MappedValue? Value
    {
        get => _value;
        set => _value = value;
    }
}

using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads the notation of the tables: types of samples and lists of arguments.</summary>
internal static class ArgumentTypes
{
    /// <summary>Splits "a,b[,c]" into the types and the number of those that must be given.</summary>
    public static (string[] Types, int Required) Split(string text)
    {
        if (text.Length == 0)
        {
            return ([], 0);
        }

        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var required = bracket < 0 ? text : text[..bracket];
        var types = text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
        return (types, required.Split(',', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>The type of a name in the tables.</summary>
    public static SampleType TypeOf(string name) => name switch
    {
        "bool" => SampleType.Bool,
        "sint" => SampleType.Integer,
        "addr" => SampleType.Address,
        "ipv4" => SampleType.IPv4,
        "ipv6" => SampleType.IPv6,
        "str" => SampleType.Text,
        "bin" => SampleType.Binary,
        "meth" => SampleType.Method,
        _ => SampleType.Any,
    };

    /// <summary>How messages call a type.</summary>
    public static string NameOf(SampleType type) => type switch
    {
        SampleType.Bool => "bool",
        SampleType.Integer => "sint",
        SampleType.Address => "addr",
        SampleType.IPv4 => "ipv4",
        SampleType.IPv6 => "ipv6",
        SampleType.Text => "str",
        SampleType.Binary => "bin",
        SampleType.Method => "meth",
        _ => "any",
    };

    /// <summary>Whether a sample of one type can be made one of the other.</summary>
    public static bool CanCast(SampleType from, SampleType to) => (from, to) switch
    {
        (SampleType.Any, _) or (_, SampleType.Any) => true,
        _ when from == to => true,
        (SampleType.Bool, SampleType.Integer or SampleType.Text) => true,
        (SampleType.Integer, SampleType.Bool or SampleType.Address or SampleType.IPv4 or SampleType.Text or SampleType.Binary) => true,
        (SampleType.Integer, SampleType.IPv6) => true,
        (SampleType.Address or SampleType.IPv4, SampleType.Integer) => true,
        (SampleType.Address or SampleType.IPv4 or SampleType.IPv6, SampleType.Text or SampleType.Binary) => true,
        (SampleType.Address or SampleType.IPv4 or SampleType.IPv6, SampleType.Address or SampleType.IPv4 or SampleType.IPv6) => true,
        (SampleType.Text, not SampleType.Bool) => true,
        (SampleType.Text, SampleType.Bool) => true,
        (SampleType.Binary, SampleType.Text or SampleType.Integer) => true,
        (SampleType.Method, SampleType.Text or SampleType.Binary) => true,
        _ => false,
    };
}

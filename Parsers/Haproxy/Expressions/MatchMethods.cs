using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Matching methods by the word behind <c>-m</c> (configuration manual 7.1).</summary>
internal static class MatchMethods
{
    /// <summary>The method; null where there is none of that name.</summary>
    public static MatchMethod? Find(string name) => name switch
    {
        "found" => MatchMethod.Found,
        "bool" => MatchMethod.Bool,
        "int" => MatchMethod.Int,
        "ip" => MatchMethod.Ip,
        "bin" => MatchMethod.Binary,
        "len" => MatchMethod.Length,
        "str" => MatchMethod.Text,
        "beg" => MatchMethod.Begin,
        "sub" => MatchMethod.Substring,
        "dir" => MatchMethod.Directory,
        "dom" => MatchMethod.Domain,
        "end" => MatchMethod.End,
        "reg" => MatchMethod.Regex,
        _ => null,
    };
}

using System.Collections.Frozen;
using System.Globalization;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>What the language says of a sample fetch.</summary>
/// <param name="Name">Its keyword.</param>
/// <param name="Arguments">Types of its arguments.</param>
/// <param name="Required">How many of them must be given.</param>
/// <param name="Type">What it yields.</param>
/// <param name="Places">Where it may be used.</param>
/// <param name="Needs">What it looks at, for messages.</param>
/// <param name="Kind">The engine's fetch; null where it has none: then it is refused by name.</param>
/// <param name="ResponseKind">The engine's fetch in rules of responses, where it is another one.</param>
internal sealed record FetchKeyword(
    string Name, string[] Arguments, int Required, SampleType Type, RulePlace Places, string Needs, FetchKind? Kind, FetchKind? ResponseKind);

/// <summary>The sample fetches by keyword.</summary>
internal static partial class FetchTable
{
    private static readonly Lazy<FrozenDictionary<string, FetchKeyword>> All = new(Read);

    /// <summary>The fetch; null where there is none of that name.</summary>
    public static FetchKeyword? Find(string name) => All.Value.GetValueOrDefault(name);

    /// <summary>All fetches, for the registry.</summary>
    public static IEnumerable<FetchKeyword> Everything => All.Value.Values;

    private static FrozenDictionary<string, FetchKeyword> Read()
    {
        var all = new Dictionary<string, FetchKeyword>(600, StringComparer.Ordinal);
        foreach (var line in Data.Split('\n'))
        {
            var part = line.Split('|');
            var (arguments, required) = ArgumentTypes.Split(part[1]);
            var places = (RulePlace)int.Parse(part[3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            FetchKind? kind = part[5].Length == 0 ? null : Enum.Parse<FetchKind>(part[5]);
            FetchKind? response = part.Length > 6 ? Enum.Parse<FetchKind>(part[6]) : null;
            all.Add(part[0], new FetchKeyword(part[0], arguments, required, ArgumentTypes.TypeOf(part[2]), places, part[4], kind, response));
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

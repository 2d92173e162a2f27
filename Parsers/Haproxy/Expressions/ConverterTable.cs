using System.Collections.Frozen;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>What the language says of a converter.</summary>
/// <param name="Name">Its keyword.</param>
/// <param name="Arguments">Types of its arguments.</param>
/// <param name="Required">How many of them must be given.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it yields; <see cref="SampleType.Any"/> what it took.</param>
/// <param name="Kind">The engine's converter; null where it has none: then it is refused by name.</param>
internal sealed record ConverterKeyword(string Name, string[] Arguments, int Required, SampleType Input, SampleType Output, ConverterKind? Kind);

/// <summary>The converters by keyword.</summary>
internal static partial class ConverterTable
{
    private static readonly Lazy<FrozenDictionary<string, ConverterKeyword>> All = new(Read);

    /// <summary>The converter; null where there is none of that name.</summary>
    public static ConverterKeyword? Find(string name) => All.Value.GetValueOrDefault(name);

    /// <summary>All converters, for the registry.</summary>
    public static IEnumerable<ConverterKeyword> Everything => All.Value.Values;

    private static FrozenDictionary<string, ConverterKeyword> Read()
    {
        var all = new Dictionary<string, ConverterKeyword>(200, StringComparer.Ordinal);
        foreach (var line in Data.Split('\n'))
        {
            var part = line.Split('|');
            var (arguments, required) = ArgumentTypes.Split(part[1]);
            ConverterKind? kind = part[4].Length == 0 ? null : Enum.Parse<ConverterKind>(part[4]);
            all.Add(part[0], new ConverterKeyword(part[0], arguments, required, ArgumentTypes.TypeOf(part[2]), ArgumentTypes.TypeOf(part[3]), kind));
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

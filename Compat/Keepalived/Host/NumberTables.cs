namespace Dropin.Compat.Keepalived.Host;

/// <summary>The tables of names that iproute2 keeps: <c>rt_tables</c>, <c>rt_protos</c>, <c>rt_scopes</c>, <c>rt_realms</c>, <c>rt_dsfield</c>, <c>group</c>.</summary>
/// <param name="folders">Where they may be; the first that has one counts.</param>
internal sealed class NumberTables(params string[] folders)
{
    private readonly Dictionary<string, Dictionary<string, uint>> _tables = new(StringComparer.Ordinal);

    /// <summary>The number of a name; null where it is not in the table.</summary>
    public uint? Find(string table, string name)
    {
        if (!_tables.TryGetValue(table, out var names))
        {
            _tables.Add(table, names = Read(table));
        }

        return names.TryGetValue(name, out var number) ? number : null;
    }

    private Dictionary<string, uint> Read(string table)
    {
        var names = new Dictionary<string, uint>(StringComparer.Ordinal);
        var path = folders.Select(f => Path.Combine(f, table)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return names;
        }

        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && TryNumber(words[0], out var number))
            {
                names.TryAdd(words[1], number);
            }
        }

        return names;
    }

    private static bool TryNumber(string word, out uint number) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(word.AsSpan(2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out number)
        : uint.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
}

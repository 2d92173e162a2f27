namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Blocks in the order of the file, found by name: the first of a name counts. Files of tens of thousands of blocks exist.</summary>
/// <param name="nameOf">A block's name.</param>
internal sealed class NamedList<T>(Func<T, string> nameOf)
    where T : class
{
    private readonly Dictionary<string, T> _byName = new(StringComparer.Ordinal);

    /// <summary>All of them in order.</summary>
    public List<T> All { get; } = [];

    /// <summary>How many there are.</summary>
    public int Count => All.Count;

    /// <summary>Adds one at the end.</summary>
    public void Add(T item)
    {
        All.Add(item);
        _byName.TryAdd(nameOf(item), item);
    }

    /// <summary>The first of a name; null for none.</summary>
    public T? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Takes one away.</summary>
    public void Remove(T item)
    {
        All.Remove(item);
        var name = nameOf(item);
        _byName.Remove(name);
        if (All.Find(i => nameOf(i) == name) is { } other)
        {
            _byName.Add(name, other);
        }
    }
}

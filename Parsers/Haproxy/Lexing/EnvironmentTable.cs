namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>
/// The variables that <c>"${NAME}"</c> may name. <c>setenv</c> and its kin change it while the file is being read, so it is our own copy and not
/// the process's block.
/// </summary>
public sealed class EnvironmentTable
{
    private readonly Dictionary<string, string> _values;

    /// <summary>Starts from the given variables.</summary>
    public EnvironmentTable(IEnumerable<KeyValuePair<string, string>> initial) =>
        _values = new Dictionary<string, string>(initial, StringComparer.Ordinal);

    /// <summary>The variables as they stand now: what the process's environment shall be once the file has been read.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The value, or null.</summary>
    public string? Get(string name) => _values.GetValueOrDefault(name);

    /// <summary>Sets or replaces (<c>setenv</c>).</summary>
    public void Set(string name, string value) => _values[name] = value;

    /// <summary>Sets what is not set yet (<c>presetenv</c>).</summary>
    public void SetIfMissing(string name, string value) => _values.TryAdd(name, value);

    /// <summary>Forgets (<c>unsetenv</c>).</summary>
    public void Remove(string name) => _values.Remove(name);

    /// <summary>Forgets all but the named ones (<c>resetenv</c>).</summary>
    public void KeepOnly(IReadOnlySet<string> names)
    {
        foreach (var name in _values.Keys.Where(name => !names.Contains(name)).ToArray())
        {
            _values.Remove(name);
        }
    }
}
